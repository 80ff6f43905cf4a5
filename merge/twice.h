/*
 * Whether two sides say one thing twice: in different places of a text, so that a
 * merge of words would have both.
 */
#ifndef MERGE_TWICE_H
#define MERGE_TWICE_H

#include "merge/tokens.h"

/* Insertions this alike, in per mille, may be one thing. */
enum { TWICE_ALIKE = 600 };

/*
 * Whether a change of one side, by words, is much like one of the other elsewhere; where
 * there are too many to compare, it is taken to be so. `spans`: from the base to each side.
 */
bool says_twice(struct arena *arena, const struct tokens side[2], const struct spans spans[2]);

#endif
