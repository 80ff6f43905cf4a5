/*
 * Where a side says much the same as the base in other blocks, and the other side changed
 * that, too.
 *
 * Invariant: of one side they stand apart, in order.
 */
#ifndef MERGE_RECUT_FIND_H
#define MERGE_RECUT_FIND_H

#include "merge/recut_zone.h"

/* Words [from, end) of the base and those of side `s` that say the same in other blocks. */
struct recut {
	int s;
	int base, base_end;
	int side, side_end;
};

struct recuts {
	int s;
	struct recut *at;
	int count;
	size_t room;
};

/* cost: linear. */
struct recuts recuts_find(struct arena *arena, const struct plan *plan, const struct zone *zone,
			  int s);

#endif
