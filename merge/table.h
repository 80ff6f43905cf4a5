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
 * nothing is known of them.
 * out: false where a cell cannot be merged, or a column goes in which the other side
 *      wrote here
 */
bool merge_cells(const struct text_merge *merge, const struct columns *columns, struct str *out);

#endif
