/* Words that turn a sentence into its opposite, one in the place of the other. */
#ifndef MERGE_ALIKE_OPPOSED_H
#define MERGE_ALIKE_OPPOSED_H

#include <stdbool.h>
#include <stdint.h>

#include "core/str.h"

/* "possible" and "impossible", by their stems. */
bool stems_differ_by_prefix(struct str a, struct str b);

/* In which pairs of opposites ("augmenter", "baisser") a word is the one, or the other. */
struct poles {
	uint64_t one, other; /* a bit for each pair */
};

struct poles poles_of(struct str stem);
bool poles_are_opposed(struct poles a, struct poles b);

#endif
