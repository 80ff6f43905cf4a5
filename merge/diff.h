/*
 * The changed spans between two sequences of numbers: blocks, lines or words
 * that were interned, so that equal numbers are equal things.
 *
 * Invariant: what lies between the spans is equal in both, in order. Where the
 * sequences are too different for the exact answer, the spans are larger than
 * needed, never wrong.
 */
#ifndef MERGE_DIFF_H
#define MERGE_DIFF_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"

struct numbers {
	const uint32_t *at;
	int count;
};

/* Numbers [a, a_end) of the first stand for [b, b_end) of the second; one may be empty. */
struct span {
	int a, a_end, b, b_end;
};

struct spans {
	struct span *at;
	int count;
};

/* Whether two spans from one sequence change some of the same numbers of it. */
static inline bool spans_overlap(const struct span *x, const struct span *y)
{
	return x->a < y->a_end && y->a < x->a_end;
}

/*
 * Tells the two apart.
 * cost: linear in length times a bounded number of differences.
 * source: Myers, "An O(ND) Difference Algorithm and Its Variations", 1986
 */
struct spans diff_numbers(struct arena *arena, struct numbers a, struct numbers b);

/*
 * The partner in `b` of every number of `a`, or -1: what diff_numbers() leaves
 * between its spans.
 */
int *diff_partners(struct arena *arena, struct numbers a, struct numbers b);

/* The same into `partners`, which holds -1 for all of `a`; `b_offset` is added to each. */
void diff_into(struct numbers a, struct numbers b, int *partners, int b_offset);

/* What lies between such partners. */
struct spans spans_between(struct arena *arena, const int *partners, int a_count, int b_count);

/*
 * Lets each span that only puts in or takes out begin as early as it can:
 *
 *     a b          a b
 *     a x b   or   a x b: of the two ways to put in "b x" or "x b" the upper one
 */
void spans_rise(struct spans *spans, struct numbers a, struct numbers b);

#endif
