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

/* Merges what the node's pieces say. */
struct wordings merge_node(struct plan *plan, const struct node *node, struct block_rules rules);

#endif
