/*
 * Settling a set of wordings: one stays, all stay, or the person's own words do.
 */
#ifndef CMD_SETTLE_H
#define CMD_SETTLE_H

#include "cmd/wordings.h"

enum settling { SETTLE_ONE, SETTLE_ALL, SETTLE_OWN };

struct settlement {
	enum settling how;
	size_t number;	   /* SETTLE_ONE: from 1 */
	struct str own;	   /* SETTLE_OWN: what stands there then; see settle_draft() */
	const char *draft; /* the file that holds it as well; NULL: none */
};

/* Whether the set can be settled so: values have no "all", files no words of one's own. */
bool settle_allows(const struct choice *choice, enum settling how);

/* What an editor is to be opened with, and the ending of its file's name: all choice. */
struct str settle_draft(struct arena *arena, const struct choice *choice, const char **ending);

/*
 * Writes and records a settlement; `told`: what stays, in one line.
 * errors: STATUS_BUSY when somebody saved meanwhile: read again, try again.
 */
err settle(struct app *app, struct notes *notes, const struct choice *choice,
	   const struct settlement *settlement, struct str *told) ERR_MUST_CHECK;

#endif
