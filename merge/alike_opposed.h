/* Words that turn a sentence into its opposite, one in the place of the other. */
#ifndef MERGE_ALIKE_OPPOSED_H
#define MERGE_ALIKE_OPPOSED_H

#include <stdbool.h>

#include "core/str.h"

/* "possible" and "impossible", "augmenter" and "baisser", "before" and "after"; by their stems. */
bool stems_are_opposed(struct str a, struct str b);

#endif
