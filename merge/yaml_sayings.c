#include "merge/yaml_sayings.h"

#include "core/hash.h"
#include "merge/hashes.h"

static uint64_t hash_of_both(uint64_t one, uint64_t other)
{
	const uint64_t both[] = {one, other};

	return hash_bytes((struct str){(const char *)both, sizeof both});
}

/* What meta_equal() takes for the same has one hash. */
static uint64_t hash_of_value(const struct meta *value)
{
	uint64_t hash = value->kind;

	if (value->kind == META_SCALAR)
		return meta_is_nothing(value) ? hash : hash_bytes(meta_says(value));
	for (size_t i = 0; i < value->count; i++) {
		const struct meta_entry *entry = meta_in_order(value, i);

		hash = hash_of_both(hash, hash_bytes(meta_key(entry)));
		hash = hash_of_both(hash, hash_of_value(entry->value));
	}
	return hash;
}

static uint64_t hash_of_saying(struct str key, const struct meta *value)
{
	return hash_of_both(hash_bytes(key), hash_of_value(value));
}

struct sayings sayings_of(struct arena *arena, const struct meta *list)
{
	struct sayings sayings = {0};
	size_t room = 1;

	for (size_t i = 0; i < list->count; i++)
		room += list->entries[i].value->count;
	sayings.hashes = arena_array(arena, uint64_t, room);
	for (size_t i = 0; i < list->count; i++) {
		const struct meta *item = list->entries[i].value;

		for (size_t k = 0; item->kind == META_MAP && k < item->count; k++)
			sayings.hashes[sayings.count++] =
				hash_of_saying(meta_key(&item->entries[k]), item->entries[k].value);
	}
	hashes_sort(sayings.hashes, sayings.count);
	return sayings;
}

bool is_said_once(const struct sayings *sayings, struct str key, const struct meta *value)
{
	return hashes_count(sayings->hashes, sayings->count, hash_of_saying(key, value)) <= 1;
}
