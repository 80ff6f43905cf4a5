/*
 * Lines of a base that one side took out, and the other has as they were.
 *
 * Invariant: a line whose words the side has elsewhere, as of a paragraph that was wrapped
 * anew or a point that was moved, was not taken out.
 */
#ifndef MERGE_LINES_BACK_H
#define MERGE_LINES_BACK_H

#include "core/arena.h"
#include "core/str.h"

struct line_back {
	struct str text;
	uint32_t line; /* in the whole, from 1 */
};

struct lines_back {
	struct line_back *at;
	size_t count;
};

/*
 * Those that `other` took out and `whole` has; some words each: what is shorter may stand there
 * by chance.
 * cost: linear
 */
struct lines_back find_lines_back(struct arena *arena, struct str base, struct str other,
				  struct str whole);

#endif
