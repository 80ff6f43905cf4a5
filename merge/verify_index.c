#include "merge/verify_index.h"

#include <string.h>

#include "core/hash.h"

static void index_place(struct index *index, uint32_t number)
{
	size_t slot = index->entries[number].hash & (index->slot_count - 1);

	while (index->slots[slot])
		slot = (slot + 1) & (index->slot_count - 1);
	index->slots[slot] = number + 1;
}

static void index_widen(struct arena *arena, struct index *index)
{
	size_t before = index->slot_count;

	index->slot_count = before ? 2 * before : 64;
	index->slots =
		arena_resize(arena, index->slots, before, index->slot_count, sizeof *index->slots);
	memset(index->slots, 0, index->slot_count * sizeof *index->slots);
	for (uint32_t i = 0; i < index->count; i++)
		index_place(index, i);
}

uint32_t index_add(struct arena *arena, struct index *index, struct str bytes)
{
	uint32_t hash = (uint32_t)hash_bytes(bytes);

	if (2 * index->count >= index->slot_count)
		index_widen(arena, index);
	size_t slot = hash & (index->slot_count - 1);
	for (; index->slots[slot]; slot = (slot + 1) & (index->slot_count - 1)) {
		const struct indexed *entry = &index->entries[index->slots[slot] - 1];
		if (entry->hash == hash && str_equal(indexed_bytes(entry), bytes))
			return index->slots[slot] - 1;
	}
	if (index->count == index->room) {
		size_t room = index->room ? index->room + index->room / 2 : 64;

		index->entries = arena_resize(arena, index->entries, index->room, room,
					      sizeof *index->entries);
		index->room = room;
	}
	index->entries[index->count] =
		(struct indexed){.at = bytes.at, .len = (uint32_t)bytes.len, .hash = hash};
	index->slots[slot] = (uint32_t)++index->count;
	return (uint32_t)index->count - 1;
}

/* What came last stands in no other's way, so its slot is free again. */
void index_cut(struct index *index, size_t count)
{
	while (index->count > count) {
		uint32_t number = (uint32_t)--index->count;
		size_t slot = index->entries[number].hash & (index->slot_count - 1);

		while (index->slots[slot] != number + 1)
			slot = (slot + 1) & (index->slot_count - 1);
		index->slots[slot] = 0;
	}
}
