/*
 * What a merge works on: the three texts, who is whose partner, and which
 * pieces stand in the result.
 *
 * A node is one thing that may stand in the result, with its piece in each of
 * the texts that hold it:
 *
 *     base  ours  theirs
 *      3     3      4     both kept it
 *      5     -      6     ours deleted it: stands only if theirs edited it
 *      -     7      -     new in ours
 *      -     8      9     both wrote the same
 *
 * Invariant: a piece belongs to exactly one node.
 */
#ifndef MERGE_PLAN_H
#define MERGE_PLAN_H

#include "merge/match.h"
#include "merge/sides.h"

enum { NONE = -1 };

struct node {
	int base;
	int side[SIDES];
	bool kept;	/* stands in the result */
	bool edit_kept; /* one side deleted it, the other edited it, repeated it or added to it */
	bool moved;	/* by a side */
	bool twin;	/* the other side added something alike: see twins.h */
};

struct columns;
struct wordings;

struct plan {
	struct arena *arena;
	struct dictionary words; /* in an arena of their own */
	struct side base, side[SIDES];
	struct matching match[SIDES];
	struct node *nodes;
	int count;
	int *node_of_base;
	int *node_of_side[SIDES];
	bool merges_words;   /* reworded by both: try to have both changes in one text */
	bool was_cut[TEXTS]; /* otherwise than its author cut it: see recut.h */
	/* By piece of the base, the columns of a table; NULL: no table, or none known. */
	const struct columns **columns;
	/* By node, what its pieces say, merged: see node_merged(); NULL: not asked for yet. */
	const struct wordings **merged;
	int *order; /* the kept nodes as they stand in the result */
	int order_count;
};

/*
 * Partners of pieces, found by the first plan for every further one of the same
 * three texts; all zero but for the arena: none yet.
 */
struct partners {
	struct arena *arena;
	int base_count, side_count; /* pieces of the base and of side 0 */
	int *of_base[SIDES];	    /* equal ones, by base piece: the side's */
	int *between;		    /* by piece of side 0: that of side 1 */
	struct matching match[SIDES];
	bool matched; /* what is in `match` is known: equal, reworded and moved ones */
	bool recut;   /* a plan of them was one of texts that are cut otherwise: see recut.h */
};

/* Which rules the plan may use. */
struct plan_rules {
	bool exact_only;	   /* no similarity */
	bool merges_words;	   /* as in struct plan */
	bool was_cut[TEXTS];	   /* as in struct plan */
	bool by_place;		   /* as in struct match_input */
	struct partners *partners; /* of other plans */
};

/*
 * Matches, joins and decides what stands; `order` is left to order.h. What is
 * known of words goes into an arena that may be freed before the other.
 */
struct plan plan_merge(struct arena *arena, struct arena *words, const struct doc *base,
		       const struct doc *const sides[2], struct plan_rules rules);

/* Text `t`, BASE or a side. */
static inline const struct side *plan_text(const struct plan *plan, int t)
{
	return t == BASE ? &plan->base : &plan->side[t - OURS];
}

/* The node's piece in text `t`, NONE: it has none. */
static inline int node_piece(const struct node *node, int t)
{
	return t == BASE ? node->base : node->side[t - OURS];
}

/* Whether some text has a set of variants of the node. */
static inline bool node_has_set(const struct plan *plan, const struct node *node)
{
	return piece_is_set(&plan->base, node->base) ||
	       piece_is_set(&plan->side[0], node->side[0]) ||
	       piece_is_set(&plan->side[1], node->side[1]);
}

/* Whether side `s` has the node and moved it. */
static inline bool is_moved_by(const struct plan *plan, const struct node *node, int s)
{
	return node->base >= 0 && node->side[s] >= 0 && is_moved_in(&plan->match[s], node->base);
}

/* Frees the words: pieces are not compared any more. */
void plan_forget_words(struct plan *plan);

#endif
