/*
 * Table rows, cell by cell; columns are known again by their names.
 */
#ifndef MERGE_TABLE_H
#define MERGE_TABLE_H

#include "merge/table_columns.h"
#include "merge/words.h"

/*
 * Merges the text of a row up to the mark behind its last cell, or of a header with
 * the rule under it. Padding and that rule are never an edit. `columns` may be NULL:
 * then all have the same.
 * out: false where a cell cannot be merged, a column is gone that the other side
 *      edited here, or the cells are not as many as the columns.
 */
bool merge_cells(const struct text_merge *merge, const struct columns *columns, struct str *out);

/*
 * A row of text `t` in the columns of the result: an empty cell where a side added
 * one. As it is, where a word would have no column.
 */
struct str fit_row(struct arena *arena, struct str row, const struct columns *columns, int t);

#endif
