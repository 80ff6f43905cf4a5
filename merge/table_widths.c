#include "merge/table_widths.h"

#include <string.h>

#include "core/doc_lines.h"

/* The letters that a row of dashes has at least. */
enum { LEAST_DASHES = 3 };

/* A line of a table: what stands in front of its first mark and behind its last, and its cells. */
struct table_line {
	struct str indent, behind;
	struct row_cells cells;
};

struct widths {
	int count;
	int at[MOST_COLUMNS];
};

/* How a column is written. */
struct style {
	bool padded;	  /* a blank stands on either side of the longest cell */
	bool right, left; /* both: in the middle */
	int width;
};

static int letters(struct str text)
{
	int count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += ((unsigned char)text.at[i] & 0xC0) != 0x80;
	return count;
}

/* out: false where no mark stands at either end, or there are too many cells */
static bool read_line(struct arena *arena, struct str line, struct table_line *out)
{
	size_t first = str_find_byte(line, '|', 0);
	struct str row = str_trim_right(str_slice(line, first, line.len));
	struct str open = row_without_last_mark(row);

	out->indent = str_slice(line, 0, first);
	out->behind = str_chomp(str_slice(line, first + row.len, line.len));
	if (open.len < 2 || open.len == row.len || !str_is_blank(out->indent))
		return false;
	out->cells = row_cells(arena, open);
	return out->cells.count <= MOST_COLUMNS;
}

/* out: through `widths`, none where the marks of all lines do not stand one below the other */
static void read_widths(struct str table, struct widths *widths)
{
	struct arena scratch = {0};
	struct table_line row;
	struct str line;
	bool lined_up = table.len > 0;

	widths->count = 0;
	for (bool first = true; lined_up && str_next_line(&table, &line); first = false) {
		lined_up = read_line(&scratch, str_chomp(line), &row) &&
			   (first || row.cells.count == widths->count);
		for (int i = 0; lined_up && i < row.cells.count; i++) {
			int width = letters(row.cells.at[i]);

			lined_up = first || width == widths->at[i];
			widths->at[i] = width;
		}
		widths->count = lined_up ? row.cells.count : 0;
	}
	arena_free(&scratch);
}

static bool are_same(const struct widths *a, const struct widths *b)
{
	return a->count == b->count && memcmp(a->at, b->at, (size_t)a->count * sizeof *a->at) == 0;
}

/* Whether both are lined up, or one side did that anew, which the other had no eye on. */
static bool is_lined_up_by_sides(const struct widths widths[TEXTS])
{
	for (int s = 0; s < SIDES; s++)
		if (widths[OURS + s].count &&
		    (widths[OURS + 1 - s].count || !are_same(&widths[BASE], &widths[OURS + s])))
			return true;
	return false;
}

/* What the three widths of a column make; 0: the text has no such column. */
static int merged_width(int base, int ours, int theirs)
{
	if (base && ours && theirs && (base == ours || base == theirs))
		return base == ours ? theirs : ours;
	return ours > theirs ? ours : theirs;
}

static int width_of(const struct columns *columns, const struct widths *widths, int t, int column)
{
	int at = column < columns->all ? columns->at[column].of[t] : column;

	return at >= 0 && at < widths[t].count ? widths[t].at[at] : 0;
}

/* The letters that a cell takes up at least; the second line of a table is the rule. */
static int least_width(struct str cell, const struct style *style, bool rule)
{
	struct str text = str_trim(cell);
	int least = rule ? LEAST_DASHES + style->left + style->right : letters(text);

	return rule && str_equal(text, cell) ? least : least + 2 * style->padded;
}

static void write_times(struct buf *out, char byte, int times)
{
	for (int i = 0; i < times; i++)
		buf_add_byte(out, byte);
}

static void write_rule(struct buf *out, struct str cell, const struct style *style)
{
	bool blanks = str_starts(cell, STR(" "));
	struct str text = str_trim(cell);
	bool from = str_starts(text, STR(":")), to = text.len > 1 && str_ends(text, STR(":"));

	write_times(out, ' ', blanks);
	write_times(out, ':', from);
	write_times(out, '-', style->width - 2 * blanks - from - to);
	write_times(out, ':', to);
	write_times(out, ' ', blanks);
}

static void write_cell(struct buf *out, struct str cell, const struct style *style, bool rule)
{
	struct str text = str_trim(cell);
	int room = style->width - letters(text), before = style->padded;

	if (letters(cell) == style->width) {
		buf_add(out, cell);
		return;
	}
	if (rule) {
		write_rule(out, cell, style);
		return;
	}
	if (style->right)
		before = style->left ? room / 2 : room - style->padded;
	write_times(out, ' ', before);
	buf_add(out, text);
	write_times(out, ' ', room - before);
}

/* The lines of a table. out: NULL where a line has other cells than the first */
static struct table_line *read_lines(struct arena *arena, struct str table, int *count)
{
	struct table_line *lines = arena_array(arena, struct table_line, str_line_count(table) + 1);
	struct str line;

	for (*count = 0; str_next_line(&table, &line); ++*count)
		if (!read_line(arena, str_chomp(line), &lines[*count]) ||
		    lines[*count].cells.count != lines[0].cells.count)
			return NULL;
	return *count > 1 ? lines : NULL;
}

/* As the header has it, unless that is put to the right: then all cells have to tell. */
static bool is_padded(const struct table_line *lines, int count, int column, bool right)
{
	for (int i = 0; i < (right ? count : 1); i++) {
		struct str cell = lines[i].cells.at[column];

		if (i != 1 && (!str_starts(cell, STR(" ")) || (right && !str_ends(cell, STR(" ")))))
			return false;
	}
	return true;
}

static struct style style_of(const struct table_line *lines, int count, int column, int width)
{
	struct str rule = str_trim(lines[1].cells.at[column]);
	struct style style = {.width = width};

	style.right = rule.len > 1 && str_ends(rule, STR(":"));
	style.left = style.right && str_starts(rule, STR(":"));
	style.padded = is_padded(lines, count, column, style.right);
	for (int i = 0; i < count; i++) {
		int least = least_width(lines[i].cells.at[column], &style, i == 1);

		style.width = least > style.width ? least : style.width;
	}
	return style;
}

static bool is_of_side(const struct str tables[TEXTS], struct str merged)
{
	for (int s = 0; s < SIDES; s++)
		if (str_equal(str_chomp(tables[OURS + s]), str_chomp(merged)))
			return true;
	return false;
}

/* Whether a cell has one blank on either side, and no more. */
static bool is_packed_cell(struct str cell)
{
	struct str text = str_trim(cell);

	return text.len == 0 ? cell.len <= 2
			     : cell.len == text.len + 2 && str_starts(cell, STR(" ")) &&
				       str_ends(cell, STR(" "));
}

static bool is_packed(struct str table)
{
	struct arena scratch = {0};
	int count;
	const struct table_line *lines = read_lines(&scratch, table, &count);
	bool packed = lines;

	for (int row = 0; packed && row < count; row++)
		for (int i = 0; i < lines[row].cells.count; i++)
			packed = packed && (row == 1 || is_packed_cell(lines[row].cells.at[i]));
	arena_free(&scratch);
	return packed;
}

/* Whether one side took the blanks out that the base is lined up with. */
static bool is_packed_by_side(const struct str tables[TEXTS], const struct widths widths[TEXTS])
{
	if (!widths[BASE].count || is_packed(tables[BASE]))
		return false;
	for (int s = 0; s < SIDES; s++)
		if (!widths[OURS + s].count && is_packed(tables[OURS + s]))
			return true;
	return false;
}

/* Writes the last mark of a row, and what stands behind it. */
static void end_row(struct buf *out, const struct table_line *line, bool ends_line)
{
	buf_add_byte(out, '|');
	buf_add(out, line->behind);
	if (ends_line)
		buf_add_byte(out, '\n');
}

/* The lines of a table with one blank on either side of a cell. */
static struct str packed(struct arena *arena, struct str merged)
{
	struct buf out = {.arena = arena};
	int count;
	const struct table_line *lines = read_lines(arena, merged, &count);

	for (int row = 0; lines && row < count; row++) {
		buf_add(&out, lines[row].indent);
		for (int i = 0; i < lines[row].cells.count; i++) {
			struct str cell = lines[row].cells.at[i], text = str_trim(cell);
			bool stays = row == 1 || is_packed_cell(cell);

			buf_add(&out, stays ? STR("|") : STR("| "));
			buf_add(&out, stays ? cell : text);
			buf_add(&out, stays ? STR("") : STR(" "));
		}
		end_row(&out, &lines[row], row + 1 < count || str_ends(merged, STR("\n")));
	}
	return lines ? buf_str(&out) : merged;
}

struct str table_lined_up(struct arena *arena, const struct columns *columns,
			  const struct str tables[TEXTS], struct str merged)
{
	struct widths widths[TEXTS];
	struct style styles[MOST_COLUMNS];
	struct buf out = {.arena = arena};
	int count;

	if (is_of_side(tables, merged))
		return merged;
	for (int t = BASE; t < TEXTS; t++)
		read_widths(tables[t], &widths[t]);
	if (!is_lined_up_by_sides(widths))
		return is_packed_by_side(tables, widths) ? packed(arena, merged) : merged;
	const struct table_line *lines = read_lines(arena, merged, &count);
	if (!lines)
		return merged;
	for (int i = 0; i < lines->cells.count; i++)
		styles[i] = style_of(lines, count, i,
				     merged_width(width_of(columns, widths, BASE, i),
						  width_of(columns, widths, OURS, i),
						  width_of(columns, widths, THEIRS, i)));
	for (int row = 0; row < count; row++) {
		buf_add(&out, lines[row].indent);
		for (int i = 0; i < lines->cells.count; i++) {
			buf_add_byte(&out, '|');
			write_cell(&out, lines[row].cells.at[i], &styles[i], row == 1);
		}
		end_row(&out, &lines[row], row + 1 < count || str_ends(merged, STR("\n")));
	}
	return buf_str(&out);
}
