#include "merge/verify_index.h"

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
	index->slot_count = index->slot_count ? 2 * index->slot_count : 64;
	index->slots = arena_array(arena, uint32_t, index->slot_count);
	for (uint32_t i = 0; i < index->count; i++)
		index_place(index, i);
}

uint32_t index_add(struct arena *arena, struct index *index, struct str bytes)
{
	uint64_t hash = key_of(bytes).low;

	if (2 * index->count >= index->slot_count)
		index_widen(arena, index);
	size_t slot = hash & (index->slot_count - 1);
	for (; index->slots[slot]; slot = (slot + 1) & (index->slot_count - 1)) {
		const struct entry *entry = &index->entries[index->slots[slot] - 1];
		if (entry->hash == hash && str_equal(entry->bytes, bytes))
			return index->slots[slot] - 1;
	}
	arena_push(arena, index->entries, index->count, index->room);
	index->entries[index->count] = (struct entry){.bytes = bytes, .hash = hash};
	index->slots[slot] = (uint32_t)++index->count;
	return (uint32_t)index->count - 1;
}
