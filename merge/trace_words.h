/*
 * Words as numbers: a vocabulary with how common each word is, likeness of two
 * lists of words, and the alignment that says which words of one went on in the
 * other.
 */
#ifndef MERGE_TRACE_WORDS_H
#define MERGE_TRACE_WORDS_H

#include <stdint.h>

#include "core/arena.h"
#include "core/str.h"

struct vocabulary {
	struct str *words;
	uint32_t *uses; /* in wordings, each occurrence counted */
	uint32_t count, room;
	uint32_t *slots; /* open addressing: number + 1 */
	uint32_t slot_count;
};

struct words {
	const uint32_t *at;
	uint32_t count;
};

/* The number of `word`, which is copied into the arena when new. */
uint32_t vocabulary_number(struct arena *arena, struct vocabulary *vocabulary, struct str word);

/* How much a word says: 8 for one that is new or rare, down to 1. */
uint32_t vocabulary_weight(const struct vocabulary *vocabulary, uint32_t word);

/* The words of a normal text (doc_normal), split at blanks. */
struct words words_of(struct arena *arena, struct vocabulary *vocabulary, struct str normal);

/* The same numbers in rising order. */
struct words words_sorted(struct arena *arena, struct words words);

struct word_likeness {
	uint32_t share;	  /* Dice coefficient, rare words counting more, in thousandths */
	uint32_t telling; /* the weights of what both have, summed up */
	uint32_t apart;	  /* words that the other lacks, of the one that has more of them */
};

/* How alike two sorted lists are. */
struct word_likeness words_likeness(const struct vocabulary *vocabulary, struct words a,
				    struct words b);

/*
 * Finds for each word of `to` the word of `from` that it continues: the longest
 * common subsequence, unbroken runs preferred. `match` has room for to.count and
 * gets an index in `from`, or UINT32_MAX.
 * cost: product of the parts that differ; beyond some millions only the words
 * that are the same at both ends are found.
 */
void words_align(struct words from, struct words to, uint32_t *match);

#endif
