/*
 * Points that stand in another note with the text that base, or the other side,
 * has of them.
 */
#ifndef MERGE_RELOCATE_EQUAL_H
#define MERGE_RELOCATE_EQUAL_H

#include "merge/crossing.h"

/*
 * Joins what the side moved to another note: by base's text, or, if `as_other`,
 * by the text that the other side has given it. Short neighbours go along.
 * cost: n log n.
 */
void find_moved_equal(struct crossing *crossing, int side, bool as_other);

#endif
