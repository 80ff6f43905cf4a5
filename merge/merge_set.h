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
#include "merge/sides.h"

enum { SET_ABSENT = -1 };

/* One version of the set. */
struct set_side {
	size_t count;
	const struct str *text; /* of set_align(), the surest names: order what is in one place */
	const bool *edited;	/* sides: the thing says something else than in the base */
	int *id;		/* of set_align(): equal ones in two versions are the same thing */
};

/* What the things of the three versions are called; NULL: that one has no name. */
struct set_names {
	const struct str *of[TEXTS];
	bool of_base; /* they tell which thing of the base it is, not that two new ones are one */
};

/* Where a thing of the result stands in each version, or SET_ABSENT. */
struct set_pick {
	int base, ours, theirs;
};

/*
 * Finds which things of three versions are the same, in rounds of names, the surest first:
 * those of the sides that the base has, then those that both added. Of things with one
 * name the first is the first, and so on.
 * cost: linear in each round
 */
void set_align(struct arena *arena, struct set_side set[TEXTS], const struct set_names *rounds,
	       int round_count);

/* Its two halves: what is left without an id (SET_ABSENT) by the first is new to the second. */
void set_align_base(struct arena *arena, struct set_side set[TEXTS], const struct set_names *rounds,
		    int round_count);
void set_align_new(struct set_side set[TEXTS], const struct set_names *rounds, int round_count);

/*
 * Merges three versions that are aligned.
 * out: `count` picks in the order of the result
 */
struct set_pick *set_merge(struct arena *arena, const struct set_side set[TEXTS], size_t *count);

#endif
