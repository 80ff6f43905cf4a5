#include "cmd/page_definitions.h"

#include "core/text.h"

struct definitions definitions_of(struct arena *arena, const struct doc *doc)
{
	struct definitions found = {0};
	size_t room = 0;

	for (size_t i = 0; i < doc->count && found.count < MOST_DEFINITIONS; i++) {
		struct str raw = str_trim(doc->blocks[i].raw);

		if (doc->blocks[i].kind != BLOCK_DEFINITION)
			continue;
		arena_push(arena, found.all, found.count, room);
		found.all[found.count++] = (struct definition){
			.label = text_caseless(arena,
					       str_slice(raw, 0, str_find_byte(raw, ']', 0) + 1)),
			.raw = raw,
		};
	}
	return found;
}

struct str definitions_before(struct arena *arena, const struct definitions *definitions,
			      struct str markdown)
{
	struct buf all = {.arena = arena};
	struct str caseless;

	if (definitions->count == 0 || str_find_byte(markdown, '[', 0) == markdown.len)
		return markdown;
	caseless = text_caseless(arena, markdown);
	for (size_t i = 0; i < definitions->count; i++) {
		if (!str_contains(caseless, definitions->all[i].label))
			continue;
		buf_add(&all, definitions->all[i].raw);
		buf_add_c(&all, "\n\n");
	}
	/* Behind, they would be code in a part that opens some and does not close it. */
	buf_add(&all, markdown);
	return buf_str(&all);
}
