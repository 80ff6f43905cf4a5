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

#include "merge/piece.h"
#include "merge/similar.h"

struct matching {
	int *side_of; /* by base piece; -1: gone */
	int *base_of; /* by side piece; -1: new */
	bool *moved;  /* by base piece */
};

struct match_input {
	struct arena *arena;
	struct dictionary *words;
	struct side *base, *side;
	const int *equal;	 /* what match_equal() says of them; NULL: to be found */
	bool exact_only;	 /* nothing but equal pieces */
	struct ready_text ready; /* the base's piece that was compared last */
};

/* cost: near linear; comparisons of reworded pieces are bounded for each gap. */
struct matching match_pieces(struct match_input input);

/* Sets `moved` anew: of the pieces that changed order, those with the fewest words. */
void match_mark_moved(const struct side *base, const struct side *side, struct matching *matching);

/*
 * How alike two pieces are, in per mille, the best of their wordings counting.
 * out: 0 for other kinds, and it may be for what is less alike than `least`
 */
int piece_similarity(struct match_input *input, int base, int side, int least);

/* Whether two texts are alike enough to be taken for one that was reworded. */
bool is_rewording(struct arena *arena, struct numbers before, struct numbers after);

#endif
