/*
 * Short texts that are all held against one other after the next. Each word of
 * the other is looked up among those of all of them at once, so that a text which
 * has none of its words costs nothing.
 */
#ifndef MERGE_SIMILAR_MANY_H
#define MERGE_SIMILAR_MANY_H

#include "merge/similar.h"

enum { CROWD_WORDS = 64, NOT_COMPARED = -1 };

/* Where one text has a word: one bit for each place. */
struct posting {
	uint64_t places;
	int text;
};

/* A word and the postings [from, end) of the texts that have it, in their order. */
struct crowd_word {
	uint32_t number; /* 0: the slot is free */
	uint32_t from, end;
};

struct crowd {
	const struct numbers *texts;
	int count;
	struct posting *postings;
	struct crowd_word *slots;
	uint32_t slot_mask;
	uint64_t *rows; /* by text: a zero where the common subsequence with the other grew */
};

/* Texts of no words, or of more than CROWD_WORDS, may stand in it and are left out. */
struct crowd crowd_new(struct arena *arena, const struct numbers *texts, int count);

/* out: `alike`, by text: similarity() of it and the other; NOT_COMPARED: one was left out */
void crowd_compare(struct crowd *crowd, struct numbers other, int *alike);

#endif
