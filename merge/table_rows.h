/*
 * Rows of a table whose columns a side changed: they read otherwise in each text.
 */
#ifndef MERGE_TABLE_ROWS_H
#define MERGE_TABLE_ROWS_H

#include "merge/plan.h"
#include "merge/table.h"

/* Finds the tables that all three texts have, once the base is matched, and their columns. */
void find_columns(struct plan *plan);

/*
 * The columns of the table that a row, or the header itself, stands in, `columns_alike`
 * where all texts have the same. NULL: not all three have that table, the row stands in
 * another one somewhere, or there are too many to be told from each other.
 */
const struct columns *columns_of_node(const struct plan *plan, const struct node *node);

/*
 * The wordings that text `t` has of a node, of a row in the columns of the result:
 * then copies without labels.
 */
const struct block *wordings_in_columns(const struct plan *plan, const struct node *node, int t);

/*
 * Whether side `s` wrote something in a row or a header: padding is no edit, nor is
 * what comes or goes with a column.
 */
bool row_is_edited(const struct plan *plan, const struct node *node, int s);

/*
 * Joins new rows that say the same, but for columns that only one side has, and those
 * of one name of which one says all that the other does, and more:
 *
 *     ours  | Team | Link     |    theirs  | Team | Who  | Link     |
 *           | Hall | hall.org |            | Hall |      | hall.org |
 *           | Pool |          |            | Pool | Anne | pool.org |
 *
 * Parts those that are written alike under columns that one side moved, and so say
 * something else.
 * out: `joined`, by piece of each side its partner, -1: none; other joined ones are left alone
 */
void join_new_rows(struct plan *plan, int *const joined[SIDES]);

#endif
