/*
 * Rows of a table whose columns a side changed: they read otherwise in each text.
 */
#ifndef MERGE_TABLE_ROWS_H
#define MERGE_TABLE_ROWS_H

#include "merge/plan.h"
#include "merge/table.h"

/*
 * The columns of the table that a row, or the header itself, stands in; one piece for
 * each text, NONE where it has none.
 * out: false where not all three texts have that table, the row stands in another one
 *      somewhere, or all have the same columns
 */
bool columns_of_rows(struct plan *plan, const int rows[PLAN_TEXTS], struct columns *out);

/*
 * Joins new rows that say the same, but for columns that only one side has:
 *
 *     ours  | Team | Link       |    theirs  | Team | Who | Link       |
 *           | Hall | hall.org   |            | Hall |     | hall.org   |
 *
 * out: `joined`, by piece of each side its partner, -1: none; joined ones are left alone
 */
void join_new_rows(struct plan *plan, int *const joined[SIDES]);

#endif
