#include "core/addition.h"

#include <string.h>

enum { LARGEST_NUMBER = 999999999 }; /* of an item. source: CommonMark 0.30, 5.2 */

/* How the items of a list are written. */
struct item_style {
	struct str indent, space; /* before the mark, and between it and the text */
	char glyph;
	bool numbered, checkbox;
	uint32_t number; /* of the item before */
	struct str gap;	 /* between two items */
};

/* --- the points of a text ---------------------------------------------------- */

/*
 * Marks alone are an item without words, or a rule; below a line they would underline a
 * heading.
 */
static bool is_without_words(struct str text)
{
	static const char *const bullets[] = {"+", "•", "–", NULL};

	for (size_t i = 0; i < text.len; i++)
		if (!strchr("-*_= \t", text.at[i]))
			return str_is_one_of(text, bullets);
	return true;
}

/* The line behind its bullet. out: false: it has none */
static bool take_bullet(struct str line, struct str *behind)
{
	static const char *const bullets[] = {"- ", "* ", "+ ", "• ", "– ", "-\t", "*\t"};

	for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++)
		if (str_starts(line, str_of(bullets[i]))) {
			*behind = str_slice(line, str_of(bullets[i]).len, line.len);
			return true;
		}
	return false;
}

struct new_points new_points_of(struct arena *arena, struct str text)
{
	struct new_points points = {0};
	struct str line, behind;
	size_t room = 0;
	bool inside = false;

	while (str_next_line(&text, &line)) {
		struct str plain = str_trim_right(line);
		bool begins = take_bullet(plain, &behind);
		struct str words = str_trim(begins ? behind : plain);

		if (is_without_words(words)) {
			inside = false;
			continue;
		}
		if (begins || !inside) {
			arena_push(arena, points.texts, points.count, room);
			points.texts[points.count++] = words;
			inside = true;
		} else {
			struct str *last = &points.texts[points.count - 1];
			/* What stands between two lines of one point is in the text, too. */
			*last = (struct str){last->at, (size_t)(plain.at + plain.len - last->at)};
		}
	}
	return points;
}

/* --- where and how ----------------------------------------------------------- */

/* The last list item that stands in no other, -1: none. */
static long last_item(const struct doc *doc)
{
	long last = -1;

	for (size_t i = 0; i < doc->count; i++) {
		const struct block *block = &doc->blocks[i];

		if (block->kind == BLOCK_POINT &&
		    (block->parent == NO_PARENT || doc->blocks[block->parent].kind != BLOCK_POINT))
			last = (long)i;
	}
	return last;
}

/* Is the block the item of its list before item `last`? */
static bool is_item_before(const struct block *block, const struct block *last, size_t index)
{
	return block->kind == BLOCK_POINT && block->end == index && block->parent == last->parent &&
	       block->glyph == last->glyph;
}

static struct item_style style_of(const struct doc *doc, size_t index)
{
	const struct block *last = &doc->blocks[index];
	size_t blanks = 0, mark;
	struct item_style style = {
		.space = STR(" "),
		.glyph = last->glyph,
		.numbered = last->numbered,
		.checkbox = last->checkbox != 0,
		.number = last->number,
	};

	while (blanks < last->raw.len &&
	       (last->raw.at[blanks] == ' ' || last->raw.at[blanks] == '\t'))
		blanks++;
	style.indent = str_slice(last->raw, 0, blanks);
	mark = str_find_byte(last->raw, last->glyph, blanks) + 1;
	size_t text = mark;
	while (text < last->raw.len && (last->raw.at[text] == ' ' || last->raw.at[text] == '\t'))
		text++;
	if (text > mark && text - mark <= 4 && text < last->raw.len && last->raw.at[text] != '\n' &&
	    last->raw.at[text] != '\r')
		style.space = str_slice(last->raw, mark, text);
	for (size_t i = 0; i < index; i++)
		if (is_item_before(&doc->blocks[i], last, index))
			style.gap = last->gap;
	return style;
}

static struct str mark_of(struct arena *arena, const struct item_style *style, uint32_t number)
{
	struct buf mark = {.arena = arena};

	buf_add(&mark, style->indent);
	if (style->numbered)
		buf_printf(&mark, "%u", number < LARGEST_NUMBER ? number : LARGEST_NUMBER);
	buf_add_byte(&mark, style->glyph);
	buf_add(&mark, style->space);
	return buf_str(&mark);
}

/* Adds one point: its lines, each below the text of the first. */
static void write_item(struct buf *out, struct str mark, bool checkbox, struct str text,
		       struct str line_end)
{
	struct str line, behind;
	size_t lines = 0;

	buf_add(out, mark);
	if (checkbox)
		buf_add_c(out, "[ ] ");
	while (str_next_line(&text, &line)) {
		struct str plain = str_trim(line);

		if (lines++) {
			for (size_t i = 0; i < mark.len; i++)
				buf_add_byte(out, mark.at[i] == '\t' ? '\t' : ' ');
			/* Items below the point keep how deep they stand below it. */
			if (take_bullet(plain, &behind))
				for (const char *at = line.at + 2; at < plain.at; at++)
					buf_add_byte(out, *at);
		}
		buf_add(out, plain);
		buf_add(out, line_end);
	}
}

/* Does a fence or a comment stay open in it, so that an item behind it would be a part of it? */
static bool swallows_items(struct arena *arena, const struct block *block)
{
	if (block->kind != BLOCK_FENCE && block->kind != BLOCK_HTML)
		return false;
	struct doc doc = doc_read(arena, str_printf(arena, "%.*s\n\n- x\n", STR_ARGS(block->raw)));
	return doc.count == 1;
}

/* How many bytes of a note stand before its new items. `item`: the last that is there, -1: none */
static size_t bytes_before(struct arena *arena, const struct doc *doc, long item)
{
	if (doc->count == 0)
		return doc->source.len - doc->tail.len;
	size_t index = item >= 0 ? doc->blocks[item].end - 1 : doc->count - 1;
	const struct block *block = &doc->blocks[index];
	size_t from = (size_t)(block->raw.at - doc->source.at);

	return item < 0 && swallows_items(arena, block) ? from - block->gap.len
							: from + block->raw.len;
}

struct str points_added(struct arena *arena, const struct doc *doc, const struct new_points *points,
			uint32_t *line)
{
	struct str line_end = doc_line_end(doc);
	struct item_style style = {.space = STR(" "), .glyph = '-'};
	struct buf out = {.arena = arena};
	long last = last_item(doc);
	size_t before = bytes_before(arena, doc, last);

	if (last >= 0)
		style = style_of(doc, (size_t)last);
	buf_add(&out, str_slice(doc->source, 0, before));
	if (out.len && !str_ends(buf_str(&out), STR("\n")))
		buf_add(&out, line_end);
	if (last < 0 && before > (doc->bom ? 3u : 0u))
		buf_add(&out, line_end);
	for (size_t i = 0; i < points->count; i++) {
		struct str mark = mark_of(arena, &style, style.number + 1 + (uint32_t)i);

		if (last >= 0 || i)
			buf_add(&out, style.gap);
		if (i == 0) {
			*line = 1;
			for (size_t at = 0; at < out.len; at++)
				*line += out.at[at] == '\n';
		}
		write_item(&out, mark, style.checkbox, points->texts[i], line_end);
	}
	struct str behind = str_slice(doc->source, before, doc->source.len);
	if (last < 0 && !str_is_blank(str_first_line(behind)))
		buf_add(&out, line_end);
	buf_add(&out, behind);
	return buf_str(&out);
}
