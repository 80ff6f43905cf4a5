/*
 * Which piece of a side is which piece of the base, each side for itself.
 *
 * Equal pieces first (ends, unique ones, then the shortest edit script), then
 * reworded ones between them in order, then moved ones anywhere.
 *
 * Invariant: partners are one to one; those that are not `moved` stand in the
 * same order in both texts.
 */
#ifndef MERGE_MATCH_H
#define MERGE_MATCH_H

#include "merge/akin.h"

struct matching {
	int *side_of; /* by base piece; -1: gone */
	int *base_of; /* by side piece; -1: new */
	bool *moved;  /* by base piece; NULL: none is */
};

/* Makes two pieces partners. */
static inline void matching_join(struct matching *matching, int base, int side)
{
	matching->side_of[base] = side;
	matching->base_of[side] = base;
}

static inline bool is_moved_in(const struct matching *matching, int base)
{
	return matching->moved && matching->moved[base];
}

/* What was matched of that input, in another arena. */
struct matching matching_copy(struct arena *arena, const struct match_input *input,
			      const struct matching *matching);

/* cost: near linear; comparisons of reworded pieces are bounded for each gap. */
struct matching match_pieces(struct match_input input);

/* Whether a piece says enough to be known again wherever it stands. */
bool piece_can_move(const struct side *side, int piece);

/* Sets `moved` anew: of the pieces that changed order, those with the fewest words. */
void match_mark_moved(struct arena *arena, const struct side *base, const struct side *side,
		      struct matching *matching);

#endif
