/*
 * The first result that passes, of ever coarser ways to merge: as a whole, each
 * part by itself, and only then all of it in a coarser way.
 *
 * Invariant: it depends on the texts alone and never asks whether a side is ahead
 * (ahead.h) or whether it rests (rest.h), so that both can be asked of it.
 */
#ifndef MERGE_FIRST_H
#define MERGE_FIRST_H

#include "merge/parts.h"
#include "merge/pass.h"

/* How texts that were read are merged; `extent` is what they are: a whole note, or a part. */
typedef struct merged read_merge(struct arena *arena, const struct texts *texts,
				 struct merge_input input, enum extent extent);

/* out: the first that passes, else the best of what does not */
struct merged merge_first(struct arena *arena, const struct texts *texts, struct merge_input input,
			  enum extent extent);

/*
 * Reads texts and merges them: at once where that goes, else by `merge`; by lines where
 * they are no text.
 */
struct merged merge_unread(struct arena *arena, struct merge_input input, enum extent extent,
			   read_merge *merge);

/* Merges each part of texts by itself. out: false: there is nothing to cut at */
bool merge_parts(struct arena *arena, const struct texts *texts, struct merge_input input,
		 enum extent extent, read_merge *merge, struct merged *out);

/* The text of what `merge` gives, whatever the texts are: they are read only if need be. */
struct str merged_text(struct arena *arena, struct merge_input input, read_merge *merge);

/* Whether the texts are small enough to be merged a few times over, to see what that gives. */
bool can_merge_often(struct merge_input input);

/*
 * What needs no looking into: a side that only changed, or holds all of the other.
 * Texts that were not read yet have nothing to tell. out: false: it is none of that
 */
bool merge_at_once(struct arena *arena, const struct texts *texts, struct merged *out);

/* Bytes that are no text, or too much of it: by lines. */
struct merged merge_bytes(struct arena *arena, const struct texts *texts, struct merge_input input);

/* Lists what YAML of the result has in several versions that neither side had. */
void merged_tell_values(struct arena *arena, struct merge_input input, struct str yaml,
			struct merged *merged);

/*
 * A result with what it has to tell beside its own decisions; `refused` is why no
 * finer one was taken.
 */
struct merged merged_told(struct arena *arena, struct merge_input input, struct merged merged,
			  struct finding refused);

#endif
