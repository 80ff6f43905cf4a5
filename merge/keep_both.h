/*
 * Two texts in one, by lines, where nothing finer holds.
 */
#ifndef MERGE_KEEP_BOTH_H
#define MERGE_KEEP_BOTH_H

#include "core/str.h"

/*
 * A text that holds both in order, what they have in common once. Where they
 * differ, the lines of `ours` come first.
 */
struct str keep_both(struct arena *arena, struct str ours, struct str theirs);

#endif
