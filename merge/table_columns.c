#include "merge/table_columns.h"

#include <string.h>

#include "merge/scalar.h"

const struct columns columns_alike = {0};

static bool is_as_base(const struct header *base, const struct header *side)
{
	if (base->count != side->count)
		return false;
	for (int i = 0; i < base->count; i++)
		if (side->side_of[i] != i)
			return false;
	return true;
}

/* --- what stands ------------------------------------------------------------ */

/* Whether a side wrote something in its column, which is not in the base's. */
static bool is_written(struct known_rows rows, int base, int column)
{
	struct arena scratch = {0};
	bool written = false;

	for (size_t i = 0; i < rows.count && !written; i++) {
		const struct known_row *row = rows.at + i;

		if (str_equal(row->base, row->side))
			continue;
		struct row_cells old = row_cells(&scratch, row->base);
		struct row_cells new = row_cells(&scratch, row->side);
		struct str cell = cell_text(&new, column);

		written = cell.len && !str_equal(cell, cell_text(&old, base));
	}
	arena_free(&scratch);
	return written;
}

/* Whether a side that lacks a column of the base has others that may stand for it there. */
static bool is_replaced(const struct header *base, const struct header *side, int column)
{
	int before = column, behind = column;

	while (before >= 0 && side->side_of[before] < 0)
		before--;
	while (behind < base->count && side->side_of[behind] < 0)
		behind++;
	int from = before < 0 ? 0 : side->side_of[before] + 1;
	int end = behind == base->count ? side->count : side->side_of[behind];
	while (from < end && side->base_of[from] >= 0)
		from++;
	return from < end;
}

/* Whether a side made another table of it: it has less than half of the columns, and others. */
static bool is_another_table(const struct header *base, const struct header *side)
{
	int kept = 0;

	for (int i = 0; i < base->count; i++)
		kept += side->side_of[i] >= 0;
	return 2 * kept < base->count && kept < side->count;
}

/*
 * Whether a side deleted a column of the base although the other wrote in it: where it
 * put others in its place, or made another table of it, only what the other named stands.
 */
static bool outlives(const struct header *base, const struct header *has,
		     const struct header *deleted, struct known_rows rows, int column)
{
	if (has->ids[has->side_of[column]] != base->ids[column])
		return true;
	return !is_another_table(base, deleted) && !is_replaced(base, deleted, column) &&
	       is_written(rows, column, has->side_of[column]);
}

/* By column of the base, whether it stands. */
static void find_standing(const struct header *base, const struct header sides[2],
			  const struct known_rows rows[2], bool stands[MOST_COLUMNS])
{
	for (int i = 0; i < base->count; i++) {
		int s = sides[0].side_of[i] >= 0 ? 0 : 1;

		stands[i] = sides[s].side_of[i] >= 0 &&
			    (sides[1 - s].side_of[i] >= 0 ||
			     outlives(base, &sides[s], &sides[1 - s], rows[s], i));
	}
}

/* --- in which order ----------------------------------------------------------- */

/* Columns while they are being put in order. */
struct column_list {
	struct column at[TEXTS * MOST_COLUMNS];
	int count;
};

static void insert_column(struct column_list *list, int at, int base, int ours, int theirs)
{
	memmove(list->at + at + 1, list->at + at, (size_t)(list->count - at) * sizeof *list->at);
	list->at[at] = (struct column){{(int8_t)base, (int8_t)ours, (int8_t)theirs}};
	list->count++;
}

/* The next column of a side, from `at` on, that all three have, as the base's; -1: none. */
static int next_kept(const struct header *side, const struct header *other, int *at)
{
	while (*at < side->count) {
		int base = side->base_of[(*at)++];

		if (base >= 0 && other->side_of[base] >= 0)
			return base;
	}
	return -1;
}

/*
 * The side whose order stands: the one that moved columns. If both did, their orders
 * alone decide, so that the result has the same say as the side it follows.
 */
static int leading_side(const struct header sides[2])
{
	int at[2] = {0}, ours, theirs;

	do {
		ours = next_kept(&sides[0], &sides[1], &at[0]);
		theirs = next_kept(&sides[1], &sides[0], &at[1]);
	} while (ours >= 0 && ours == theirs);
	return theirs > ours ? 1 : 0;
}

/* The columns in the order of side `s`; then what only the other has, behind its neighbour. */
static void lay_out(const struct header sides[2], int s, const bool stands[MOST_COLUMNS],
		    struct column_list *list)
{
	const struct header *lead = &sides[s], *other = &sides[1 - s];
	int theirs = OURS + 1 - s;

	for (int i = 0; i < lead->count; i++) {
		int base = lead->base_of[i];
		int partner = base >= 0 ? other->side_of[base] : same_addition(lead, i, other);

		if (base < 0 || stands[base])
			insert_column(list, list->count, base, s == 0 ? i : partner,
				      s == 0 ? partner : i);
	}
	for (int j = 0, at = 0; j < other->count; j++) {
		int found = 0, base = other->base_of[j];

		while (found < list->count && list->at[found].of[theirs] != j)
			found++;
		if (found < list->count)
			at = found + 1;
		else if (base < 0 || stands[base])
			insert_column(list, at++, base, s == 0 ? -1 : j, s == 0 ? j : -1);
	}
}

const struct columns *columns_plan(struct arena *arena, struct dictionary *words,
				   const struct table_texts *table)
{
	struct header headers[TEXTS];
	const struct header *base = &headers[BASE], *sides = &headers[OURS];
	bool stands[MOST_COLUMNS];
	struct column_list list = {.count = 0};

	if (!headers_read(words, table, headers))
		return NULL;
	if (is_as_base(base, &sides[0]) && is_as_base(base, &sides[1]))
		return &columns_alike;
	find_standing(base, sides, table->rows, stands);
	lay_out(sides, leading_side(sides), stands, &list);
	int count = list.count;
	for (int i = 0; i < base->count; i++)
		if (!stands[i])
			insert_column(&list, list.count, i, sides[0].side_of[i],
				      sides[1].side_of[i]);
	struct column *at = arena_array(arena, struct column, (size_t)list.count);
	struct columns *columns = arena_new(arena, struct columns);
	memcpy(at, list.at, (size_t)list.count * sizeof *at);
	*columns = (struct columns){.at = at, .count = count, .all = list.count};
	for (int t = BASE; t < TEXTS; t++)
		columns->count_in[t] = headers[t].count;
	return columns;
}

/* --- rows in them --------------------------------------------------------------- */

bool has_all_columns(const struct columns *columns, int t)
{
	if (columns->count_in[t] != columns->count)
		return false;
	for (int i = 0; i < columns->count; i++)
		if (columns->at[i].of[t] != i)
			return false;
	return true;
}

struct row_cells cells_by_column(struct arena *arena, struct str row, const struct columns *columns,
				 int t)
{
	struct row_cells cells = row_cells(arena, row);

	if (!columns)
		return cells;
	int behind = cells.count - columns->count_in[t];
	struct row_cells ordered = {
		.lead = cells.lead,
		.count = columns->all + (behind > 0 ? behind : 0),
	};
	ordered.at = arena_array(arena, struct str, (size_t)ordered.count);
	for (int i = 0; i < columns->all; i++)
		ordered.at[i] = cell_at(&cells, columns->at[i].of[t]);
	for (int i = 0; i < behind; i++)
		ordered.at[columns->all + i] = cells.at[columns->count_in[t] + i];
	return ordered;
}

/* Which column of the result, or of those that go, is text `t`'s at `index`. */
static int column_of(const struct columns *columns, int t, int index)
{
	int i = 0;

	while (columns->at[i].of[t] != index)
		i++;
	return i;
}

/* Whether a side put a column there that neither the base has nor text `t`. */
static bool is_new_beside(const struct columns *columns, int at, int t)
{
	return at < columns->count && columns->at[at].of[BASE] < 0 && columns->at[at].of[t] < 0;
}

/*
 * Puts the cells of text `t` into the columns that stand, and after them what stands
 * behind its last column.
 * out: whether the first one, which names the row, has a place; `homeless`: what has none
 */
static bool place_cells(const struct columns *columns, int t, const struct row_cells *cells,
			struct row_cells *placed, struct row_cells *homeless)
{
	int own = columns->count_in[t], at = 0;
	bool named = true;

	placed->count = columns->count;
	for (int i = 0; i < own && i < cells->count; i++) {
		int column = column_of(columns, t, i);

		if (column < columns->count)
			at = column;
		else if (cell_text(cells, i).len == 0)
			continue;
		else if (!is_new_beside(columns, at, t)) {
			homeless->at[homeless->count++] = cells->at[i];
			named = named && i > 0;
			continue;
		}
		placed->at[at++] = cells->at[i];
	}
	for (int i = own; i < cells->count; i++)
		placed->at[placed->count++] = cells->at[i];
	return named;
}

struct str fit_row(struct arena *arena, struct str row, const struct columns *columns, int t)
{
	if (has_all_columns(columns, t))
		return row;
	struct row_cells cells = row_cells(arena, row), homeless = {0}, placed = {0};

	placed.lead = cells.lead;
	placed.at = arena_array(arena, struct str, (size_t)(columns->count + cells.count));
	homeless.at = arena_array(arena, struct str, (size_t)cells.count);
	if (!place_cells(columns, t, &cells, &placed, &homeless))
		return row;
	for (int i = 0; i < homeless.count; i++)
		placed.at[placed.count++] = homeless.at[i];
	return row_of_cells(arena, &placed);
}

bool row_says_all_of(const struct columns *columns, int t, const struct row_cells *row,
		     const struct row_cells *other)
{
	for (int i = 0; i < other->count; i++) {
		struct str says = cell_text(row, i), other_says = cell_text(other, i);
		bool lacks = i < columns->count && columns->at[i].of[t] < 0;

		if (other_says.len && !str_equal(says, other_says) && !(lacks && says.len == 0))
			return false;
	}
	return true;
}

struct str row_with_both(struct arena *arena, const struct row_cells *ours,
			 const struct row_cells *theirs)
{
	int most = ours->count > theirs->count ? ours->count : theirs->count;
	struct row_cells both = {
		.lead = merge_scalar((struct str){0}, ours->lead, theirs->lead),
		.at = arena_array(arena, struct str, (size_t)most),
		.count = most,
	};

	for (int i = 0; i < most; i++) {
		struct str x = cell_at(ours, i), y = cell_at(theirs, i);

		if (str_is_blank(x) != str_is_blank(y))
			both.at[i] = str_is_blank(x) ? y : x;
		else
			both.at[i] = merge_scalar((struct str){0}, x, y);
	}
	return row_of_cells(arena, &both);
}
