/*
 * Whether merging a result again with either side leaves it, as people who are
 * one sync behind will do.
 *
 * That is looked for with a `merge` which does not ask for it in turn: see ladder.h. What it
 * leaves, the merge that asks leaves as well: that begins with the other one, and looks no
 * further at a result that is one of its inputs.
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
