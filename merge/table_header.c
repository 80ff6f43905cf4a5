#include "merge/table_header.h"

#include <string.h>

#include "merge/diff.h"
#include "merge/table_cells.h"

static bool read_header(struct arena *scratch, struct dictionary *words, struct str row,
			struct header *header)
{
	struct row_cells cells = row_cells(scratch, row);

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

static bool has_other_of_name(const struct header *header, int column)
{
	for (int i = 0; i < header->count; i++)
		if (i != column && header->ids[i] == header->ids[column])
			return true;
	return false;
}

static void join_single_names(const struct header *base, struct header *side)
{
	memset(side->base_of, -1, sizeof side->base_of);
	memset(side->side_of, -1, sizeof side->side_of);
	for (int i = 0; i < base->count; i++)
		for (int j = 0; j < side->count; j++)
			if (base->ids[i] == side->ids[j] && !has_other_of_name(base, i) &&
			    !has_other_of_name(side, j))
				join(side, i, j);
}

static void join_names_in_order(const struct header *base, struct header *side)
{
	struct arena scratch = {0};
	const int *partners = diff_partners(&scratch, (struct numbers){base->ids, base->count},
					    (struct numbers){side->ids, side->count});

	for (int i = 0; i < base->count; i++)
		if (partners[i] >= 0 && is_unknown(base, side, i, partners[i]))
			join(side, i, partners[i]);
	for (int i = 0; i < base->count; i++)
		for (int j = 0; j < side->count && side->side_of[i] < 0; j++)
			if (side->base_of[j] < 0 && side->ids[j] == base->ids[i])
				join(side, i, j);
	arena_free(&scratch);
}

/* Which columns are looked for by what stands in them. */
enum alike_columns { OF_ONE_NAME, OF_ANY_NAME };

static bool may_be_one(const struct header *base, const struct header *side, int at, int column,
		       enum alike_columns which)
{
	return is_unknown(base, side, at, column) &&
	       (which == OF_ANY_NAME || base->ids[at] == side->ids[column]);
}

/* Of columns that may be one, how many rows have the same in both. */
struct same_cells {
	int filled[MOST_COLUMNS]; /* by column of the base: rows that have something in it */
	int same[MOST_COLUMNS][MOST_COLUMNS];
};

static void count_same_cells(const struct header *base, const struct header *side,
			     const struct known_row *row, enum alike_columns which,
			     struct same_cells *counts)
{
	struct arena scratch = {0};
	struct row_cells old = row_cells(&scratch, row->base);
	struct row_cells new = row_cells(&scratch, row->side);

	uint64_t hashes[MOST_COLUMNS];
	int count = new.count < side->count ? new.count : side->count;

	for (int j = 0; j < count; j++) {
		new.at[j] = cell_text(&new, j);
		hashes[j] = hash_bytes(new.at[j]);
	}
	for (int i = 0; i < base->count && i < old.count; i++) {
		struct str cell = cell_text(&old, i);

		if (side->side_of[i] >= 0 || cell.len == 0)
			continue;
		uint64_t hash = hash_bytes(cell);

		counts->filled[i]++;
		for (int j = 0; j < count; j++)
			counts->same[i][j] += hashes[j] == hash &&
					      may_be_one(base, side, i, j, which) &&
					      str_equal(cell, new.at[j]);
	}
	arena_free(&scratch);
}

static bool has_unknown(const struct header *base, const struct header *side,
			enum alike_columns which)
{
	for (int i = 0; i < base->count; i++)
		for (int j = 0; j < side->count; j++)
			if (may_be_one(base, side, i, j, which))
				return true;
	return false;
}

/* A column is known by what stands in it, if half of that stands there still. */
static void join_by_cells(const struct header *base, struct header *side, struct known_rows rows,
			  enum alike_columns which)
{
	if (!has_unknown(base, side, which))
		return;
	struct same_cells counts = {0};

	for (size_t i = 0; i < rows.count; i++)
		if (rows.at[i].base.at)
			count_same_cells(base, side, rows.at + i, which, &counts);
	for (int i = 0; i < base->count; i++) {
		int best = 0;

		for (int j = 1; j < side->count; j++)
			if (counts.same[i][j] > counts.same[i][best])
				best = j;
		if (counts.same[i][best] && 2 * counts.same[i][best] >= counts.filled[i] &&
		    may_be_one(base, side, i, best, which))
			join(side, i, best);
	}
}

int same_addition(const struct header *side, int column, const struct header *other)
{
	int before = 0; /* of columns of one name the first is the first there, and so on */

	for (int i = 0; i < column; i++)
		before += side->base_of[i] < 0 && side->ids[i] == side->ids[column];
	for (int i = 0; i < other->count; i++)
		if (other->base_of[i] < 0 && other->ids[i] == side->ids[column] && before-- == 0)
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

/* Words that are named in many tables stay, what it takes to read them does not. */
static bool read_names(struct dictionary *words, const struct table_texts *table,
		       struct header headers[TEXTS])
{
	struct arena scratch = {0};
	bool read = true;

	for (int t = BASE; t < TEXTS && read; t++)
		read = read_header(&scratch, words, table->header[t], &headers[t]);
	arena_free(&scratch);
	return read;
}

bool headers_read(struct dictionary *words, const struct table_texts *table,
		  struct header headers[TEXTS])
{
	const struct header *base = &headers[BASE];
	struct header *sides = &headers[OURS];

	if (!read_names(words, table, headers))
		return false;
	for (int s = 0; s < 2; s++) {
		join_single_names(base, &sides[s]);
		join_by_cells(base, &sides[s], table->rows[s], OF_ONE_NAME);
		join_names_in_order(base, &sides[s]);
		join_by_cells(base, &sides[s], table->rows[s], OF_ANY_NAME);
	}
	for (int s = 0; s < 2; s++)
		join_by_place(base, &sides[s], &sides[1 - s]);
	for (int s = 0; s < 2; s++)
		join_by_new_name(base, &sides[s], &sides[1 - s]);
	return true;
}
