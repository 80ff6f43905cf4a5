#include "merge/table_columns.h"

#include <string.h>

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

/* The names of a header's columns, as numbers. */
struct header {
	uint32_t ids[MOST_COLUMNS];
	int count;
	int base_of[MOST_COLUMNS]; /* of a side: which column of the base it is, or -1 */
	int side_of[MOST_COLUMNS]; /* of the base's columns */
};

static bool read_header(struct dictionary *words, struct str row, struct header *header)
{
	struct row_cells cells = row_cells(words->arena, row_without_last_pipe(row));

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

/* Of a stretch between known columns that both have as many of, each was renamed. */
static void join_renamed(const struct header *base, struct header *side)
{
	for (int i = 0, j = 0; i <= base->count; i++) {
		int i_end = i, j_end = j;

		while (i_end < base->count && side->side_of[i_end] < 0)
			i_end++;
		while (j_end < side->count && side->base_of[j_end] < 0)
			j_end++;
		bool closed =
			i_end == base->count ? j_end == side->count : side->side_of[i_end] == j_end;
		for (int k = 0; closed && i_end - i == j_end - j && k < i_end - i; k++)
			join(side, i + k, j + k);
		i = i_end;
		j = i_end < base->count ? side->side_of[i_end] + 1 : side->count;
	}
}

static void map_side(struct arena *arena, const struct header *base, struct header *side)
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
	join_renamed(base, side);
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

/* The new column of the other side with the same name, or -1. */
static int same_addition(const struct header *side, int column, const struct header *other)
{
	for (int i = 0; i < other->count; i++)
		if (other->base_of[i] < 0 && other->ids[i] == side->ids[column])
			return i;
	return -1;
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

/* The columns in the order of side `s`; then what only the other added, behind its neighbour. */
static void lay_out(const struct header sides[2], int s, struct columns *columns)
{
	const struct header *lead = &sides[s], *other = &sides[1 - s];
	int mine = 1 + s, theirs = 2 - s;

	for (int i = 0; i < lead->count; i++) {
		int base = lead->base_of[i];
		int partner = base >= 0 ? other->side_of[base] : same_addition(lead, i, other);

		if (base >= 0 && partner < 0)
			continue;
		insert_column(columns, columns->count, base, s == 0 ? i : partner,
			      s == 0 ? partner : i);
	}
	for (int j = 0, at = 0; j < other->count; j++) {
		int found = 0;

		while (found < columns->count && columns->of[theirs][found] != j)
			found++;
		if (found < columns->count) {
			at = found + 1;
		} else if (other->base_of[j] < 0) {
			insert_column(columns, at, -1, s == 0 ? -1 : j, s == 0 ? j : -1);
			columns->of[mine][at++] = -1;
		}
	}
}

bool columns_plan(struct dictionary *words, const struct str headers[COLUMN_TEXTS],
		  struct columns *out)
{
	struct header base, sides[2];

	if (!read_header(words, headers[0], &base) || !read_header(words, headers[1], &sides[0]) ||
	    !read_header(words, headers[2], &sides[1]))
		return false;
	for (int s = 0; s < 2; s++)
		map_side(words->arena, &base, &sides[s]);
	for (int s = 0; s < 2; s++)
		join_by_new_name(&base, &sides[s], &sides[1 - s]);
	*out = (struct columns){.base_count = base.count};
	for (int i = 0; i < base.count; i++)
		out->deleted_by[i] = sides[0].side_of[i] < 0 ? 0 : sides[1].side_of[i] < 0 ? 1 : -1;
	out->same = is_as_base(&base, &sides[0]) && is_as_base(&base, &sides[1]);
	lay_out(sides, is_as_base(&base, &sides[0]) ? 1 : 0, out);
	return true;
}
