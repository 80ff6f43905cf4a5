/*
 * The columns of a table that three texts hold, known again by their names.
 *
 *     base  | who | what |          columns  who  when  what  cost
 *     ours  | who | when | what |   base      0    -     1     -
 *     theirs| who | what | cost |   ours      0    1     2     -
 *                                   theirs    0    -     1     2
 *
 * Invariant: a column of a text stands in one column of the plan, unless a side
 * deleted it: then it is left out, and `left_out` of the base says so.
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

struct columns {
	int count;
	int of[COLUMN_TEXTS][2 * MOST_COLUMNS]; /* base, ours, theirs: index of its cell, or -1 */
	int base_count;
	int deleted_by[MOST_COLUMNS]; /* by base column: 0 or 1, the side that took it out; -1 */
	bool same;		      /* all three have the same columns in one order */
};

/* Cuts a row at its marks, those behind a backslash aside; the marks are left out. */
struct row_cells row_cells(struct arena *arena, struct str row);

/* out: false where a header has too many columns, or they cannot be told apart */
bool columns_plan(struct dictionary *words, const struct str headers[COLUMN_TEXTS],
		  struct columns *out);

#endif
