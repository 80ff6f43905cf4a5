/*
 * The columns of a table in the result of a merge: those that stand, in their order,
 * and behind them those that go.
 *
 *     base  | who | what |          columns  who  when  what  cost
 *     ours  | who | when | what |   base      0    -     1     -
 *     theirs| who | what | cost |   ours      0    1     2     -
 *                                   theirs    0    -     1     2
 *
 * Invariant: each column of a text is one column here, and one of them only. A column
 * goes if a side deleted it and the other gave it no name and wrote nothing in it, or
 * the side that deleted it has others in its place.
 */
#ifndef MERGE_TABLE_COLUMNS_H
#define MERGE_TABLE_COLUMNS_H

#include "merge/table_cells.h"
#include "merge/table_header.h"

struct column {
	int8_t of[TEXTS]; /* base, ours, theirs: index of its cell, or -1 */
};

struct columns {
	const struct column *at;
	int count; /* of those that stand */
	int all;   /* with those that go */
	int count_in[TEXTS];
};

/* Of a table that has the same in all texts: cells are known by their place. */
extern const struct columns columns_alike;

/*
 * out: `columns_alike` where all have the same in one order; NULL: a header has too many
 * cost: as headers_read()
 */
const struct columns *columns_plan(struct arena *arena, struct dictionary *words,
				   const struct table_texts *table);

/* Whether text `t` has all columns that stand, in their order, and no other. */
bool has_all_columns(const struct columns *columns, int t);

/*
 * The cells of a row of text `t`, by column, and then those that stand behind its last.
 * `columns` may be NULL: all have the same.
 */
struct row_cells cells_by_column(struct arena *arena, struct str row, const struct columns *columns,
				 int t);

/*
 * A row of text `t` in the columns of the result: an empty cell where a side added one.
 * What was written in a column that went stands in the one that was put in its place, or
 * else behind the last, as does what no header names. As it is, where its first cell
 * would have no place: it is another table's.
 */
struct str fit_row(struct arena *arena, struct str row, const struct columns *columns, int t);

/*
 * Whether of two rows in the columns of the result that of text `t` says all that the
 * other one says, columns aside that the text does not have.
 */
bool row_says_all_of(const struct columns *columns, int t, const struct row_cells *row,
		     const struct row_cells *other);

/* What both say, where one of two rows says all that the other says. */
struct str row_with_both(struct arena *arena, const struct row_cells *ours,
			 const struct row_cells *theirs);

#endif
