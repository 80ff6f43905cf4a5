/*
 * What each side changed, as the verifier sees it: which words of a passage are
 * new next to the passage it was made from, and whether they stand together in
 * the result.
 */
#ifndef MERGE_VERIFY_RUNS_H
#define MERGE_VERIFY_RUNS_H

#include "merge/verify_words.h"

struct run_check {
	/* By word number, occurrences in lines that changed: */
	int32_t *added[TEXT_COUNT]; /* in a side and not from base, for both sides */
	int32_t *gone[TEXT_COUNT];  /* in base and not in the side, for both sides */
	int32_t *gone_from_both;
	bool broken;	  /* a run stands neither whole nor within the other side's */
	struct str where; /* if broken: the line that its passage begins with */
};

/* cost: near-linear; where it would not be, passages are taken for whole. */
struct run_check check_runs(struct arena *arena, const struct reading *reading);

#endif
