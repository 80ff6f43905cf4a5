#include "merge/opening.h"

#include <string.h>

#include "core/hash.h"
#include "core/text.h"
#include "merge/hashes.h"

struct link {
	struct str name, place;
};

/* out: empty: the text opens with none */
static struct str from_bracket(struct str text)
{
	while (text.len && strchr("*_ ", text.at[0]))
		text = str_slice(text, 1, text.len);
	return str_starts(text, STR("[")) ? text : (struct str){0};
}

/*
 * out: empty: the text opens with none, or with a badge, which is a picture, or it lists
 * links line by line: the first is not what people know it by
 */
static struct link link_of(struct str text)
{
	text = from_bracket(text);
	struct str next = str_slice(text, str_find_byte(text, '\n', 0) + 1, text.len);

	if (text.len == 0 || str_starts(text, STR("[![")) || from_bracket(next).len)
		return (struct link){0};
	size_t end = str_find_byte(text, ']', 0), from = end + 2;

	if (!str_starts(str_slice(text, end, text.len), STR("](")))
		return (struct link){0};
	return (struct link){
		.name = str_slice(text, 1, end),
		.place = str_slice(text, from, str_find_byte(text, ')', from)),
	};
}

struct link_hashes link_hashes_of(struct arena *arena, struct str text)
{
	struct link link = link_of(text);

	if (link.place.len == 0)
		return (struct link_hashes){0};
	return (struct link_hashes){
		.name = hash_bytes(text_normal(arena, link.name)),
		.place = hash_bytes(link.place),
	};
}

static void list_links(struct arena *arena, struct side *side)
{
	side->links = arena_array(arena, uint64_t, (size_t)side->count + 1);
	side->link_count = 0;
	for (int i = 0; i < side->count; i++) {
		const struct block *block = piece_block(side, i);
		struct link link = {0};

		if (block->kind == BLOCK_POINT || block->kind == BLOCK_PARAGRAPH)
			link = link_of(block_text(block));
		if (link.place.len)
			side->links[side->link_count++] = hash_bytes(link.place);
	}
	hashes_sort(side->links, (size_t)side->link_count);
}

bool is_only_link_to(struct arena *arena, struct side *side, uint64_t place)
{
	if (!side->links)
		list_links(arena, side);
	return hashes_count(side->links, (size_t)side->link_count, place) <= 1;
}
