/*
 * The people a workshop's speakers are looked for among, and whose a written
 * name is.
 *
 * Invariant: a name is a person's only where one is the best answer. Case and
 * accents aside, in this order: full name or alias, first name that one has,
 * surname, initials; in the workshop's own list, then in people.yml, then in
 * .mailmap; only then, over all three, the beginning of one name or a name but
 * for one letter.
 */
#ifndef CORE_ROSTER_H
#define CORE_ROSTER_H

#include "core/people.h"
#include "core/workshop.h"

/* By what right a written name is a person's; from the surest on. */
enum speaker_how {
	SPEAKER_FULL_NAME,
	SPEAKER_ALIAS,
	SPEAKER_FIRST_NAME, /* which only one person has */
	SPEAKER_SURNAME,
	SPEAKER_INITIALS,
	SPEAKER_PREFIX,	  /* the beginning of one name only */
	SPEAKER_SPELLING, /* one letter away from one name only */
	SPEAKER_GUEST,	  /* on no list, but said through a chat or the like: `name` as written */
	SPEAKER_AMBIGUOUS,
	SPEAKER_UNRESOLVED,
};

struct speaker {
	struct str as;		     /* the name as it stands in the text */
	struct str name;	     /* of the person, empty: ambiguous or unresolved */
	const struct person *person; /* NULL: neither people.yml nor .mailmap knows the person */
	enum speaker_how how;
	struct names near; /* ambiguous, unresolved: who may be meant */
};

struct roster;

/* The roster of a workshop; lives in the arena, borrows from both. */
struct roster *roster_of(struct arena *arena, const struct workshop *workshop,
			 const struct people *people);

/* Whose `name` is. `loose`: a beginning, and a name but for a letter, will do too. */
struct speaker roster_find(struct arena *arena, const struct roster *roster, struct str name,
			   bool loose);
/*
 * Is a folded word one that opens lines ("Note : …"), or in the workshop's
 * titles, or stands there without a capital too? Such a word is no stranger's name.
 * cost: the first time, n log n in the words of the workshop
 */
bool roster_is_word(struct arena *arena, struct roster *roster, struct str folded);

/* "full-name", "first-name"…; never translated. */
const char *speaker_how_name(enum speaker_how how);
/* One person is meant, or a guest who is on no list. */
bool speaker_is_known(const struct speaker *speaker);

#endif
