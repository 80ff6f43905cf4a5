/*
 * Points made up for measuring: sentences of words whose frequencies follow
 * Zipf's law, and among them copies with a slip, a word more or less, or their
 * clauses in another order.
 */
#ifndef TESTS_SUPPORT_POINTS_H
#define TESTS_SUPPORT_POINTS_H

#include <stdint.h>

#include "core/str.h"

struct made_points {
	struct str *texts;
	uint32_t *origin; /* the point that each was copied from; its own number: none */
	size_t count, planted;
};

/* `count` points, of which one in `one_in` is a changed copy of another. */
struct made_points points_made(struct arena *arena, size_t count, size_t one_in, uint64_t seed);

/* The next of a sequence of numbers that depends on the seed alone. */
uint64_t next_random(uint64_t *state);

#endif
