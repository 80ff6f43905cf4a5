/*
 * Short texts that are all held against one other after the next. Each word of
 * the other is looked up among those of all of them at once, so that a text which
 * has none of its words costs nothing.
 */
#ifndef MERGE_SIMILAR_MANY_H
#define MERGE_SIMILAR_MANY_H

#include "merge/similar.h"

/* Where one text of the crowd has a word: one bit for each place. */
struct posting {
	uint32_t number; /* the word's */
	int text;
	uint64_t places;
	uint32_t next; /* of another text that has the word: its index + 1, 0: none */
};

struct crowd {
	const struct numbers *texts;
	int count;
	struct posting *postings;
	uint32_t posting_count;
	uint32_t *slots; /* the first posting of a word: its index + 1, 0: free */
	uint32_t slot_mask;
	struct numbers other; /* the text that was compared last */
	uint64_t *rows;	      /* by text: a zero where the common subsequence with it grew */
};

/* Texts of more than READY_WORDS stand in it, too, and are compared one by one. */
struct crowd crowd_new(struct arena *arena, const struct numbers *texts, int count);

/* similarity() of text `index` and another one, quick where that was the other of the last call. */
int crowd_similarity(struct arena *arena, struct crowd *crowd, int index, struct numbers other);

#endif
