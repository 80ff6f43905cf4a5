/* What the files of the collection share: reading, the join of all, finding one. */
#ifndef MERGE_COLLECTION_INSIDE_H
#define MERGE_COLLECTION_INSIDE_H

#include "merge/collection.h"

/* Writes the ranks of a text's content stems, each once, rarest first. out: how many */
uint32_t collected_stems(const struct collection *collection, struct alike_text text,
			 uint32_t *stems);

/*
 * Whether two texts share so much that they may be alike at that level: slips
 * of the pen in between are allowed for.
 */
bool may_be_alike(const struct collection *collection, const struct collected *a,
		  const struct collected *b, enum alike_level least);

/* For each wording the key of its words, stems and their weights: all that comparing looks at. */
struct key *weighed_keys(struct arena *arena, const struct collection *collection);

/* The lists of heads by stem, for finding one text. */
struct postings;

#endif
