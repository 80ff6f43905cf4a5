/*
 * Which points of one workshop's discussion say a part of another of its points,
 * or more than it.
 *
 * Invariant: the result depends on the wordings and the weights alone.
 */
#ifndef CMD_GATHER_PARTS_H
#define CMD_GATHER_PARTS_H

#include "merge/collection.h"

/* Wordings of one workshop. */
struct workshop_wordings {
	uint32_t *discussed, *others;
	size_t discussed_count, other_count;
};

/* What gather_parts() needs from one workshop to the next; zero-initialised. */
struct parts_work {
	struct part_posting *postings;
	size_t posting_count, posting_room;
	uint32_t *first;  /* by rank of a stem: its last posting + 1, 0: none */
	uint64_t *shared; /* by other: the weight of the stems that it shares */
	size_t shared_room;
};

/*
 * Adds pairs of one that is discussed (a) and one of the others (b), of the level
 * part-of or a surer one. Of those that share most with a, a few are compared.
 * cost: the lists of the stems within the workshop
 */
void gather_parts(struct arena *arena, struct parts_work *work, const struct collection *collection,
		  const struct workshop_wordings *wordings, struct alike_pairs *pairs);

#endif
