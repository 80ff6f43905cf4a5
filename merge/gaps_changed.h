/*
 * Blank lines that one side changed where the other put something in or took it out: a
 * list that one spread out takes in so what the other added to it.
 */
#ifndef MERGE_GAPS_CHANGED_H
#define MERGE_GAPS_CHANGED_H

#include "merge/gaps.h"

/*
 * The blank lines of a joint that side `s` alone has side by side, as `gap`: unless it has
 * them as the base has those of two neighbours that the joint stands for, and the other
 * changed these.
 */
struct str gap_changed_beside(const struct plan *plan, const struct joint *joint, int s,
			      struct str gap);

#endif
