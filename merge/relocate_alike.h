/*
 * Points that stand in another note reworded.
 */
#ifndef MERGE_RELOCATE_ALIKE_H
#define MERGE_RELOCATE_ALIKE_H

#include "merge/crossing.h"

/*
 * Joins what the side moved to another note and reworded, the most alike first,
 * unless it is more like what stands in its own note.
 * cost: points gone times points new; beyond a bound nothing is joined
 */
void find_moved_alike(struct crossing *crossing, int side);

/*
 * Joins what the side has, beside what the other side moved there, of the same
 * point: so it is when a merge's result is merged once more. After all moves of
 * both sides are found.
 * cost: bounded; beyond, nothing is joined
 */
void find_followed(struct crossing *crossing, int side);

#endif
