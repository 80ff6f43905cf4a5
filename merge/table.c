#include "merge/table.h"

#include "core/doc_lines.h"
#include "merge/scalar.h"

enum table_line { LINE_NAMES, LINE_RULE, LINE_ROW };

/* What the three rows have in one cell. */
static struct text_merge cell_of(const struct text_merge *row, const struct row_cells rows[TEXTS],
				 int column)
{
	struct text_merge cell = *row;

	cell.base = cell_at(&rows[BASE], column);
	cell.ours = cell_at(&rows[OURS], column);
	cell.theirs = cell_at(&rows[THEIRS], column);
	return cell;
}

/* What both call a column: a header has no wordings to choose from. */
static struct str both_names(struct arena *arena, struct str ours, struct str theirs)
{
	bool in_order = str_compare(ours, theirs) <= 0;
	struct buf names = {.arena = arena};

	buf_add(&names, in_order ? ours : theirs);
	buf_add_byte(&names, ' ');
	buf_add(&names, in_order ? theirs : ours);
	return buf_str(&names);
}

/* One cell: the words merged, the padding that of a side which changed the cell. */
static bool merge_cell(const struct text_merge *merge, enum table_line kind, struct str *out)
{
	struct text_merge inner = *merge;
	struct buf cell = {.arena = merge->words->arena};
	struct str text;

	inner.base = str_trim(merge->base);
	inner.ours = str_trim(merge->ours);
	inner.theirs = str_trim(merge->theirs);
	if (kind == LINE_RULE || str_equal(inner.ours, inner.theirs)) {
		*out = merge_scalar(merge->base, merge->ours, merge->theirs);
		return true;
	}
	if (str_equal(inner.ours, inner.base) || str_equal(inner.theirs, inner.base)) {
		*out = str_equal(inner.ours, inner.base) ? merge->theirs : merge->ours;
		return true;
	}
	bool one = merge_text(&inner, &text);

	if (!one && kind == LINE_NAMES)
		text = both_names(cell.arena, inner.ours, inner.theirs);
	else if (!one)
		return false;
	if (str_equal(text, inner.ours) || str_equal(text, inner.theirs)) {
		*out = str_equal(text, inner.ours) ? merge->ours : merge->theirs;
		return true;
	}
	if (kind == LINE_ROW && inner.base.len == 0) /* both filled it: two values are not one */
		return false;
	buf_add(&cell, str_starts(merge->ours, STR(" ")) ? STR(" ") : STR(""));
	buf_add(&cell, text);
	buf_add(&cell, str_ends(merge->ours, STR(" ")) ? STR(" ") : STR(""));
	*out = buf_str(&cell);
	return true;
}

/* One cell of a column that stands. */
static bool merge_column(const struct text_merge *cells, const struct column *column,
			 enum table_line kind, struct str *out)
{
	bool in_ours = column->of[OURS] >= 0, in_theirs = column->of[THEIRS] >= 0;

	if (in_ours && in_theirs)
		return merge_cell(cells, kind, out);
	*out = in_ours ? cells->ours : cells->theirs;
	/* Of a column that the other deleted there is what was written in it. */
	if (kind == LINE_ROW && column->of[BASE] >= 0 && !str_is_blank(*out) &&
	    str_equal(str_trim(*out), str_trim(cells->base)))
		*out = (struct str){0};
	return true;
}

/* Whether a side changed words in a column that goes. */
static bool loses_words(const struct columns *columns, const struct row_cells rows[TEXTS])
{
	for (int s = 0; s < 2; s++)
		for (int i = columns->count; i < columns->all; i++) {
			struct str cell = cell_text(&rows[OURS + s], i);

			if (cell.len && !str_equal(cell, cell_text(&rows[BASE], i)))
				return true;
		}
	return false;
}

/* What a side cut off the end of a row is cut off, unless the other wrote there. */
static int merge_count(const struct row_cells rows[TEXTS])
{
	if (rows[OURS].count == rows[BASE].count || rows[THEIRS].count == rows[BASE].count)
		return rows[OURS].count == rows[BASE].count ? rows[THEIRS].count : rows[OURS].count;
	return rows[OURS].count > rows[THEIRS].count ? rows[OURS].count : rows[THEIRS].count;
}

static bool says_the_same(const struct row_cells *a, const struct row_cells *b)
{
	for (int i = 0; i < a->count || i < b->count; i++)
		if (!str_equal(cell_text(a, i), cell_text(b, i)))
			return false;
	return true;
}

/*
 * Nothing is known of the columns: the side that gave a row more cells or fewer, while
 * the other changed no word, or -1.
 */
static int only_one_resized(const struct row_cells rows[TEXTS])
{
	for (int s = 0; s < 2; s++)
		if (rows[OURS + 1 - s].count == rows[BASE].count &&
		    says_the_same(&rows[BASE], &rows[OURS + 1 - s]))
			return s;
	return -1;
}

static bool are_of_one_count(const struct row_cells rows[TEXTS])
{
	return rows[BASE].count == rows[OURS].count && rows[BASE].count == rows[THEIRS].count;
}

/* Cells from `from` on, which are known by their place: all, or those that no header names. */
static bool merge_by_place(const struct text_merge *row, const struct row_cells rows[TEXTS],
			   int from, enum table_line kind, struct row_cells *merged)
{
	int least = merged->count + merge_count(rows) - from;

	for (int i = from; i < rows[BASE].count || i < rows[OURS].count || i < rows[THEIRS].count;
	     i++) {
		struct text_merge cell = cell_of(row, rows, i);

		if (!merge_cell(&cell, kind, &merged->at[merged->count++]))
			return false;
	}
	while (merged->count > least && merged->count > 0 &&
	       str_is_blank(merged->at[merged->count - 1]))
		merged->count--;
	return true;
}

static bool merge_by_columns(const struct text_merge *row, const struct row_cells rows[TEXTS],
			     const struct columns *columns, enum table_line kind,
			     struct row_cells *merged)
{
	if (kind == LINE_ROW && loses_words(columns, rows))
		return false;
	for (int i = 0; i < columns->count; i++) {
		struct text_merge cell = cell_of(row, rows, i);

		if (!merge_column(&cell, &columns->at[i], kind, &merged->at[merged->count++]))
			return false;
	}
	return merge_by_place(row, rows, columns->all, kind, merged);
}

/*
 * A rule has dashes in each cell, or it is none. It may end before the last name does, as
 * people leave it who add a column, but one cell alone is the rule of one name only.
 */
static void mend_rule(struct row_cells *rule, int names)
{
	if (names > 0 && rule->count > names)
		rule->count = names;
	while (rule->count > 2 && str_is_blank(rule->at[rule->count - 1]))
		rule->count--;
	for (int i = 0; i < rule->count; i++)
		if (str_is_blank(rule->at[i]))
			rule->at[i] = str_starts(rule->at[0], STR(" ")) ? STR(" --- ") : STR("---");
}

static bool merge_row(const struct text_merge *merge, const struct columns *columns,
		      enum table_line kind, struct buf *out)
{
	struct arena *arena = merge->words->arena;
	const struct str texts[TEXTS] = {merge->base, merge->ours, merge->theirs};
	struct row_cells rows[TEXTS], merged = {0};
	int most = 0;

	for (int t = BASE; t < TEXTS; t++) {
		rows[t] = cells_by_column(arena, texts[t], columns, t);
		most = most > rows[t].count ? most : rows[t].count;
	}
	if (!columns && !are_of_one_count(rows)) {
		int resized = only_one_resized(rows);

		if (resized >= 0)
			buf_add(out, texts[OURS + resized]);
		return resized >= 0;
	}
	merged.lead = merge_scalar(rows[BASE].lead, rows[OURS].lead, rows[THEIRS].lead);
	merged.at = arena_array(arena, struct str, (size_t)most);
	if (!merge_by_columns(merge, rows, columns ? columns : &columns_alike, kind, &merged))
		return false;
	if (kind == LINE_RULE)
		mend_rule(&merged, columns ? columns->count : 0);
	buf_add(out, row_of_cells(arena, &merged));
	return true;
}

/* The text of a header's line has the mark behind its last cell, that of a row has not. */
static struct str without_last_mark(struct str line, enum table_line kind)
{
	return kind != LINE_ROW ? row_without_last_mark(line) : line;
}

static bool merge_line(const struct text_merge *line, const struct columns *columns,
		       enum table_line kind, struct buf *out)
{
	struct text_merge inner = *line;

	inner.base = without_last_mark(line->base, kind);
	inner.ours = without_last_mark(line->ours, kind);
	inner.theirs = without_last_mark(line->theirs, kind);
	if (!merge_row(&inner, columns, kind, out))
		return false;
	buf_add(out, merge_scalar(str_slice(line->base, inner.base.len, line->base.len),
				  str_slice(line->ours, inner.ours.len, line->ours.len),
				  str_slice(line->theirs, inner.theirs.len, line->theirs.len)));
	return true;
}

bool merge_cells(const struct text_merge *merge, const struct columns *columns, struct str *out)
{
	struct buf merged = {.arena = merge->words->arena};
	struct str base = merge->base, ours = merge->ours, theirs = merge->theirs;
	struct text_merge line = *merge;
	bool header = str_find_byte(base, '\n', 0) < base.len;
	enum table_line kind = header ? LINE_NAMES : LINE_ROW;

	while (str_next_line(&base, &line.base)) {
		if (!str_next_line(&ours, &line.ours) || !str_next_line(&theirs, &line.theirs))
			return false;
		bool ended = str_ends(line.base, STR("\n"));
		line.base = str_chomp(line.base);
		line.ours = str_chomp(line.ours);
		line.theirs = str_chomp(line.theirs);
		if (!merge_line(&line, columns, kind, &merged))
			return false;
		if (ended)
			buf_add_byte(&merged, '\n');
		kind = header ? LINE_RULE : LINE_ROW;
	}
	if (ours.len || theirs.len)
		return false;
	*out = buf_str(&merged);
	return true;
}
