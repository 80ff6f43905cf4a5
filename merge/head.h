/*
 * What stands before the text of a block, merged: indent, mark, number, checkbox.
 */
#ifndef MERGE_HEAD_H
#define MERGE_HEAD_H

#include "merge/plan.h"

/*
 * Part by part; of a checkbox that both changed, the checked one. A head without
 * a mark is merged as one.
 */
struct str merge_head(struct arena *arena, struct str base, struct str ours, struct str theirs);

/*
 * The head of an item that side `s` added: where the other side wrote the marks of
 * the list anew, it has the new one, so that it stays one list.
 */
struct str head_in_list(const struct plan *plan, int s, int piece, struct str head);

#endif
