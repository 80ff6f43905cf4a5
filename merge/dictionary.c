#include "merge/dictionary.h"

#include <string.h>

enum { MORE_ENTRIES = 64, FIRST_SLOTS = 256 };

/* The bits of a slot that hold a number; there are fewer of these than slots. */
static uint32_t number_bits(const struct dictionary *dictionary)
{
	return (uint32_t)dictionary->slot_count - 1;
}

static void place(struct dictionary *dictionary, uint32_t number)
{
	uint32_t mask = number_bits(dictionary), hash = dictionary->entries[number - 1].hash;
	size_t slot = hash & mask;

	while (dictionary->slots[slot])
		slot = (slot + 1) & mask;
	dictionary->slots[slot] = (hash & ~mask) | number;
}

static void make_room(struct dictionary *dictionary)
{
	size_t before = dictionary->slot_count, size = sizeof *dictionary->slots;

	if (2 * dictionary->count < before)
		return;
	dictionary->slot_count = before ? 2 * before : FIRST_SLOTS;
	dictionary->slots = arena_resize(dictionary->arena, dictionary->slots, before,
					 dictionary->slot_count, size);
	memset(dictionary->slots, 0, dictionary->slot_count * size);
	for (uint32_t number = 1; number <= dictionary->count; number++)
		place(dictionary, number);
}

/* Room for so many entries, and for what else is known of pieces. */
static void widen(struct dictionary *dictionary, size_t room, bool pieces)
{
	struct arena *arena = dictionary->arena;
	size_t before = dictionary->room;

	dictionary->room = room;
	dictionary->entries =
		arena_resize(arena, dictionary->entries, before, room, sizeof *dictionary->entries);
	if (pieces)
		dictionary->pieces = arena_resize(arena, dictionary->pieces, before, room,
						  sizeof *dictionary->pieces);
}

/* Whether the entry with this number has these bytes, or says what the piece does. */
static bool says(const struct dictionary *dictionary, uint32_t number, struct str bytes,
		 const struct piece_entry *piece)
{
	if (str_equal(dictionary_bytes(dictionary, number), bytes))
		return !piece || key_equal(dictionary->pieces[number - 1].key, piece->key);
	return piece && key_equal(dictionary->pieces[number - 1].key, piece->key) &&
	       str_equal(doc_normal(dictionary->arena, dictionary->pieces[number - 1].block),
			 doc_normal(dictionary->arena, piece->block));
}

/* The number of a word, or of a piece, which is not NULL then. */
static uint32_t intern(struct dictionary *dictionary, struct str bytes, uint32_t hash,
		       const struct piece_entry *piece)
{
	make_room(dictionary);
	uint32_t mask = number_bits(dictionary), *slots = dictionary->slots;
	size_t slot = hash & mask;

	for (; slots[slot]; slot = (slot + 1) & mask)
		if (((slots[slot] ^ hash) & ~mask) == 0 &&
		    says(dictionary, slots[slot] & mask, bytes, piece))
			return slots[slot] & mask;
	if (dictionary->count == dictionary->room)
		widen(dictionary, dictionary->room + dictionary->room / 2 + MORE_ENTRIES,
		      piece != NULL);
	if (piece)
		dictionary->pieces[dictionary->count] = *piece;
	dictionary->entries[dictionary->count++] =
		(struct dictionary_entry){bytes.at, (uint32_t)bytes.len, hash};
	slots[slot] = (hash & ~mask) | (uint32_t)dictionary->count;
	return (uint32_t)dictionary->count;
}

uint32_t word_id(struct dictionary *words, struct str word)
{
	return intern(words, word, (uint32_t)hash_bytes(word), NULL);
}

uint32_t piece_id(struct dictionary *pieces, struct piece_entry piece, struct str text)
{
	return intern(pieces, text, (uint32_t)piece.key.low, &piece);
}

void dictionary_expect(struct dictionary *pieces, size_t count)
{
	if (pieces->room == 0)
		widen(pieces, count + count / 8 + MORE_ENTRIES, true);
}
