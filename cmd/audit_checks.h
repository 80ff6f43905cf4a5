/*
 * What the checks of audit --verify share.
 */
#ifndef CMD_AUDIT_CHECKS_H
#define CMD_AUDIT_CHECKS_H

#include "cmd/attribution.h"

struct seen_name {
	struct str folded;
	const struct person *person;
	struct str email; /* of the first version */
};

struct verification {
	struct app *app;
	const struct attribution *attribution;
	size_t remade; /* merges that were made again */
	bool findings;
	bool *others;		 /* by commit: a merge that another version of the program made */
	struct seen_name *names; /* whole names by which somebody recorded, each person once */
	size_t name_count, name_room;
};

/*
 * Tells one thing about a version. `check` is for programs, `what` for people;
 * what is no `finding` is a mere remark.
 */
void verification_tell(struct verification *verification, const char *check, uint32_t number,
		       bool finding, const char *what, struct str about);

/* --- audit_merges.c */

/* Checks a version that says that the program made it. */
err check_automatic(struct verification *verification, uint32_t number) ERR_MUST_CHECK;
/* The same of the program's own changes that are no merges: they change no word. */
err check_settling(struct verification *verification, uint32_t number) ERR_MUST_CHECK;
/*
 * Text that came in with a merge that nobody can make again, or that went with it,
 * be it gone from the notes since; after check_automatic() of all.
 */
void check_merged_text(struct verification *verification);
/* A merge that is here with its sides, and that cannot be made again. */
bool is_made_otherwise(const struct verification *verification, uint32_t number);

/* --- audit_dropped.c */

/* Text that one side or all had written and that went with such a merge. */
void check_words_go(struct verification *verification);

#endif
