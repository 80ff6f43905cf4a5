/*
 * What two sides wrote alike is one thing: without this, merging a result again
 * doubles what it holds.
 */
#ifndef MERGE_ALIGN_H
#define MERGE_ALIGN_H

#include "merge/plan.h"

/*
 * Finds a piece that is matched to the base on one side and new on the other,
 * and completes the plan's matchings by it; `partners` are the equal pieces of both.
 * out: for every piece of side 0 that is new, the new piece of side 1 that is
 *      the same addition; -1 for the others.
 */
int *align_sides(struct plan *plan, const int *partners);

#endif
