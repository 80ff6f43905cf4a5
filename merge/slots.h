/*
 * The slots of the spine: between which unmoved nodes of the base each side put
 * what it added or moved. See order.h.
 */
#ifndef MERGE_SLOTS_H
#define MERGE_SLOTS_H

#include "merge/plan.h"

/* A node as one side puts it into a slot. */
struct placing {
	int node;
	int slot;	 /* in front of which node of the spine */
	int left, right; /* base pieces that it stands between on its side */
	uint32_t rank;
	bool starts; /* a new group begins here */
	/*
	 * Of a group's first: which neighbour the group holds to, that without a blank
	 * line between, or with fewer of those that were there; <0: the one above, >0:
	 * the one below, 0: neither or both.
	 */
	int hold;
};

/* In the order of the side, so by slot. */
struct placings {
	struct placing *at;
	int count;
};

/*
 * A node that goes with one that the other side moved is in no slot: it follows
 * that node, behind those that follow it already.
 */
struct slots {
	int *spine; /* nodes */
	int spine_count;
	int *first_follower;		 /* by node, or NONE */
	int *next_follower;		 /* by follower, or NONE */
	struct placings placings[SIDES]; /* a node of both sides stands in one slot */
};

/* cost: linear. */
struct slots slots_find(struct arena *arena, const struct plan *plan);

#endif
