/*
 * Things of the four texts of a merge, numbered by their bytes: lines, words,
 * passages. The verifier's own.
 */
#ifndef MERGE_VERIFY_INDEX_H
#define MERGE_VERIFY_INDEX_H

#include <stdint.h>

#include "core/str.h"

enum text_of { OF_BASE, OF_OURS, OF_THEIRS, OF_RESULT, TEXT_COUNT };

/* One thing and how often each text has it; of lines there may be very many. */
struct indexed {
	const char *at;
	uint32_t len, hash;
	int32_t counts[TEXT_COUNT];
};

static inline struct str indexed_bytes(const struct indexed *entry)
{
	return (struct str){entry->at, entry->len};
}

/* Things by their bytes, numbered in the order of their first sight. */
struct index {
	struct indexed *entries;
	size_t count, room;
	/*
	 * By hash: number + 1, and above it, where there are bits to spare, what the hash has
	 * there: so most others are told apart without their entry. 0: free.
	 */
	uint32_t *slots;
	size_t slot_count;		   /* 0: none yet, or they were let go */
	struct arena of_entries, of_slots; /* they grow by themselves, so nothing is left behind */
};

/* The number of `bytes`, which is new where there is none. */
uint32_t index_add(struct index *index, struct str bytes);

/* Forgets all but the first `count` things. */
void index_cut(struct index *index, size_t count);

/* Lets go what it takes to add things, until the next one is added. */
void index_rest(struct index *index);

void index_free(struct index *index);

#endif
