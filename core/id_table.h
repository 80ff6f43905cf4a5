/*
 * Object ids as small numbers, in the order in which they were first seen.
 */
#ifndef CORE_ID_TABLE_H
#define CORE_ID_TABLE_H

#include <stdint.h>

#include "core/object_id.h"

#define ID_UNKNOWN UINT32_MAX

/* Zero-initialised is empty. */
struct id_table {
	struct object_id *ids; /* by number */
	uint32_t count, room;
	uint32_t *slots; /* open addressing: number + 1 */
	uint32_t slot_count;
};

/* The number of `id`, ID_UNKNOWN: it has none. */
uint32_t id_table_find(const struct id_table *table, struct object_id id);
/* The number of `id`, which is added if it has none. */
uint32_t id_table_add(struct arena *arena, struct id_table *table, struct object_id id);

#endif
