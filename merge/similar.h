/*
 * How alike two texts are: 2 * LCS / (n + m) of their words, in per mille.
 */
#ifndef MERGE_SIMILAR_H
#define MERGE_SIMILAR_H

#include "merge/diff.h"

enum { SAME = 1000, ORDERED_WORDS = 512 };

/*
 * 0 to 1000; two empty texts are the same; no number is 0. Above ORDERED_WORDS their order
 * is not looked at.
 * cost: n * m / 64 steps.
 * source: Hyyrö, "Bit-parallel LCS-length computation revisited", 2004
 */
int similarity(struct arena *arena, struct numbers a, struct numbers b);

/* The numbers by size. */
const uint32_t *numbers_sorted(struct arena *arena, struct numbers numbers);

/* How many numbers two sorted sequences have in common. */
int sorted_common(const uint32_t *a, int a_count, const uint32_t *b, int b_count);

enum {
	LANE_BITS = 63,
	LANES = (ORDERED_WORDS + LANE_BITS - 1) / LANE_BITS,
	READY_SLOTS = 2 * ORDERED_WORDS,
};

/*
 * A text made ready to be compared with many: where each of its numbers, which
 * are not 0, stands in it, one bit for each place. `text` all zero: none yet.
 */
struct ready_text {
	struct numbers text;
	uint32_t slots;		       /* in use, a power of two */
	int lanes;		       /* in use for each slot */
	uint32_t numbers[READY_SLOTS]; /* 0: the slot is free */
	uint16_t counts[READY_SLOTS];  /* how often it has the number */
	uint64_t places[READY_SLOTS * LANES];
};

/*
 * similarity(), quicker where `ready` was made for the same `a` the last time.
 * out: it may be 0 for what is less alike than `least`
 */
int similarity_of_ready(struct arena *arena, struct ready_text *ready, struct numbers a,
			struct numbers b, int least);

/* How many bits are set, without a call where the processor has no instruction for it. */
static inline int count_bits(uint64_t bits)
{
	bits -= bits >> 1 & 0x5555555555555555;
	bits = (bits & 0x3333333333333333) + (bits >> 2 & 0x3333333333333333);
	bits = (bits + (bits >> 4)) & 0x0f0f0f0f0f0f0f0f;
	return (int)(bits * 0x0101010101010101 >> 56);
}

/* Whether the numbers of `part` stand in `whole` in the same order. */
bool is_subsequence(struct numbers part, struct numbers whole);

#endif
