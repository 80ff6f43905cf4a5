#include "merge/table_columns.h"

#include <string.h>

#include "core/doc_lines.h"

struct row_cells row_cells(struct arena *arena, struct str row)
{
	struct row_cells cells = {0};
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

bool row_cells_equal(const struct row_cells *a, const struct row_cells *b)
{
	if (a->count != b->count)
		return false;
	for (int i = 0; i < a->count; i++)
		if (!str_equal(str_trim(a->at[i]), str_trim(b->at[i])))
			return false;
	return true;
}

/* The names of a header's columns, as numbers. */
struct header {
	uint32_t ids[MOST_COLUMNS];
	int count;
	int base_of[MOST_COLUMNS]; /* of a side: which column of the base it is, or -1 */
	int side_of[MOST_COLUMNS]; /* of the base's columns */
};

static bool read_header(struct dictionary *words, struct str row, struct header *header)
{
	struct row_cells cells = row_cells(words->arena, row_without_last_mark(row));

	if (cells.count > MOST_COLUMNS)
		return false;
	header->count = cells.count;
	for (int i = 0; i < cells.count; i++)
		header->ids[i] = word_id(words, str_trim(cells.at[i]));
	return true;
}

static void join(struct header *side, int base, int column)
{
	side->side_of[base] = column;
	side->base_of[column] = base;
}

static bool is_unknown(const struct header *base, const struct header *side, int at, int column)
{
	return at < base->count && column < side->count && side->side_of[at] < 0 &&
	       side->base_of[column] < 0;
}

static void join_by_names(struct arena *arena, const struct header *base, struct header *side)
{
	const int *partners = diff_partners(arena, (struct numbers){base->ids, base->count},
					    (struct numbers){side->ids, side->count});

	memset(side->base_of, -1, sizeof side->base_of);
	memset(side->side_of, -1, sizeof side->side_of);
	for (int i = 0; i < base->count; i++)
		if (partners[i] >= 0)
			join(side, i, partners[i]);
	for (int i = 0; i < base->count; i++)
		for (int j = 0; j < side->count && side->side_of[i] < 0; j++)
			if (side->base_of[j] < 0 && side->ids[j] == base->ids[i])
				join(side, i, j);
}

/* Of columns that names do not tell, how many rows have the same in both. */
struct same_cells {
	int filled[MOST_COLUMNS]; /* by column of the base: rows that have something in it */
	int same[MOST_COLUMNS][MOST_COLUMNS];
};

static void count_same_cells(const struct header *base, const struct header *side,
			     const struct known_row *row, struct same_cells *counts)
{
	struct arena scratch = {0};
	struct row_cells old = row_cells(&scratch, row->base);
	struct row_cells new = row_cells(&scratch, row->side);

	for (int i = 0; i < base->count && i < old.count; i++) {
		struct str cell = str_trim(old.at[i]);

		counts->filled[i] += cell.len > 0;
		for (int j = 0; cell.len && j < new.count; j++)
			counts->same[i][j] += is_unknown(base, side, i, j) &&
					      str_equal(cell, str_trim(new.at[j]));
	}
	arena_free(&scratch);
}

static bool has_unknown(const struct header *base, const struct header *side)
{
	for (int i = 0; i < base->count; i++)
		for (int j = 0; j < side->count; j++)
			if (is_unknown(base, side, i, j))
				return true;
	return false;
}

/* A column of another name is known by what stands in it, if half of that stands there still. */
static void join_by_cells(const struct header *base, struct header *side, struct known_rows rows)
{
	struct same_cells counts = {0};

	if (!has_unknown(base, side))
		return;
	for (size_t i = 0; i < rows.count; i++)
		if (rows.at[i].base.at)
			count_same_cells(base, side, rows.at + i, &counts);
	for (int i = 0; i < base->count; i++) {
		int best = 0;

		for (int j = 1; j < side->count; j++)
			if (counts.same[i][j] > counts.same[i][best])
				best = j;
		if (counts.same[i][best] && 2 * counts.same[i][best] >= counts.filled[i] &&
		    is_unknown(base, side, i, best))
			join(side, i, best);
	}
}

/* The new column of the other side with the same name, or -1. */
static int same_addition(const struct header *side, int column, const struct header *other)
{
	for (int i = 0; i < other->count; i++)
		if (other->base_of[i] < 0 && other->ids[i] == side->ids[column])
			return i;
	return -1;
}

/*
 * Of a stretch between known columns that both have as many of, each was renamed. What
 * the other side added as well, beside all old ones, is new.
 */
static void join_renamed(struct header *side, const struct header *other, int i, int i_end, int j,
			 int j_end)
{
	int renamed[MOST_COLUMNS], count = 0;
	bool known = true;

	for (int k = i; k < i_end; k++)
		known = known && other->side_of[k] >= 0;
	for (int k = j; k < j_end; k++)
		if (!known || same_addition(side, k, other) < 0)
			renamed[count++] = k;
	for (int k = 0; count == i_end - i && k < count; k++)
		join(side, i + k, renamed[k]);
}

static void join_by_place(const struct header *base, struct header *side,
			  const struct header *other)
{
	for (int i = 0, j = 0; i <= base->count; i++) {
		int i_end = i, j_end = j;

		while (i_end < base->count && side->side_of[i_end] < 0)
			i_end++;
		while (j_end < side->count && side->base_of[j_end] < 0)
			j_end++;
		if (i_end == base->count ? j_end == side->count : side->side_of[i_end] == j_end)
			join_renamed(side, other, i, i_end, j, j_end);
		i = i_end;
		j = i_end < base->count ? side->side_of[i_end] + 1 : side->count;
	}
}

/* A name that one side gave a column is that of the same column in the other side. */
static void join_by_new_name(const struct header *base, const struct header *named,
			     struct header *side)
{
	for (int i = 0; i < base->count; i++) {
		int column = named->side_of[i];

		for (int j = 0; column >= 0 && j < side->count && side->side_of[i] < 0; j++)
			if (side->base_of[j] < 0 && side->ids[j] == named->ids[column])
				join(side, i, j);
	}
}

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
static bool is_written(struct arena *arena, struct known_rows rows, int base, int column)
{
	for (size_t i = 0; i < rows.count; i++) {
		const struct known_row *row = rows.at + i;

		if (str_equal(row->base, row->side))
			continue;
		struct row_cells old = row_cells(arena, row->base);
		struct row_cells new = row_cells(arena, row->side);
		struct str cell = column < new.count ? str_trim(new.at[column]) : STR("");

		if (cell.len && (base >= old.count || !str_equal(cell, str_trim(old.at[base]))))
			return true;
	}
	return false;
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

/* Whether a side has half of the base's columns still: fewer are another table's. */
static bool keeps_half(const struct header *base, const struct header *side)
{
	int kept = 0;

	for (int i = 0; i < base->count; i++)
		kept += side->side_of[i] >= 0;
	return 2 * kept >= base->count;
}

/*
 * By column of the base, whether a side wrote in it, be it a name, while the other
 * deleted it and put no other in its place.
 */
static void find_written(const struct header *base, const struct header sides[2],
			 const struct known_rows rows[2], bool written[MOST_COLUMNS])
{
	for (int s = 0; s < 2; s++)
		for (int i = 0; i < base->count; i++) {
			int column = sides[s].side_of[i];
			struct arena scratch = {0};

			if (column < 0 || sides[1 - s].side_of[i] >= 0 ||
			    !keeps_half(base, &sides[1 - s]) || is_replaced(base, &sides[1 - s], i))
				continue;
			written[i] = sides[s].ids[column] != base->ids[i] ||
				     is_written(&scratch, rows[s], i, column);
			arena_free(&scratch);
		}
}

static void insert_column(struct columns *columns, int at, int base, int ours, int theirs)
{
	for (int t = 0; t < COLUMN_TEXTS; t++)
		memmove(columns->of[t] + at + 1, columns->of[t] + at,
			(size_t)(columns->count - at) * sizeof **columns->of);
	columns->of[0][at] = base;
	columns->of[1][at] = ours;
	columns->of[2][at] = theirs;
	columns->count++;
}

/* The columns in the order of side `s`; then what only the other has, behind its neighbour. */
static void lay_out(const struct header sides[2], int s, const bool written[MOST_COLUMNS],
		    struct columns *columns)
{
	const struct header *lead = &sides[s], *other = &sides[1 - s];
	int theirs = 2 - s;

	for (int i = 0; i < lead->count; i++) {
		int base = lead->base_of[i];
		int partner = base >= 0 ? other->side_of[base] : same_addition(lead, i, other);

		if (base >= 0 && partner < 0 && !written[base])
			continue;
		insert_column(columns, columns->count, base, s == 0 ? i : partner,
			      s == 0 ? partner : i);
	}
	for (int j = 0, at = 0; j < other->count; j++) {
		int found = 0, base = other->base_of[j];

		while (found < columns->count && columns->of[theirs][found] != j)
			found++;
		if (found < columns->count)
			at = found + 1;
		else if (base < 0 || written[base])
			insert_column(columns, at++, base, s == 0 ? -1 : j, s == 0 ? j : -1);
	}
}

bool cell_is_as_base(const struct columns *columns, int s, const struct row_cells *base,
		     const struct row_cells *side, int column)
{
	int behind = column - columns->count_in[1 + s];
	int old = behind < 0 ? columns->base_of[s][column] : columns->count_in[0] + behind;

	return str_equal(column < side->count ? str_trim(side->at[column]) : STR(""),
			 old >= 0 && old < base->count ? str_trim(base->at[old]) : STR(""));
}

bool has_all_columns(const struct columns *columns, int t)
{
	if (columns->count_in[t] != columns->count)
		return false;
	for (int i = 0; i < columns->count; i++)
		if (columns->of[t][i] != i)
			return false;
	return true;
}

bool column_was_deleted(const struct columns *columns, int column)
{
	return columns->of[0][column] >= 0 &&
	       (columns->of[1][column] < 0 || columns->of[2][column] < 0);
}

bool columns_plan(struct dictionary *words, const struct str headers[COLUMN_TEXTS],
		  const struct known_rows rows[2], struct columns *out)
{
	struct header base, sides[2];
	bool written[MOST_COLUMNS] = {false};

	if (!read_header(words, headers[0], &base) || !read_header(words, headers[1], &sides[0]) ||
	    !read_header(words, headers[2], &sides[1]))
		return false;
	for (int s = 0; s < 2; s++)
		join_by_names(words->arena, &base, &sides[s]);
	for (int s = 0; s < 2; s++)
		join_by_cells(&base, &sides[s], rows[s]);
	for (int s = 0; s < 2; s++)
		join_by_place(&base, &sides[s], &sides[1 - s]);
	for (int s = 0; s < 2; s++)
		join_by_new_name(&base, &sides[s], &sides[1 - s]);
	find_written(&base, sides, rows, written);
	*out = (struct columns){.count_in = {base.count, sides[0].count, sides[1].count}};
	for (int s = 0; s < 2; s++)
		memcpy(out->base_of[s], sides[s].base_of, sizeof out->base_of[s]);
	out->same = is_as_base(&base, &sides[0]) && is_as_base(&base, &sides[1]);
	lay_out(sides, is_as_base(&base, &sides[0]) ? 1 : 0, written, out);
	return true;
}
