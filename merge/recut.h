/*
 * Text that a side cut into other blocks: a paragraph in two, or into items; two joined.
 *
 * Where a side says much the same in other blocks, the other two texts are cut as it is.
 * So all three have blocks that go with each other, and what the other side changed lands
 * in its part:
 *
 *     base     ours    theirs          base     ours    theirs
 *     a b c    a b     a B c D    =>   a b      a b     a B
 *              - c                     - c      - c     - c D
 *
 * Invariant: no word of a text changes, nor their order.
 */
#ifndef MERGE_RECUT_H
#define MERGE_RECUT_H

#include "merge/plan.h"

/*
 * Cuts the texts of a plan.
 * out: false where nobody cut what the other changed too; else the texts through `cut`
 * cost: near-linear.
 */
bool recut_texts(struct arena *arena, const struct plan *plan, struct str cut[TEXTS]);

#endif
