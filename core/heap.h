/*
 * A binary heap of numbers: of those that wait, the first in an order that the caller
 * knows is taken next.
 */
#ifndef CORE_HEAP_H
#define CORE_HEAP_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"

struct heap {
	struct arena *arena; /* which the numbers live in */
	/* Whether a comes before b; for two different numbers one of them does. */
	bool (*is_before)(const void *context, uint32_t a, uint32_t b);
	const void *context;
	uint32_t *numbers; /* the first on top */
	size_t count, room;
};

/* cost: logarithmic, like heap_take() */
void heap_add(struct heap *heap, uint32_t number);
/* Takes the first; there is one. */
uint32_t heap_take(struct heap *heap);

#endif
