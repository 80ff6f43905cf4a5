/*
 * Large texts that both sides wrote anew: two texts, which have nothing to do with each other.
 */
#ifndef MERGE_ANEW_H
#define MERGE_ANEW_H

#include "merge/rung.h"

/*
 * Whether the sides have hardly a block of the base any more, and of the passages of one text
 * hardly any stands in another.
 * cost: linear, where it is not plain at once that it is not so
 */
bool wrote_anew(const struct texts *texts);

/* Both texts, one below the other. */
struct str anew_both(struct arena *arena, struct str ours, struct str theirs);

#endif
