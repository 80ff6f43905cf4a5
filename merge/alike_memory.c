#include "merge/alike_memory.h"

#include <stdlib.h>
#include <string.h>

#include "merge/collection.h"

/* As it stands in the file, in this machine's byte order. */
struct entry_bytes {
	struct key key;
	uint32_t score, level;
	uint64_t sum;
};

static struct str head_of(struct arena *arena)
{
	static const uint16_t order = 1;
	bool little = *(const char *)&order;

	return str_printf(arena, "atelier alike %d.%d.%d %s\n", NORMALISER_VERSION, STEM_VERSION,
			  ALIKE_VERSION, little ? "little" : "big");
}

static uint64_t sum_of(const struct entry_bytes *entry)
{
	return key_of((struct str){(const char *)entry, offsetof(struct entry_bytes, sum)}).low;
}

static int by_key(const void *left, const void *right)
{
	const struct remembered *a = left, *b = right;

	return key_compare(a->key, b->key);
}

bool alike_recall(const struct alike_memory *memory, struct key key, struct alikeness *found)
{
	struct remembered wanted = {.key = key};
	const struct remembered *hit = memory->known_count
					       ? bsearch(&wanted, memory->known,
							 memory->known_count, sizeof wanted, by_key)
					       : NULL;

	if (hit)
		*found = hit->found;
	return hit != NULL;
}

struct alike_memory alike_memory_read(struct arena *arena, struct str bytes)
{
	struct alike_memory memory = {.arena = arena};
	struct str head = head_of(arena);
	struct entry_bytes entry;

	if (!str_starts(bytes, head))
		return memory;
	bytes = str_slice(bytes, head.len, bytes.len);
	memory.known = arena_array(arena, struct remembered, bytes.len / sizeof entry);
	for (; bytes.len >= sizeof entry; bytes = str_slice(bytes, sizeof entry, bytes.len)) {
		memcpy(&entry, bytes.at, sizeof entry);
		if (entry.sum != sum_of(&entry) || entry.level > ALIKE_IDENTICAL)
			continue;
		memory.known[memory.known_count++] = (struct remembered){
			entry.key, {(enum alike_level)entry.level, entry.score}};
	}
	/* They were written in order, but these bytes may have been anywhere. */
	if (memory.known_count)
		qsort(memory.known, memory.known_count, sizeof *memory.known, by_key);
	return memory;
}

struct str alike_memory_write(struct arena *arena, struct alike_memory *memory)
{
	struct buf out = {.arena = arena};

	if (memory->used_count)
		qsort(memory->used, memory->used_count, sizeof *memory->used, by_key);
	buf_add(&out, head_of(arena));
	for (size_t i = 0; i < memory->used_count; i++) {
		struct entry_bytes entry = {.key = memory->used[i].key,
					    .score = memory->used[i].found.score,
					    .level = memory->used[i].found.level};

		entry.sum = sum_of(&entry);
		buf_add(&out, (struct str){(const char *)&entry, sizeof entry});
	}
	return buf_str(&out);
}
