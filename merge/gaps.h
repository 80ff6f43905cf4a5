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

/* Places in a text beside those of pieces; behind the last piece it ends. */
enum { PLACE_START = -1, PLACE_NONE = -2 };

/* Two neighbours in the result, its ends among them. */
struct joint {
	int before, node;
	int place[TEXTS]; /* of `node` in the base and each side */
	bool in[TEXTS];	  /* the text has them side by side */
};

/* The beginning of the result, in front of all joints. */
struct joint first_joint(void);
/* The joint behind another one. */
struct joint next_joint(const struct plan *plan, const struct joint *last, int node);

/* The blank lines before a piece of a text; behind its last one, those it ends with. */
struct str gap_before(const struct side *text, int piece);

/* The blank lines of a joint. */
struct str gap_between(const struct plan *plan, const struct joint *joint);

/* The block that a node shows in the result, of a side that has it. */
const struct block *shown_block(const struct plan *plan, int node);

/* Whether two blocks would become one, or other ones, with no blank line between them. */
bool would_fuse(const struct block *before, const struct block *block);

#endif
