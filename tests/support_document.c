#include "tests/support_document.h"

#include "core/limits.h"
#include "core/text.h"

enum { HEADING_LEVELS = 6, TABLE_LEVELS = 1 };

static const char *const kinds[] = {
	[BLOCK_HEADING] = "heading",	   [BLOCK_POINT] = "point", [BLOCK_PARAGRAPH] = "paragraph",
	[BLOCK_QUOTE] = "quote",	   [BLOCK_TABLE] = "table", [BLOCK_ROW] = "row",
	[BLOCK_FENCE] = "fence",	   [BLOCK_HTML] = "html",   [BLOCK_RULE] = "rule",
	[BLOCK_DEFINITION] = "definition",
};

static uint32_t count_feeds(struct str text)
{
	uint32_t feeds = 0;

	for (size_t i = 0; i < text.len; i++)
		feeds += text.at[i] == '\n';
	return feeds;
}

static const char *end_of(struct str text)
{
	return text.at + text.len;
}

/* Gaps and raws in order, without a hole, each where it says it is. */
static const char *places_breach(const struct doc *doc)
{
	size_t front = (doc->bom ? 3 : 0) + doc->front.len;
	const char *at = doc->source.at + front;
	uint32_t line = 1 + count_feeds(str_slice(doc->source, 0, front));

	for (size_t i = 0; i < doc->count; i++) {
		const struct block *block = &doc->blocks[i];

		if (block->gap.at != at || end_of(block->gap) != block->raw.at)
			return "slices in order";
		if (!str_is_blank(block->gap) ||
		    (block->gap.len && !str_ends(block->gap, STR("\n"))))
			return "a gap is blank lines";
		if (block->raw.len == 0)
			return "raw is not empty";
		if (block->text.at < block->raw.at || end_of(block->text) > end_of(block->raw))
			return "text within raw";
		line += count_feeds(block->gap);
		if (block->line != line)
			return "line";
		line += count_feeds(block->raw);
		if (block->lines != line - block->line + !str_ends(block->raw, STR("\n")))
			return "lines";
		if (block->joined != (i > 0 && block->raw.at[-1] != '\n'))
			return "joined";
		at = end_of(block->raw);
	}
	return doc->tail.at != at || !str_is_blank(doc->tail) ? "tail" : NULL;
}

static const char *tree_breach(const struct doc *doc)
{
	for (size_t i = 0; i < doc->count; i++) {
		const struct block *block = &doc->blocks[i];
		int depth = 0;

		if (block->parent != NO_PARENT && (block->parent < 0 || (size_t)block->parent >= i))
			return "parents before children";
		if (block->end <= i || block->end > doc->count)
			return "end";
		for (int above = block->parent; above != NO_PARENT; depth++) {
			if (doc->blocks[above].end < block->end)
				return "children within their parent";
			above = doc->blocks[above].parent;
		}
		if (depth > LIMIT_DEPTH + HEADING_LEVELS + TABLE_LEVELS)
			return "depth";
		if (block->end < doc->count && doc->blocks[block->end].parent >= (int)i)
			return "descendants stand together";
		const struct block *parent =
			block->parent == NO_PARENT ? NULL : &doc->blocks[block->parent];
		if (block->kind == BLOCK_ROW && (!parent || parent->kind != BLOCK_TABLE))
			return "a row stands under its table";
		if (parent && parent->kind != BLOCK_HEADING && parent->kind != BLOCK_POINT &&
		    parent->kind != BLOCK_TABLE)
			return "what can be a parent";
		if (parent && parent->kind == BLOCK_HEADING && block->kind == BLOCK_HEADING &&
		    parent->level >= block->level)
			return "levels fall";
		if ((block->kind == BLOCK_HEADING) != (block->level > 0) ||
		    block->level > HEADING_LEVELS)
			return "level";
	}
	return NULL;
}

static const char *keys_breach(struct arena *arena, const struct doc *doc)
{
	for (size_t i = 0; i < doc->count; i++) {
		const struct block *block = &doc->blocks[i];
		struct str normal = doc_normal(arena, block), rest = normal, word;
		uint32_t words = 0;

		if (!str_equal(text_normal(arena, normal), normal))
			return "the normal text is normal";
		if (!key_equal(block->normal, key_of(normal)))
			return "keys";
		for (rest = block->text; str_next_word(&rest, &word);)
			words++;
		if (block->words > words || (block->label == 0 && block->words != words))
			return "words";
		if (str_find_byte(doc_point_text(arena, block), '\n', 0) <
		    doc_point_text(arena, block).len)
			return "a point's text is one line";
	}
	return NULL;
}

struct str document_outline(struct arena *arena, const struct doc *doc)
{
	struct buf out = {.arena = arena};

	for (size_t i = 0; i < doc->count; i++) {
		const struct block *block = &doc->blocks[i];

		for (int at = block->parent; at != NO_PARENT; at = doc->blocks[at].parent)
			buf_add(&out, STR("  "));
		buf_add_c(&out, kinds[block->kind]);
		if (block->level)
			buf_printf(&out, " %u", block->level);
		if (block->glyph)
			buf_printf(&out, " %c", block->glyph);
		if (block->numbered)
			buf_printf(&out, " %u", block->number);
		if (block->checkbox)
			buf_printf(&out, " [%c]", block->checkbox);
		if (block->label)
			buf_printf(&out, " version %u", block->label);
		if (block->joined)
			buf_add(&out, STR(" joined"));
		buf_printf(&out, ": %.*s\n", STR_ARGS(doc_point_text(arena, block)));
	}
	return buf_str(&out);
}

/* Line ends of the other kind, or one more at the end, must not change what is seen. */
static const char *line_end_breach(struct arena *arena, const struct doc *doc)
{
	struct buf windows = {.arena = arena};

	if (str_find_byte(doc->source, '\r', 0) < doc->source.len)
		return NULL;
	for (size_t i = 0; i < doc->source.len; i++) {
		if (doc->source.at[i] == '\n')
			buf_add_byte(&windows, '\r');
		buf_add_byte(&windows, doc->source.at[i]);
	}
	if (doc->ends_without_line_end)
		buf_add(&windows, STR("\r\n"));
	struct doc other = doc_read(arena, buf_str(&windows));
	if (!other.opaque &&
	    !str_equal(document_outline(arena, doc), document_outline(arena, &other)))
		return "both line ends read alike";
	return NULL;
}

const char *document_breach(struct str bytes)
{
	struct arena arena = {0};
	struct doc doc = doc_read(&arena, bytes);
	const char *breach = NULL;

	if (!str_equal(doc_write(&arena, &doc), bytes))
		breach = "written as read";
	else if (doc.opaque)
		breach = doc.count || doc.front.len || doc.tail.len ? "opaque, yet in parts" : NULL;
	else if (bytes.len && !(breach = places_breach(&doc)) && !(breach = tree_breach(&doc)) &&
		 !(breach = keys_breach(&arena, &doc)))
		breach = line_end_breach(&arena, &doc);
	arena_free(&arena);
	return breach;
}
