#include "merge/verify_index.h"

#include <string.h>

#include "core/hash.h"

/* The bits of a slot that hold number + 1; there are fewer of these than slots. */
static uint32_t number_bits(const struct index *index)
{
	return (uint32_t)index->slot_count - 1;
}

static void index_place(struct index *index, uint32_t number)
{
	uint32_t mask = number_bits(index), hash = index->entries[number].hash;
	size_t slot = hash & mask;

	while (index->slots[slot])
		slot = (slot + 1) & mask;
	index->slots[slot] = (hash & ~mask) | (number + 1);
}

static void index_widen(struct index *index)
{
	enum { SLOTS_AT_FIRST = 64 };

	index->slot_count = index->slot_count ? index->slot_count : SLOTS_AT_FIRST;
	while (2 * index->count >= index->slot_count)
		index->slot_count *= 2;
	arena_free(&index->of_slots);
	index->slots = arena_array(&index->of_slots, uint32_t, index->slot_count);
	for (uint32_t i = 0; i < index->count; i++)
		index_place(index, i);
}

uint32_t index_add(struct index *index, struct str bytes)
{
	uint32_t hash = (uint32_t)hash_bytes(bytes);

	if (2 * index->count >= index->slot_count)
		index_widen(index);
	uint32_t mask = number_bits(index), at;
	size_t slot = hash & mask;

	for (; (at = index->slots[slot]); slot = (slot + 1) & mask)
		if (((at ^ hash) & ~mask) == 0 &&
		    str_equal(indexed_bytes(&index->entries[(at & mask) - 1]), bytes))
			return (at & mask) - 1;
	if (index->count == index->room) {
		size_t room = index->room ? index->room + index->room / 2 : 64;

		index->entries = arena_resize(&index->of_entries, index->entries, index->room, room,
					      sizeof *index->entries);
		index->room = room;
	}
	index->entries[index->count] =
		(struct indexed){.at = bytes.at, .len = (uint32_t)bytes.len, .hash = hash};
	index->slots[slot] = (hash & ~mask) | (uint32_t)++index->count;
	return (uint32_t)index->count - 1;
}

/* What came last stands in no other's way, so its slot is free again. */
void index_cut(struct index *index, size_t count)
{
	if (!index->slots)
		index->count = count;
	while (index->count > count) {
		uint32_t number = (uint32_t)--index->count, mask = number_bits(index);
		size_t slot = index->entries[number].hash & mask;

		while ((index->slots[slot] & mask) != number + 1)
			slot = (slot + 1) & mask;
		index->slots[slot] = 0;
	}
}

void index_rest(struct index *index)
{
	arena_free(&index->of_slots);
	index->slots = NULL;
	index->slot_count = 0;
}

void index_free(struct index *index)
{
	arena_free(&index->of_entries);
	arena_free(&index->of_slots);
	*index = (struct index){0};
}
