/*
 * Reading a note beside another version of it, most of whose lines it has.
 *
 * A point or a heading that stands in no item and whose line ends all that was
 * open leaves the parser in a state that this line alone tells. So where a line
 * begins such a block here and began one there, what follows reads alike as long
 * as the bytes are the same, and blocks are copied up to the last such block.
 */
#include "core/doc_parse.h"

#include "core/limits.h"

/* Blocks of the other note that a line is held against, more where the last ones were none. */
enum { LOOKED_AT = 2, LOOKED_AT_MOST = 16 };

/* Whether a block stands in no item. */
static bool stands_outside(const struct block *blocks, const struct block *block)
{
	return block->parent == NO_PARENT || blocks[block->parent].kind == BLOCK_HEADING;
}

/* Whether its line tells what the parser's state is behind it. */
static bool is_start(const struct block *blocks, const struct block *block)
{
	return (block->kind == BLOCK_POINT ||
		(block->kind == BLOCK_HEADING && !block->underlined)) &&
	       !block->joined && stands_outside(blocks, block);
}

/* The block of the other note that begins with the bytes at `at`, NULL: none near the last one. */
static const struct block *find_start(struct known *known, struct str rest)
{
	const struct doc *doc = known->doc;
	size_t ahead = LOOKED_AT * (known->misses + 1);
	size_t end = known->next + (ahead < LOOKED_AT_MOST ? ahead : LOOKED_AT_MOST);

	for (size_t i = known->next; i < end && i < doc->count; i++) {
		const struct block *block = &doc->blocks[i];

		if (str_starts(rest, block->raw) && is_start(doc->blocks, block)) {
			known->misses = 0;
			return block;
		}
	}
	known->misses++;
	return NULL;
}

/* The last start, all of whose lines lie in the `bytes` that follow `first`; or `first`. */
static const struct block *last_start(const struct doc *known, const struct block *first,
				      size_t bytes)
{
	const struct block *last = first, *end = known->blocks + known->count;
	const char *same = first->raw.at + bytes;

	while (last + 1 < end && last[1].raw.at + last[1].raw.len <= same)
		last++;
	while (last > first && (!is_start(known->blocks, last) || !str_ends(last->raw, STR("\n"))))
		last--;
	return last;
}

static void make_room(struct parser *parser, size_t count)
{
	struct doc *doc = parser->doc;

	if (doc->count + count <= parser->room)
		return;
	doc->blocks = arena_grow(parser->arena, doc->blocks, doc->count, 2 * (doc->count + count),
				 sizeof *doc->blocks);
	parser->room = 2 * (doc->count + count);
}

/*
 * Adds blocks as the other note has them, but for where they stand: so many bytes,
 * lines and blocks behind.
 */
static void copy_blocks(struct parser *parser, const struct block *from, const struct block *end,
			ptrdiff_t shift, uint32_t lines, int later)
{
	const struct block *known = parser->known.doc->blocks;
	struct doc *doc = parser->doc;

	make_room(parser, (size_t)(end - from));
	for (; from < end; from++) {
		struct block *block = &doc->blocks[doc->count++];
		bool outside = stands_outside(known, from);

		*block = *from;
		block->parent = outside ? parser->section : from->parent + later;
		block->line += lines;
		block->raw.at += shift;
		block->text.at += shift;
		block->gap.at += shift;
		block->like = (uint32_t)(from - known) + 1;
		if (outside && block->kind == BLOCK_HEADING)
			block_set_heading(parser, block->level);
	}
}

/* Whether the last block is the one that the line begins, and it ends all others. */
static bool begins_start(const struct parser *parser, const struct line *line)
{
	const struct doc *doc = parser->doc;
	const struct block *last = doc->count ? &doc->blocks[doc->count - 1] : NULL;

	return last && last->raw.at == line->start && is_start(doc->blocks, last) &&
	       parser->quote == NO_QUOTE && parser->depth == (last->kind == BLOCK_POINT);
}

bool copy_beside(struct parser *parser, struct line *line)
{
	const struct doc *known = parser->known.doc;
	struct doc *doc = parser->doc;

	if (!known || parser->known.next >= known->count || !begins_start(parser, line))
		return false;
	struct str rest = {line->start, (size_t)(parser->end - line->start)};
	const struct block *first = find_start(&parser->known, rest);
	if (!first)
		return false;
	struct str there = {first->raw.at,
			    (size_t)(known->source.at + known->source.len - first->raw.at)};
	const struct block *last = last_start(known, first, str_common_start(rest, there));
	parser->known.next = (size_t)(last - known->blocks) + 1;
	if (last == first || doc->count + (size_t)(last - first) > LIMIT_FILE_POINTS)
		return false;

	/* The one that was begun is copied too, as it is whole there. */
	doc->count--;
	parser->section = parser->known.section;
	parser->leaf.kind = LEAF_NONE;
	parser->depth = 0;
	size_t at = doc->count;
	copy_blocks(parser, first, last, line->start - first->raw.at, line->number - first->line,
		    (int)at - (int)(first - known->blocks));
	doc->blocks[at].gap = (struct str){0}; /* what stands before the first may be another */
	line->next = line->start + (last->raw.at - first->raw.at);
	line->number += last->line - first->line - 1;
	return true;
}
