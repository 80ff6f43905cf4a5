/*
 * Texts that were not read yet: most need no more than a look, and what is no text
 * cannot be read.
 */
#ifndef MERGE_UNREAD_H
#define MERGE_UNREAD_H

#include "merge/parts.h"

/* How texts that were read are merged; `extent` is what they are: a whole note, or a part. */
typedef struct merged read_merge(struct arena *arena, const struct texts *texts,
				 enum extent extent);

/*
 * Reads texts and merges them: at once where a side alone changed or holds all of the
 * other, else by `merge`; by lines where they are no text.
 */
struct merged merge_unread(struct arena *arena, struct merge_input input, enum extent extent,
			   read_merge *merge);

/* The text alone of what that gives for whole texts: they are read only if need be. */
struct str merged_text(struct arena *arena, struct merge_input input, read_merge *merge);

/* Whether the texts are small enough to be merged a few times over, to see what that gives. */
bool can_merge_often(struct merge_input input);

#endif
