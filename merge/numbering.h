/*
 * The numbers of ordered lists in the result.
 *
 *     base      ours        theirs     result
 *     1. dig    1. dig      1. dig     1. dig
 *     2. sow    2. weed     2. sow     2. weed
 *               3. sow      3. water   3. sow
 *                                      4. water
 *
 * A list whose numbers ran one by one in the base and in both sides runs on;
 * every other keeps the numbers that were written.
 */
#ifndef MERGE_NUMBERING_H
#define MERGE_NUMBERING_H

#include "merge/plan.h"

enum { AS_WRITTEN = -1 };

/*
 * out: by node the number of its item, or AS_WRITTEN; NULL: all are as written.
 * The nodes are in order.
 */
const int *number_nodes(struct plan *plan);

/* What stands before the text of a numbered item, with another number. */
struct str with_number(struct arena *arena, struct str head, int number);

#endif
