/*
 * The equal pieces of two texts, in order: unique ones anchor the others.
 */
#ifndef MERGE_EQUAL_H
#define MERGE_EQUAL_H

#include "merge/piece.h"

/*
 * out: for every piece of `a` its partner in `b`, or -1.
 * cost: near linear.
 * source: Bram Cohen's patience diff; between the anchors diff.h
 */
int *match_equal(struct arena *arena, const struct side *a, const struct side *b);

#endif
