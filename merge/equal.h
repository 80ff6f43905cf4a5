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

/*
 * Keeps, of values that are to rise, those of the heaviest rising sequence.
 * out: one flag a value. `limit` is above every value; equal values do not rise.
 * cost: n log n.
 */
bool *keep_rising(struct arena *arena, const int *values, const uint32_t *weights, int count,
		  int limit);

#endif
