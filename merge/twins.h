/*
 * Additions of the two sides that say much the same: both stand, since joining
 * them would be a guess, but people should hear of it.
 */
#ifndef MERGE_TWINS_H
#define MERGE_TWINS_H

#include "merge/plan.h"

/*
 * Sets `twin` of what one side added, where something alike that the other
 * added stands not far above it in the result; the nodes are in order.
 */
void mark_twins(struct plan *plan);

#endif
