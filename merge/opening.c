#include "merge/opening.h"

#include <stdlib.h>
#include <string.h>

#include "core/hash.h"

struct str opening_of(struct str text)
{
	while (text.len && strchr("*_ ", text.at[0]))
		text = str_slice(text, 1, text.len);
	size_t end = str_find_byte(text, ']', 0), from = end + 2;

	if (!str_starts(text, STR("[")) || !str_starts(str_slice(text, end, text.len), STR("](")))
		return (struct str){0};
	return str_slice(text, from, str_find_byte(text, ')', from));
}

static int by_size(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static void list_openings(struct arena *arena, struct side *side)
{
	side->openings = arena_array(arena, uint64_t, (size_t)side->count + 1);
	for (int i = 0; i < side->count; i++) {
		const struct block *block = piece_block(side, i);
		struct str opening = {0};

		if (block->kind == BLOCK_POINT || block->kind == BLOCK_PARAGRAPH)
			opening = opening_of(block_text(block));
		if (opening.len)
			side->openings[side->opening_count++] = hash_bytes(opening);
	}
	qsort(side->openings, (size_t)side->opening_count, sizeof *side->openings, by_size);
}

bool is_only_opening(struct arena *arena, struct side *side, struct str opening)
{
	uint64_t hash = hash_bytes(opening);
	int from = 0, to;

	if (!side->openings)
		list_openings(arena, side);
	for (to = side->opening_count; from < to;) {
		int middle = from + (to - from) / 2;

		if (side->openings[middle] < hash)
			from = middle + 1;
		else
			to = middle;
	}
	return from + 1 >= side->opening_count || side->openings[from + 1] != hash;
}
