/*
 * Sets of variants in a note: a run of neighbouring siblings of one kind that
 * are labelled 1, 2, 3…; a label anywhere else is ordinary text.
 */
#ifndef CORE_VARIANT_H
#define CORE_VARIANT_H

#include "core/doc.h"

struct variant_set {
	size_t *blocks; /* indexes of the wordings, in order */
	size_t count;	/* at least 2 */
};

struct variant_sets {
	struct variant_set *sets; /* in document order */
	size_t count;
};

/* All sets of a note. cost: linear */
struct variant_sets variant_sets_of(struct arena *arena, const struct doc *doc);

/* By block: the number of the set that it is a wording of, from 1; 0: none. cost: linear */
size_t *variant_numbers(struct arena *arena, const struct doc *doc);

/*
 * The note with only wording `kept` (from 0) of a set, without its label; what
 * stands below the last wording stays below it. Every other byte is as it was.
 */
struct str variant_settle(struct arena *arena, const struct doc *doc, const struct variant_set *set,
			  size_t kept);

/* The bytes of all wordings, one below the other, without their labels. */
struct str variant_unlabelled(struct arena *arena, const struct doc *doc,
			      const struct variant_set *set);
/* The note with `bytes` in the place of all wordings; what stands below them stays. */
struct str variant_settle_as(struct arena *arena, const struct doc *doc,
			     const struct variant_set *set, struct str bytes);

/* A wording's bytes with another label, 0: none. */
struct str variant_labelled(struct arena *arena, const struct block *block, uint32_t label);

#endif
