/*
 * The columns of a table that three texts hold, known again by their names, by
 * what stands in them, or by their place.
 *
 *     base  | who | what |          columns  who  when  what  cost
 *     ours  | who | when | what |   base      0    -     1     -
 *     theirs| who | what | cost |   ours      0    1     2     -
 *                                   theirs    0    -     1     2
 *
 * Invariant: a column of a text stands in one column of the plan, or in none, if a
 * side deleted it and the other wrote nothing in it, or the side that deleted it has
 * others in its place. What was written in a row there is then the row's, whole.
 */
#ifndef MERGE_TABLE_COLUMNS_H
#define MERGE_TABLE_COLUMNS_H

#include "merge/piece.h"

enum { MOST_COLUMNS = 64, COLUMN_TEXTS = 3 };

/* The cells between the marks of a row; what is in front of the first mark is one. */
struct row_cells {
	struct str *at;
	int count;
};

/* A row of a side, and what the base has of it; base.at is NULL: nothing. */
struct known_row {
	struct str base, side;
};

struct known_rows {
	const struct known_row *at;
	size_t count;
};

struct columns {
	int count;
	int of[COLUMN_TEXTS][2 * MOST_COLUMNS]; /* base, ours, theirs: index of its cell, or -1 */
	int count_in[COLUMN_TEXTS];
	int base_of[2][MOST_COLUMNS]; /* by column of a side: that of the base, or -1 */
	bool same;		      /* all three have the same columns in one order */
};

/* Cuts a row at its marks, those behind a backslash aside; the marks are left out. */
struct row_cells row_cells(struct arena *arena, struct str row);

/* Whether two rows say the same, padding aside. */
bool row_cells_equal(const struct row_cells *a, const struct row_cells *b);

/*
 * Whether a row of side `s` says in its cell `column` what the base's row says there, in
 * a column of the result or not. What stands behind the last column is known by its place.
 */
bool cell_is_as_base(const struct columns *columns, int s, const struct row_cells *base,
		     const struct row_cells *side, int column);

/* Whether text `t` has all columns, in their order, and no other. */
bool has_all_columns(const struct columns *columns, int t);

/*
 * Whether one side deleted the column and the other wrote in it: it stands for that.
 */
bool column_was_deleted(const struct columns *columns, int column);

/*
 * out: false where a header has too many columns
 * cost: linear in the rows, by the columns that names do not tell
 */
bool columns_plan(struct dictionary *words, const struct str headers[COLUMN_TEXTS],
		  const struct known_rows rows[2], struct columns *out);

#endif
