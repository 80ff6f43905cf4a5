/*
 * Numbers that depend on a seed alone, and which seeds a test goes through.
 *
 * Invariant: the same seed gives the same numbers on every machine.
 */
#ifndef TESTS_SUPPORT_SEEDED_H
#define TESTS_SUPPORT_SEEDED_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"

struct seeded {
	struct arena *arena; /* for what is made with the numbers */
	uint64_t state;
};

/* A number below `below`, which is not 0. */
uint32_t seeded_next(struct seeded *seeded, uint32_t below);

/* Seeds [first, end). */
struct seeds {
	uint64_t first, end;
	bool replayed; /* SEED=n asks for this one alone: what is counted over all says nothing */
};

/* `count` seeds from `first` on, or CASES of the environment as many; SEED asks for one alone. */
struct seeds seeds_from(uint64_t first, uint64_t count);

#endif
