#include "merge/table_cells.h"

#include "core/doc_lines.h"

struct row_cells row_cells(struct arena *arena, struct str row)
{
	struct row_cells cells = {0};
	struct str cell;
	size_t room = 0, mark = str_find_byte(row, '|', 0);

	/* The second line of a header has its indent. */
	if (mark < row.len && str_is_blank(str_slice(row, 0, mark))) {
		cells.lead = str_slice(row, 0, mark + 1);
		row = str_slice(row, mark + 1, row.len);
	}
	while (row_next_cell(&row, &cell)) {
		arena_push(arena, cells.at, (size_t)cells.count, room);
		cells.at[cells.count++] = cell;
	}
	return cells;
}

struct str cell_at(const struct row_cells *cells, int column)
{
	return column >= 0 && column < cells->count ? cells->at[column] : (struct str){0};
}

struct str cell_text(const struct row_cells *cells, int column)
{
	return str_trim(cell_at(cells, column));
}

struct str row_of_cells(struct arena *arena, const struct row_cells *cells)
{
	struct buf row = {.arena = arena};

	/* An empty cell is none unless it stands between two marks. */
	buf_add(&row, cell_text(cells, 0).len ? cells->lead : STR("|"));
	for (int i = 0; i < cells->count; i++) {
		if (i)
			buf_add_byte(&row, '|');
		buf_add(&row, cells->at[i].at ? cells->at[i] : STR(" "));
	}
	return buf_str(&row);
}
