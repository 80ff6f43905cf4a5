#include "core/note_outline.h"

#include "core/doc.h"
#include "core/note_people.h"
#include "core/section.h"

enum { TITLE_WORDS = 8, TITLE_BYTES = 80, KNOWN_TITLE_WORDS = 6 };

/* A line of the note as the outline needs it. */
struct outline_line {
	struct str text; /* without line end */
	bool blank;
	bool is_title; /* of a part */
	bool left_out; /* the note's title, or a heading's underline */
	uint8_t lift;  /* by how many levels a heading inside a part rises */
};

struct lines {
	struct arena *arena;
	struct outline_line *all;
	size_t count, room;
};

static struct lines split_lines(struct arena *arena, struct str text)
{
	struct lines lines = {.arena = arena};
	struct str raw;

	while (str_next_line(&text, &raw)) {
		arena_push(arena, lines.all, lines.count, lines.room);
		lines.all[lines.count++] =
			(struct outline_line){.text = str_chomp(raw), .blank = str_is_blank(raw)};
	}
	return lines;
}

/* What opens an item of a list, a quote, a table, code, a link or a rule. */
static bool opens_otherwise(struct str line)
{
	static const char *const marks[] = {" ", "\t", "-", "*", "+", ">", "|", "`", "~", "<", "(",
					    "[", "#",  "=", "_", "•", "–", "—", "·", "◦", "▪", "→"};
	bool opens = false;

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		opens |= str_starts(line, str_of(marks[i]));
	return opens;
}

/* Could be a title by its looks: short, flush left, no bullet, no end of a sentence. */
static bool looks_like_title(struct str line)
{
	struct str text = str_trim_right(line);
	struct str last_marks = STR(".,;?!>)\"");

	if (text.len == 0 || text.len > TITLE_BYTES || str_word_count(text) > TITLE_WORDS)
		return false;
	if (opens_otherwise(text))
		return false;
	if (text.at[0] >= 'a' && text.at[0] <= 'z')
		return false;
	if (str_contains(text, STR("://")) || str_contains(text, STR(" : ")))
		return false;
	return !str_ends(text, STR("»")) &&
	       str_find_byte(last_marks, text.at[text.len - 1], 0) == last_marks.len;
}

static bool is_known_title(struct arena *arena, struct str line)
{
	return import_role_of(arena, line) || (str_word_count(line) <= KNOWN_TITLE_WORDS &&
					       section_kind_of(arena, line) != SECTION_OTHER);
}

static bool blank_at(const struct lines *lines, size_t index)
{
	return index >= lines->count || lines->all[index].blank;
}

/*
 * A bare title stands below a blank line; unless its words tell what it is, a
 * blank line and then some text must follow, and it must not be a name in a
 * list of people.
 */
static void find_bare_titles(struct lines *lines, size_t from)
{
	bool names_expected = false;

	for (size_t i = from; i < lines->count; i++) {
		struct outline_line *line = &lines->all[i];
		if (line->blank || (i > 0 && !blank_at(lines, i - 1)) ||
		    !looks_like_title(line->text)) {
			names_expected &= line->blank;
			continue;
		}
		bool known = is_known_title(lines->arena, line->text);
		bool alone = blank_at(lines, i + 1) && i + 2 < lines->count;
		line->is_title = known || (alone && !names_expected);
		names_expected = line->is_title && import_role_of(lines->arena, line->text);
	}
}

static size_t first_text_line(const struct lines *lines)
{
	size_t first = 0;

	while (first < lines->count && lines->all[first].blank)
		first++;
	return first;
}

/* In a plain note the first line is the title when it looks like one. */
static struct str outline_plain(struct lines *lines)
{
	size_t first = first_text_line(lines);
	struct str title = {0};

	if (first < lines->count && blank_at(lines, first + 1) &&
	    looks_like_title(lines->all[first].text) &&
	    !is_known_title(lines->arena, lines->all[first].text)) {
		lines->all[first].left_out = true;
		title = str_trim(lines->all[first].text);
		first++;
	}
	find_bare_titles(lines, first);
	return title;
}

/* One inside a list item is part of that item. */
static bool is_outermost_heading(const struct doc *doc, size_t index)
{
	const struct block *block = &doc->blocks[index];

	return block->kind == BLOCK_HEADING && !str_is_blank(block->text) &&
	       (block->parent == NO_PARENT || doc->blocks[block->parent].kind == BLOCK_HEADING);
}

/* The title is the first heading when nothing stands above it and no other is of its level. */
static int find_title_heading(const struct doc *doc)
{
	if (doc->count == 0 || !is_outermost_heading(doc, 0) || doc->blocks[0].level > 1)
		return NO_PARENT;
	for (size_t i = 1; i < doc->count; i++)
		if (is_outermost_heading(doc, i) && doc->blocks[i].level == 1)
			return NO_PARENT;
	return 0;
}

static void mark_heading(struct lines *lines, const struct block *block, bool is_title,
			 size_t front_lines)
{
	size_t first = block->line - 1 - front_lines;

	if (first >= lines->count)
		return;
	lines->all[first].text = block->text;
	lines->all[first].is_title = !is_title;
	lines->all[first].left_out = is_title;
	for (size_t i = 1; block->underlined && i < block->lines && first + i < lines->count; i++)
		lines->all[first + i].left_out = i + 1 == block->lines;
}

/* Headings inside a part rise as far as the part's own heading does. */
static void lift_headings(struct lines *lines, const struct doc *doc, unsigned part_level,
			  size_t front_lines)
{
	for (size_t i = 0; i < doc->count; i++) {
		const struct block *block = &doc->blocks[i];
		size_t line = block->line - 1 - front_lines;

		if (is_outermost_heading(doc, i) && !block->underlined && block->indent == 0 &&
		    block->level > part_level && line < lines->count)
			lines->all[line].lift = (uint8_t)(part_level - 1);
	}
}

/* Parts begin at the headings of the highest level that is left once the title is taken. */
static struct str outline_markdown(struct lines *lines, const struct doc *doc, size_t front_lines)
{
	int title = find_title_heading(doc);
	unsigned level = DEEPEST_HEADING + 1;

	for (size_t i = 0; i < doc->count; i++)
		if ((int)i != title && is_outermost_heading(doc, i) && doc->blocks[i].level < level)
			level = doc->blocks[i].level;
	for (size_t i = 0; i < doc->count; i++)
		if (is_outermost_heading(doc, i) && doc->blocks[i].lines <= 2 &&
		    ((int)i == title || doc->blocks[i].level == level))
			mark_heading(lines, &doc->blocks[i], (int)i == title, front_lines);
	lift_headings(lines, doc, level, front_lines);
	if (title == NO_PARENT)
		return (struct str){0};
	return str_trim(doc->blocks[title].text);
}

static void add_body_line(struct buf *body, const struct outline_line *line)
{
	buf_add(body, str_slice(line->text, line->lift, line->text.len));
	buf_add_byte(body, '\n');
}

static struct str without_outer_blank_lines(struct str body)
{
	struct str rest = body, line;

	while (str_next_line(&rest, &line) && str_is_blank(line))
		body = rest;
	size_t end = str_trim_right(body).len;
	return end ? str_slice(body, 0, str_find_byte(body, '\n', end) + 1) : (struct str){0};
}

static void collect_parts(struct arena *arena, const struct lines *lines,
			  struct import_outline *outline)
{
	size_t room = 0;

	for (size_t i = 0; i < lines->count;) {
		struct buf body = {.arena = arena};
		struct import_part part = {0};

		if (lines->all[i].is_title)
			part.heading = str_trim(lines->all[i++].text);
		for (; i < lines->count && !lines->all[i].is_title; i++)
			if (!lines->all[i].left_out)
				add_body_line(&body, &lines->all[i]);
		part.body = without_outer_blank_lines(buf_str(&body));
		if (part.heading.len == 0 && part.body.len == 0)
			continue;
		arena_push(arena, outline->parts, outline->count, room);
		outline->parts[outline->count++] = part;
	}
}

struct import_outline import_outline_of(struct arena *arena, struct str text)
{
	struct import_outline outline = {0};

	if (str_starts(text, STR("\xef\xbb\xbf")))
		text = str_slice(text, 3, text.len);
	struct doc doc = doc_read(arena, text);
	outline.front = doc.front;
	text = str_slice(text, doc.front.len, text.len);
	struct lines lines = split_lines(arena, text);
	size_t front_lines = split_lines(arena, doc.front).count;
	bool has_headings = false;

	for (size_t i = 0; i < doc.count; i++)
		has_headings |= is_outermost_heading(&doc, i);
	outline.title =
		has_headings ? outline_markdown(&lines, &doc, front_lines) : outline_plain(&lines);
	collect_parts(arena, &lines, &outline);
	return outline;
}
