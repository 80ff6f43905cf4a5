/*
 * Which wordings of a set of variants stay: additions join, what a side removed
 * goes, but never all while a side kept one.
 */
#ifndef MERGE_WORDING_SET_H
#define MERGE_WORDING_SET_H

#include "merge/plan.h"

/* One wording of a set with the blocks that say it, NULL where a text has none. */
struct set_wording {
	const struct block *base, *side[SIDES]; /* at least one of the sides */
};

struct set_wordings {
	struct set_wording *at;
	int count;
};

/* Of the node's pieces; a piece that is no set is its one wording. cost: linear. */
struct set_wordings wordings_that_stay(const struct plan *plan, const struct node *node);

#endif
