#include "merge/table.h"

#include "core/doc_lines.h"

/* The part of the line under a header that stands for one column. */
static bool is_rule(struct str cell)
{
	for (size_t i = 0; i < cell.len; i++)
		if (cell.at[i] != '-' && cell.at[i] != ':')
			return false;
	return cell.len > 0 && str_find_byte(cell, '-', 0) < cell.len;
}

/* One cell: the words merged, the padding that of a side which changed the cell. */
static bool merge_cell(const struct text_merge *merge, struct str *out)
{
	struct text_merge inner = *merge;
	struct buf cell = {.arena = merge->words->arena};
	struct str text;

	inner.base = str_trim(merge->base);
	inner.ours = str_trim(merge->ours);
	inner.theirs = str_trim(merge->theirs);
	if (is_rule(inner.ours) && is_rule(inner.theirs) &&
	    (is_rule(inner.base) || inner.base.len == 0)) {
		*out = merge_scalar(merge->base, merge->ours, merge->theirs);
		return true;
	}
	bool ours = str_equal(inner.ours, inner.base), theirs = str_equal(inner.theirs, inner.base);
	if (ours && theirs) {
		*out = merge_scalar(merge->base, merge->ours, merge->theirs);
		return true;
	}
	if (ours || theirs || str_equal(inner.ours, inner.theirs)) {
		*out = ours	? merge->theirs
		       : theirs ? merge->ours
				: merge_scalar(merge->base, merge->ours, merge->theirs);
		return true;
	}
	if (!merge_text(&inner, &text))
		return false;
	if (str_equal(text, inner.ours) || str_equal(text, inner.theirs)) {
		*out = str_equal(text, inner.ours) ? merge->ours : merge->theirs;
		return true;
	}
	if (inner.base.len == 0) /* both filled it: two values are not one */
		return false;
	buf_add(&cell, str_starts(merge->ours, STR(" ")) ? STR(" ") : STR(""));
	buf_add(&cell, text);
	buf_add(&cell, str_ends(merge->ours, STR(" ")) ? STR(" ") : STR(""));
	*out = buf_str(&cell);
	return true;
}

static bool merge_row(const struct text_merge *merge, struct buf *out)
{
	struct arena *arena = merge->words->arena;
	struct row_cells base = row_cells(arena, merge->base);
	struct row_cells ours = row_cells(arena, merge->ours);
	struct row_cells theirs = row_cells(arena, merge->theirs);

	if (base.count != ours.count || base.count != theirs.count) {
		bool as_base = row_cells_equal(&base, &ours);

		if (!as_base && !row_cells_equal(&base, &theirs))
			return false;
		buf_add(out, as_base ? merge->theirs : merge->ours);
		return true;
	}
	for (int i = 0; i < base.count; i++) {
		struct text_merge inner = *merge;
		struct str cell;

		inner.base = base.at[i];
		inner.ours = ours.at[i];
		inner.theirs = theirs.at[i];
		if (!merge_cell(&inner, &cell))
			return false;
		if (i)
			buf_add_byte(out, '|');
		buf_add(out, cell);
	}
	return true;
}

/* A row may end before its last columns. */
static struct str cell_at(const struct row_cells *cells, int column)
{
	return column >= 0 && column < cells->count ? cells->at[column] : (struct str){0};
}

/* Whether a side changed words in a column that the other took out. */
static bool loses_words(const struct columns *columns, const struct row_cells rows[COLUMN_TEXTS])
{
	for (int s = 0; s < 2; s++)
		for (int i = 0; i < rows[1 + s].count; i++) {
			bool stands = false;

			for (int at = 0; at < columns->count; at++)
				stands = stands || columns->of[1 + s][at] == i;
			if (stands || str_is_blank(rows[1 + s].at[i]) ||
			    is_rule(str_trim(rows[1 + s].at[i])))
				continue;
			if (!cell_is_as_base(columns, s, &rows[0], &rows[1 + s], i))
				return true;
		}
	return false;
}

/* One cell where the sides have other columns. */
static bool merge_column(const struct text_merge *cells, const struct columns *columns, int column,
			 bool header, struct str *out)
{
	bool in_ours = columns->of[1][column] >= 0, in_theirs = columns->of[2][column] >= 0;

	if (in_ours && in_theirs)
		return merge_cell(cells, out);
	*out = in_ours ? cells->ours : cells->theirs;
	/* Of a column that the other deleted there is what was written in it. */
	if (!header && !str_is_blank(*out) && column_was_deleted(columns, column) &&
	    str_equal(str_trim(*out), str_trim(cells->base)))
		*out = (struct str){0};
	return true;
}

/* The same where the sides have other columns. */
static bool merge_row_by_columns(const struct text_merge *merge, const struct columns *columns,
				 bool header, struct buf *out)
{
	struct arena *arena = merge->words->arena;
	const struct str texts[COLUMN_TEXTS] = {merge->base, merge->ours, merge->theirs};
	struct row_cells rows[COLUMN_TEXTS];

	for (int t = 0; t < COLUMN_TEXTS; t++)
		rows[t] = row_cells(arena, texts[t]);
	if (loses_words(columns, rows))
		return false;
	for (int i = 0; i < columns->count; i++) {
		struct text_merge inner = *merge;
		struct str cell;

		inner.base = cell_at(&rows[0], columns->of[0][i]);
		inner.ours = cell_at(&rows[1], columns->of[1][i]);
		inner.theirs = cell_at(&rows[2], columns->of[2][i]);
		if (!merge_column(&inner, columns, i, header, &cell))
			return false;
		if (i)
			buf_add_byte(out, '|');
		buf_add(out, cell.at || i == 0 ? cell : STR(" "));
	}
	return true;
}

static struct str without_last_mark(struct str line)
{
	return str_ends(str_trim_right(line), STR("|")) ? row_without_last_mark(line) : line;
}

/* One line of a header, the mark behind its last cell aside: that is the side's that changed it. */
static bool merge_header_line(const struct text_merge *line, const struct columns *columns,
			      struct buf *out)
{
	struct text_merge inner = *line;

	inner.base = without_last_mark(line->base);
	inner.ours = without_last_mark(line->ours);
	inner.theirs = without_last_mark(line->theirs);
	if (!merge_row_by_columns(&inner, columns, true, out))
		return false;
	buf_add(out, merge_scalar(str_slice(line->base, inner.base.len, line->base.len),
				  str_slice(line->ours, inner.ours.len, line->ours.len),
				  str_slice(line->theirs, inner.theirs.len, line->theirs.len)));
	return true;
}

static bool merge_line(const struct text_merge *line, const struct columns *columns, bool header,
		       struct buf *out)
{
	if (!columns)
		return merge_row(line, out);
	return header ? merge_header_line(line, columns, out)
		      : merge_row_by_columns(line, columns, false, out);
}

bool merge_cells(const struct text_merge *merge, const struct columns *columns, struct str *out)
{
	struct buf merged = {.arena = merge->words->arena};
	struct str base = merge->base, ours = merge->ours, theirs = merge->theirs;
	struct text_merge line = *merge;
	bool header = str_find_byte(base, '\n', 0) < base.len;

	while (str_next_line(&base, &line.base)) {
		if (!str_next_line(&ours, &line.ours) || !str_next_line(&theirs, &line.theirs))
			return false;
		bool ended = str_ends(line.base, STR("\n"));
		line.base = str_chomp(line.base);
		line.ours = str_chomp(line.ours);
		line.theirs = str_chomp(line.theirs);
		if (!merge_line(&line, columns, header, &merged))
			return false;
		if (ended)
			buf_add_byte(&merged, '\n');
	}
	if (ours.len || theirs.len)
		return false;
	*out = buf_str(&merged);
	return true;
}

struct str fit_row(struct arena *arena, struct str row, const struct columns *columns, int t)
{
	struct row_cells cells = row_cells(arena, row);
	struct buf out = {.arena = arena};
	int used = 0, spoken = 0;

	if (has_all_columns(columns, t))
		return row;
	for (int i = 0; i < cells.count; i++)
		spoken += !str_is_blank(cells.at[i]);
	for (int i = 0; i < columns->count; i++) {
		struct str cell = cell_at(&cells, columns->of[t][i]);

		used += !str_is_blank(cell);
		if (i)
			buf_add_byte(&out, '|');
		buf_add(&out, cell.at || i == 0 ? cell : STR(" "));
	}
	return used == spoken ? buf_str(&out) : row;
}
