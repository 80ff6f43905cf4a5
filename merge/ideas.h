/*
 * Ideas: which wordings of a collection say the same, and what people decided.
 *
 * Invariant: the result depends on the wordings, the pairs and the verdicts
 * alone, in whatever order they are given; a verdict beats every score.
 */
#ifndef MERGE_IDEAS_H
#define MERGE_IDEAS_H

#include "merge/collection.h"

enum verdict_kind {
	VERDICT_NONE,
	VERDICT_SAME,
	VERDICT_DIFFERENT,
	VERDICT_PART_OF, /* a is a part of b */
};

struct verdict {
	enum verdict_kind kind;
	uint32_t a, b; /* wordings */
};

/*
 * Wordings that belong together. The first is the representative: of same-words
 * its first by key, of a star its centre, of part-of the part.
 */
struct idea_group {
	enum alike_level level;
	uint32_t score;
	enum verdict_kind verdict; /* that made the group; VERDICT_NONE: the words did */
	uint32_t *wordings;
	size_t count, room;
};

struct ideas {
	struct idea_group *groups; /* strongest level first, then by score */
	size_t count, room;
	size_t *clashes; /* verdicts, by their index, that others speak against */
	size_t clash_count, clash_room;
};

/*
 * Groups of identical and same-words wordings, stars of near ones (each near the
 * centre and not unlike any other member), and pairs of a lower level.
 * `times`: how often each wording stands in the notes; one that stands once and
 * alone makes no group. cost: near-linear in the pairs
 */
struct ideas ideas_of(struct arena *arena, const struct collection *collection,
		      const struct alike_pairs *pairs, const struct verdict *verdicts,
		      size_t verdict_count, const uint32_t *times);

#endif
