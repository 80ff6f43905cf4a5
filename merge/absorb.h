/*
 * Whether one side already holds every change of the other: then the result is
 * that side, byte for byte. Without this, merging a result again with one of
 * the texts it was made of would change it.
 */
#ifndef MERGE_ABSORB_H
#define MERGE_ABSORB_H

#include "merge/block.h"

/*
 * The side whose text says all that the plan would write: each block as it
 * would be merged, what the other moved where the other put it, what the other
 * edited and this one deleted in something new, and the blank lines that the
 * other changed. `front` is the merged front matter.
 * out: 0 or 1, or NONE
 * cost: near linear, and the merge of what both sides reworded.
 */
int absorbing_side(struct plan *plan, struct str front);

#endif
