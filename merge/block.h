/*
 * One thing that several texts hold, merged: a block, or a set of variants.
 *
 * Invariant: the result is one wording, or several that differ in their text.
 */
#ifndef MERGE_BLOCK_H
#define MERGE_BLOCK_H

#include "merge/plan.h"
#include "merge/wording.h"

/* What the node's pieces say, merged; it is found once. */
const struct wordings *node_merged(struct plan *plan, int node);

#endif
