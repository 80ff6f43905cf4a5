/*
 * What the merge compares, by number: equal words, lines or pieces have one, given from 1
 * in order of appearance.
 *
 * Invariant: hashes propose, bytes decide. One dictionary holds words, or lines, or pieces.
 */
#ifndef MERGE_DICTIONARY_H
#define MERGE_DICTIONARY_H

#include "core/doc.h"

/* There may be very many. */
struct dictionary_entry {
	const char *at;
	uint32_t len, hash;
};

/* What else is known of a piece. */
struct piece_entry {
	struct key key; /* of its kind and all its wordings */
	const struct block *block;
};

/* All zero but for the arena: nothing is in it. */
struct dictionary {
	struct arena *arena;
	struct dictionary_entry *entries; /* by number - 1 */
	size_t count, room;
	/*
	 * By hash: a number, and above it, where there are bits to spare, what the hash has
	 * there: so most others are told apart without their entry. 0: free.
	 */
	uint32_t *slots;
	size_t slot_count;
	struct piece_entry *pieces; /* by number - 1, where it holds pieces */
};

/* What the number stands for: of a piece its text. */
static inline struct str dictionary_bytes(const struct dictionary *dictionary, size_t number)
{
	const struct dictionary_entry *entry = dictionary->entries + number - 1;

	return (struct str){entry->at, entry->len};
}

/* The number of a word, or of a line. */
uint32_t word_id(struct dictionary *words, struct str word);

/* The number of a piece, the first block of which has that text. */
uint32_t piece_id(struct dictionary *pieces, struct piece_entry piece, struct str text);

/* Makes room for the pieces of several texts that have most in common, of so many blocks each. */
void dictionary_expect(struct dictionary *pieces, size_t count);

#endif
