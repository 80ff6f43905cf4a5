/*
 * Whether what a side inserted stands in the result: each run of new words whole,
 * in two passages with nothing between, or within something more that the other side said.
 */
#ifndef MERGE_VERIFY_STAND_H
#define MERGE_VERIFY_STAND_H

#include "merge/verify_words.h"

/*
 * Where each word stands in a view: position + 1 of its last place, and of the
 * one before; and how many places it has.
 */
struct places {
	uint32_t *last, *before, *count;
};

/* Words that follow each other in one passage. */
struct word_run {
	const uint32_t *at;
	size_t count;
};

struct run_search {
	struct arena *arena;
	const struct reading *reading;
	struct places places[TEXT_COUNT]; /* of ours, theirs, result, at first need */
	uint64_t steps;			  /* left, of all that the verifier looks for */
};

struct run_search search_new(struct arena *arena, const struct reading *reading);

/* out: false, and nothing is spent, where fewer steps are left */
bool search_spend(struct run_search *search, uint64_t steps);

/*
 * Whether each run of the passage's words that are not `kept` stands; `flags` are
 * its words'. Single words are only counted, not looked for.
 * cost: steps of the search; where they are used up a run is taken to stand
 */
bool runs_stand(struct run_search *search, enum text_of side, struct word_run passage,
		const uint8_t *flags, const bool *kept);

#endif
