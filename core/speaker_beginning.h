/*
 * How a text begins where it says who said it: "Name : …", "Name, pense que …", "Fatou pense
 * que …", with what may stand around the name.
 *
 * Invariant: it tells where a name would stand, never whose it is (core/speaker.h).
 */
#ifndef CORE_SPEAKER_BEGINNING_H
#define CORE_SPEAKER_BEGINNING_H

#include "core/title.h"

enum { NAME_WORDS = 4 };

/* How a name stands in front of what was said. */
struct beginning {
	struct str as;	   /* all of it */
	struct str name;   /* without "via le chat" */
	struct str rest;   /* what was said */
	bool through_chat; /* by a channel that guests use */
	bool is_person;	   /* "Aminata, pense que …", "Mme Ndiaye": only a name stands so */
	struct title title;
	bool known_only; /* "Selon Fatou", "Fatou pense que": much else is written so */
};

/* out: false: nobody can be meant to have said the text */
bool beginning_find(struct arena *arena, struct str text, struct beginning *out);
/* Takes off the name what stands around it: "Selon Fatou", "Fatou dit", "Fatou via le chat". */
void beginning_bare(struct arena *arena, struct beginning *beginning);
/* Without blanks of every width, and marks that only emphasise. */
struct str name_undressed(struct str text);

#endif
