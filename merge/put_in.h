/*
 * What both sides put in at one place is one thing, though one of them changed what stands
 * beside it:
 *
 *     base     a b c        ours   a n b c        theirs   a n x c
 *
 * Each put in n; b is theirs to change.
 */
#ifndef MERGE_PUT_IN_H
#define MERGE_PUT_IN_H

#include "merge/stretches.h"

/* Makes such additions changes of their own in both sides' spans. */
void part_same_additions(struct arena *arena, struct three *three);

#endif
