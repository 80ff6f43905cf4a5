/*
 * A base cut into stretches that nobody, one side or both changed.
 *
 *     base     a b c d e f        regions   a      nobody changed it
 *     ours     a x c d e f                  b      ours did
 *     theirs   a b c d y f                  c d    nobody
 *                                           e      theirs did
 *                                           f      nobody
 *
 * Invariant: the regions are the base, one behind the other, and what they are in a side
 * is that side.
 */
#ifndef MERGE_REGIONS_H
#define MERGE_REGIONS_H

#include "merge/diff.h"

/* Numbers [base, base_end) of the base, and what stands for them in each side. */
struct region {
	int base, base_end;
	int side[2], side_end[2];
	bool changed[2]; /* by which side */
};

struct regions {
	struct region *at;
	int count;
};

/* What a number parts, besides what is before it and behind it. */
enum fence {
	NO_FENCE,
	FENCE_BEHIND, /* itself and what is behind it, also where it changed */
	FENCE_AROUND, /* and itself and what is before it */
};

/*
 * Cuts the base by the spans from it to each side. Changes of two sides fall into one
 * region when they overlap, insert at one point, or fewer than `apart` equal numbers lie
 * between them (above with 3: b c d e is one, changed by both); a number with a fence in
 * `fences` (NULL: none) keeps what is before and behind it apart.
 */
struct regions diff_regions(struct arena *arena, int base_count, struct spans ours,
			    struct spans theirs, int apart, const enum fence *fences);

#endif
