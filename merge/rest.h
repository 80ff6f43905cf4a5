/*
 * Whether merging a result again with either side leaves it, as people who are
 * one sync behind will do.
 */
#ifndef MERGE_REST_H
#define MERGE_REST_H

#include "merge/merge.h"

/*
 * Whether the result, or what merging it again gives, is good and rests: then `merged` is that.
 * Of large texts it is believed.
 */
bool settle_result(struct arena *arena, struct merge_input input, struct merged *merged);

#endif
