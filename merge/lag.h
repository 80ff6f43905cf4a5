/*
 * A quick look that shows of most texts that they do not hold another's changes.
 */
#ifndef MERGE_LAG_H
#define MERGE_LAG_H

#include "core/doc.h"

/* A text, and what it was read as, which may be nothing yet. */
struct noted {
	struct str text;
	const struct doc *doc;
};

/*
 * Whether it is plain to see that `whole` lacks a change that `other` made to
 * `base`: a line that other has no more stands there as before, once in each.
 * False says nothing.
 * cost: linear
 */
bool clearly_lags(struct noted base, struct noted other, struct noted whole);

#endif
