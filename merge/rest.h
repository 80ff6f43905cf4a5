/*
 * Whether merging a result again with either side leaves it, as people who are
 * one sync behind will do.
 *
 * What rests under the merge that is asked of rests under any finer one: the result is
 * one of its inputs then, and looked at no further.
 */
#ifndef MERGE_REST_H
#define MERGE_REST_H

#include "merge/unread.h"

/* Whether a text rests under `merge`. Of large ones it is believed. cost: that of two merges */
bool result_rests(struct arena *arena, struct merge_input input, read_merge *merge,
		  struct str text);

/*
 * Whether the result, or what merging it again gives, rests and says no less than
 * it has to: then `merged` is that.
 */
bool settle_result(struct arena *arena, struct merge_input input, read_merge *merge,
		   struct merged *merged);

#endif
