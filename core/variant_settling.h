/*
 * What settling sets whose wordings somebody deleted knows (core/variant_deleted.c), for
 * the part that knows again what was worded anew (core/variant_reworded.c).
 */
#ifndef CORE_VARIANT_SETTLING_H
#define CORE_VARIANT_SETTLING_H

#include "core/variant.h"

/* What the note has of a set, as far as there is room: all of it is nothing to settle. */
struct left {
	size_t *blocks; /* in document order, room for as many as there were */
	size_t count;
	bool doubted; /* it may be something else */
};

/* What a block of the note is, by the earlier one. */
struct origin {
	bool known; /* that one has it as well, with a label */
	size_t set; /* the number of the set whose wording it is, 0: none, or not sure */
};

struct settling {
	struct arena *arena;
	const struct doc *before, *doc;
	struct variant_sets sets; /* of the earlier note */
	const size_t *numbers;	  /* by block of it: variant_numbers() */
	struct variant_sets now;  /* of the note */
	struct origin *origins;	  /* by block of it */
	struct left *left;	  /* by set of the earlier note */
};

/* What the block says that a block stands under; at the top: nothing. */
struct key variant_parent_says(const struct doc *doc, size_t index);

/*
 * Adds wordings that the earlier note does not have to the `origins`, where they are of
 * a set that lost some: who deletes a wording may word the one that is left anew. Puts
 * sets in doubt that they may be of as well.
 */
void variant_find_reworded(struct settling *settling);

#endif
