/*
 * Table rows, cell by cell.
 */
#ifndef MERGE_TABLE_H
#define MERGE_TABLE_H

#include "merge/words.h"

/*
 * Merges the text of a row, or of a header with the rule under it. Padding and
 * that rule are never an edit.
 * out: false where a cell cannot be merged or the columns differ.
 */
bool merge_cells(const struct text_merge *merge, struct str *out);

#endif
