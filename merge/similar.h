/*
 * How alike two texts are: 2 * LCS / (n + m) of their words, in per mille.
 */
#ifndef MERGE_SIMILAR_H
#define MERGE_SIMILAR_H

#include "merge/diff.h"

enum { SAME = 1000 };

/*
 * 0 to 1000; two empty texts are the same. Above some hundred words their order
 * is not looked at.
 * cost: n * m / 64 steps.
 * source: Hyyrö, "Bit-parallel LCS-length computation revisited", 2004
 */
int similarity(struct arena *arena, struct numbers a, struct numbers b);

/* Whether the numbers of `part` stand in `whole` in the same order. */
bool is_subsequence(struct numbers part, struct numbers whole);

#endif
