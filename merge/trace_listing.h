/*
 * Things of a commit listed under what they are looked for by: candidates under a word
 * that they hold, wordings under a point.
 *
 * What is looked for by may be hashed: then several may share one, and who finds a thing
 * looks whether it is meant.
 */
#ifndef MERGE_TRACE_LISTING_H
#define MERGE_TRACE_LISTING_H

#include <stdint.h>

#include "core/arena.h"

struct listed {
	uint32_t under, what;
};

struct listing {
	struct listed *at; /* NULL: nothing was listed */
	size_t count, room;
};

void listing_add(struct arena *arena, struct listing *listing, uint32_t under, uint32_t what);

/* Orders what was added, by what it is under and then by itself. cost: n log n */
void listing_order(struct listing *listing);

/*
 * The things under `under` of a listing in order.
 * out: the first of `count`, which may be 0. cost: log n, and linear in `count`
 */
const struct listed *listing_find(const struct listing *listing, uint32_t under, size_t *count);

#endif
