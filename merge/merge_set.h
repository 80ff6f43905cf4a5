/*
 * The three-way merge of ordered sets: keys of a mapping, items of a list,
 * lines of a comment.
 *
 * Additions of both sides are kept, deletions honoured, an edit beats a deletion.
 * Invariant: exchanging the sides exchanges `ours` and `theirs` in the picks and
 * changes nothing else.
 */
#ifndef MERGE_MERGE_SET_H
#define MERGE_MERGE_SET_H

#include "core/str.h"

enum { SET_ABSENT = -1 };

/* One version of the set; equal ids in two versions are the same thing. */
struct set_side {
	size_t count;
	int *id;
	const struct str *text; /* orders what the two sides put in one place */
	const bool *edited;	/* sides: the thing says something else than in the base */
};

/* Where a thing of the result stands in each version, or SET_ABSENT. */
struct set_pick {
	int base, ours, theirs;
};

/* A version whose things have no id yet, or, for the base, its index as id. */
struct set_side set_side_new(struct arena *arena, size_t count, const struct str *text,
			     bool is_base);

/*
 * Gives things of `to` without id the id of the thing of `from` with the same
 * name that is not in `to` yet, the first to the first; things without a name
 * (NULL), and those of `from` below `first_id`, are left alone.
 * cost: n log n.
 */
void set_pair(struct arena *arena, const struct set_side *from, const struct str *from_names,
	      const struct set_side *to, const struct str *to_names, int first_id);

/* Gives every thing of `side` that still has no id one of its own, from `first_id` on. */
void set_number(const struct set_side *side, int first_id);

/*
 * Merges; all things have ids: below base_count those of the base.
 * out: `count` picks in the order of the result.
 */
struct set_pick *set_merge(struct arena *arena, size_t base_count, struct set_side ours,
			   struct set_side theirs, size_t *count);

#endif
