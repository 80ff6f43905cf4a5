#include "core/id_table.h"

#include <string.h>

static uint32_t *find_slot(const struct id_table *table, struct object_id id)
{
	uint32_t at, mask = table->slot_count - 1;

	/* An id is a hash already. */
	memcpy(&at, id.bytes, sizeof at);
	for (at &= mask;
	     table->slots[at] && !object_id_equal(table->ids[table->slots[at] - 1], id);)
		at = (at + 1) & mask;
	return &table->slots[at];
}

uint32_t id_table_find(const struct id_table *table, struct object_id id)
{
	return table->slot_count ? *find_slot(table, id) - 1 : ID_UNKNOWN;
}

static void grow(struct arena *arena, struct id_table *table)
{
	table->slot_count = table->slot_count ? 2 * table->slot_count : 64;
	table->slots = arena_array(arena, uint32_t, table->slot_count);
	for (uint32_t number = 0; number < table->count; number++)
		*find_slot(table, table->ids[number]) = number + 1;
}

uint32_t id_table_add(struct arena *arena, struct id_table *table, struct object_id id)
{
	uint32_t *slot;

	if (2 * table->count >= table->slot_count)
		grow(arena, table);
	slot = find_slot(table, id);
	if (*slot == 0) {
		arena_push(arena, table->ids, table->count, table->room);
		table->ids[table->count++] = id;
		*slot = table->count;
	}
	return *slot - 1;
}
