#include "merge/table.h"

#include <string.h>

struct cells {
	struct str *at;
	int count;
};

/* Cuts a row at its marks, those behind a backslash aside; the marks are left out. */
static struct cells split_row(struct arena *arena, struct str row)
{
	struct cells cells = {0};
	size_t room = 0, from = 0;

	for (size_t i = 0; i <= row.len; i++) {
		if (i < row.len && (row.at[i] != '|' || (i > 0 && row.at[i - 1] == '\\')))
			continue;
		arena_push(arena, cells.at, (size_t)cells.count, room);
		cells.at[cells.count++] = str_slice(row, from, i);
		from = i + 1;
	}
	return cells;
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
	buf_add(&cell, str_starts(merge->ours, STR(" ")) ? STR(" ") : STR(""));
	buf_add(&cell, text);
	buf_add(&cell, str_ends(merge->ours, STR(" ")) ? STR(" ") : STR(""));
	*out = buf_str(&cell);
	return true;
}

static bool merge_row(const struct text_merge *merge, struct buf *out)
{
	struct arena *arena = merge->words->arena;
	struct cells base = split_row(arena, merge->base);
	struct cells ours = split_row(arena, merge->ours);
	struct cells theirs = split_row(arena, merge->theirs);

	if (base.count != ours.count || base.count != theirs.count)
		return false;
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

bool merge_cells(const struct text_merge *merge, struct str *out)
{
	struct buf merged = {.arena = merge->words->arena};
	struct str base = merge->base, ours = merge->ours, theirs = merge->theirs;
	struct text_merge line = *merge;

	while (str_next_line(&base, &line.base)) {
		if (!str_next_line(&ours, &line.ours) || !str_next_line(&theirs, &line.theirs))
			return false;
		bool ended = str_ends(line.base, STR("\n"));
		line.base = str_chomp(line.base);
		line.ours = str_chomp(line.ours);
		line.theirs = str_chomp(line.theirs);
		if (!merge_row(&line, &merged))
			return false;
		if (ended)
			buf_add_byte(&merged, '\n');
	}
	if (ours.len || theirs.len)
		return false;
	*out = buf_str(&merged);
	return true;
}
