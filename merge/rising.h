/*
 * Of things whose order changed, which stayed and which moved: the heaviest of them that
 * still are in order stayed.
 */
#ifndef MERGE_RISING_H
#define MERGE_RISING_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"

/* Whether each value is above the one before it. */
bool is_rising(const int *values, int count);

/*
 * Finds the heaviest sequence of values that rises, others left out; `weights` may be NULL:
 * all weigh the same. `limit` is above every value; equal values do not rise.
 * out: by value, whether it is kept
 * cost: n log n
 */
bool *keep_rising(struct arena *arena, const int *values, const uint32_t *weights, int count,
		  int limit);

#endif
