/* The sets of wordings that are left to choose, over all workshops. */
#ifndef CMD_WORDINGS_H
#define CMD_WORDINGS_H

#include "cmd/notes.h"
#include "core/variant.h"

struct wordings {
	const struct workshop *workshop;
	const struct section *section;
	struct variant_set set;
	struct str id;	   /* of the first wording */
	struct str *texts; /* set.count of them, without labels */
};

struct all_wordings {
	struct wordings *all; /* by file and line */
	size_t count;
};

struct all_wordings wordings_of(struct app *app, const struct notes *notes);
/* The line of the first wording. */
uint32_t wordings_line(const struct wordings *wordings);
/* Prints where they stand, and each with its number; what differs is strong. */
void wordings_print(struct app *app, const struct wordings *wordings);

#endif
