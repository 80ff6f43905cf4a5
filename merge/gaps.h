/*
 * The blank lines between two neighbours of the result.
 *
 * They belong to the pair: what a side has between the two stays, merged where
 * both have them side by side. A pair that is new takes what its parts had
 * around them, and never lets two blocks become one.
 */
#ifndef MERGE_GAPS_H
#define MERGE_GAPS_H

#include "merge/plan.h"

enum { START = -1, END = -2 }; /* for a node: the ends of the result */

/* Two neighbours in the result, its ends among them. */
struct joint {
	int before, node;
	int place[SIDES + 1]; /* of `node` in the base and each side; -2: it is not there */
	bool in[SIDES + 1];   /* the text has them side by side */
};

/* The joint behind another one. The first is {.node = START, .place = {-1, -1, -1}}. */
struct joint next_joint(const struct plan *plan, const struct joint *last, int node);

struct str gap_between(const struct plan *plan, const struct joint *joint);

/* The block that a node shows in the result, of a side that has it. */
const struct block *shown_block(const struct plan *plan, int node);

/* Whether two blocks would become one, or other ones, with no blank line between them. */
bool would_fuse(const struct block *before, const struct block *block);

#endif
