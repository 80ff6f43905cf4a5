/*
 * Who said a point, where its text says so: "Aymeric : …", "MB : …",
 * "cécile via le chat : …", "Aminata, pense que …", "Anne/Michel : …".
 *
 * Invariant: nobody is guessed. A name is resolved where one person is the best
 * answer; several are told as ambiguous, none as unresolved with who is near; a
 * beginning that is not written like a name is no speaker.
 */
#ifndef CORE_SPEAKER_H
#define CORE_SPEAKER_H

#include "core/roster.h"

struct speakers {
	struct speaker *all; /* several: "A/B :" */
	size_t count;
	struct str as; /* what stands in the text for all of them */
};

/* False: speakers_of() finds none, whoever there is; most texts begin otherwise. */
bool speakers_may_be(struct arena *arena, struct str text);
/* The speakers that a point's text (doc_point_text) begins with; count 0: none. */
struct speakers speakers_of(struct arena *arena, struct roster *roster, struct str text);

#endif
