/*
 * Additions of the two sides that say much the same: both stand, since joining
 * them would be a guess, but people should hear of it. So they should of what one side
 * took out of a text into a place of its own, while it stands in the text that the other
 * edited.
 */
#ifndef MERGE_TWINS_H
#define MERGE_TWINS_H

#include "merge/plan.h"

/*
 * Sets `twin` of what one side added, where something alike that the other
 * added stands not far above it in the result, or what the other edited says it, too;
 * the nodes are in order.
 */
void mark_twins(struct plan *plan);

#endif
