/*
 * One thing that several texts hold, merged: a block, or a set of variants.
 *
 * Invariant: the result is one wording, or several that differ in their text.
 */
#ifndef MERGE_BLOCK_H
#define MERGE_BLOCK_H

#include "merge/plan.h"
#include "merge/wording.h"

struct block_rules {
	bool words; /* reworded by both: try to have both changes in one text */
};

/* What the node's pieces say, merged; it is found once, by the rules that are the plan's. */
const struct wordings *node_merged(struct plan *plan, int node, struct block_rules rules);

#endif
