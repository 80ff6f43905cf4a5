#include "core/doc_lines.h"

#include "core/doc.h"

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

static size_t run_of(struct str line, char byte, size_t from)
{
	size_t at = from;

	while (at < line.len && line.at[at] == byte)
		at++;
	return at - from;
}

static size_t skip_blanks(struct str line, size_t from)
{
	while (from < line.len && is_blank(line.at[from]))
		from++;
	return from;
}

static struct str trim_blanks(struct str text)
{
	while (text.len && is_blank(text.at[text.len - 1]))
		text.len--;
	return str_slice(text, skip_blanks(text, 0), text.len);
}

bool line_is_rule(struct str line, const char **stop)
{
	char glyph = line.len ? line.at[0] : 0;
	size_t at = 0, glyphs = 0;

	if (glyph != '*' && glyph != '-' && glyph != '_')
		return false;
	for (; at < line.len; at++) {
		if (line.at[at] == glyph)
			glyphs++;
		else if (!is_blank(line.at[at]))
			break;
	}
	if (at == line.len && glyphs >= 3)
		return true;
	*stop = line.at + at;
	return false;
}

uint32_t line_heading_level(struct str line)
{
	size_t level = run_of(line, '#', 0);

	if (level < 1 || level > DEEPEST_HEADING || (level < line.len && !is_blank(line.at[level])))
		return 0;
	return (uint32_t)level;
}

struct str line_heading_text(struct str line)
{
	struct str text = trim_blanks(str_slice(line, line_heading_level(line), line.len));
	size_t end = text.len;

	while (end && text.at[end - 1] == '#')
		end--;
	if (end < text.len && (end == 0 || is_blank(text.at[end - 1])))
		text = trim_blanks(str_slice(text, 0, end));
	return text;
}

uint32_t line_underline_level(struct str line)
{
	char glyph = line.len ? line.at[0] : 0;

	if (glyph != '=' && glyph != '-')
		return 0;
	if (skip_blanks(line, run_of(line, glyph, 0)) < line.len)
		return 0;
	return glyph == '=' ? 1 : 2;
}

uint32_t line_fence_length(struct str line)
{
	char glyph = line.len ? line.at[0] : 0;
	size_t length;

	if (glyph != '`' && glyph != '~')
		return 0;
	length = run_of(line, glyph, 0);
	if (length < 3 || (glyph == '`' && str_find_byte(line, '`', length) < line.len))
		return 0;
	return (uint32_t)length;
}

bool line_closes_fence(struct str line, char glyph, uint32_t length)
{
	size_t run = run_of(line, glyph, 0);

	return run >= length && skip_blanks(line, run) == line.len;
}

struct list_mark line_list_mark(struct str line)
{
	struct list_mark mark = {0};
	size_t at = 0;

	while (at < line.len && at < 9 && byte_is_digit(line.at[at]))
		mark.number = 10 * mark.number + (uint32_t)(line.at[at++] - '0');
	mark.numbered = at > 0;
	if (at == line.len)
		return (struct list_mark){0};
	mark.glyph = line.at[at++];
	if (mark.numbered ? mark.glyph != '.' && mark.glyph != ')'
			  : mark.glyph != '-' && mark.glyph != '*' && mark.glyph != '+')
		return (struct list_mark){0};
	if (at < line.len && !is_blank(line.at[at]))
		return (struct list_mark){0};
	mark.bytes = (uint32_t)at;
	mark.bare = skip_blanks(line, at) == line.len;
	return mark;
}

struct str row_without_last_mark(struct str row)
{
	struct str text = str_trim_right(row);

	if (str_ends(text, STR("|")) && !str_ends(text, STR("\\|")))
		text.len--;
	return text;
}

/* A row without the blanks and the marks at its ends, which are no cells. */
static struct str inner_row(struct str line)
{
	line = trim_blanks(line);
	if (line.len && line.at[0] == '|')
		line = str_slice(line, 1, line.len);
	return row_without_last_mark(line);
}

bool row_next_cell(struct str *row, struct str *cell)
{
	if (!row->at)
		return false;
	size_t end = str_find_byte(*row, '|', 0);
	while (end > 0 && end < row->len && row->at[end - 1] == '\\')
		end = str_find_byte(*row, '|', end + 1);
	*cell = str_slice(*row, 0, end);
	*row = end < row->len ? str_slice(*row, end + 1, row->len) : (struct str){0};
	return true;
}

uint32_t line_cells(struct str line)
{
	struct str row = inner_row(line), cell;
	uint32_t cells = 0;

	while (row_next_cell(&row, &cell))
		cells++;
	return cells;
}

static bool is_rule_cell(struct str cell)
{
	size_t from = 0, dashes;

	cell = trim_blanks(cell);
	if (cell.len && cell.at[0] == ':')
		from++;
	dashes = run_of(cell, '-', from);
	from += dashes;
	if (from < cell.len && cell.at[from] == ':')
		from++;
	return dashes > 0 && from == cell.len;
}

uint32_t line_table_rule(struct str line)
{
	uint32_t cells = 0;

	/* One column alone needs a pipe, else it would underline a heading. */
	if (line.len == 0 || str_find_byte(line, '|', 0) == line.len ||
	    (line.at[0] != '|' && line.at[0] != '-' && line.at[0] != ':'))
		return 0;
	struct str row = inner_row(line), cell;
	while (row_next_cell(&row, &cell)) {
		if (!is_rule_cell(cell))
			return 0;
		cells++;
	}
	return cells;
}
