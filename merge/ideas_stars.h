/*
 * Stars: a centre and what is near it, so that no chain of small steps joins
 * what has nothing in common.
 */
#ifndef MERGE_IDEAS_STARS_H
#define MERGE_IDEAS_STARS_H

#include "merge/collection.h"

#define NO_STAR UINT32_MAX

struct star {
	uint32_t *units; /* the centre, then the others, best first */
	size_t count;
	uint32_t score; /* of the member least like the centre */
};

struct stars {
	struct star *at;
	size_t count, room;
	uint32_t *of; /* by wording: its star, NO_STAR: none */
};

/*
 * Takes the one with most near neighbours for a centre, and with it those of
 * them that are not unlike any taken before; and so on with what is left.
 * `pairs`: each once, by number.
 */
struct stars stars_of(struct arena *arena, const struct collection *collection,
		      const struct alike_pairs *pairs);

#endif
