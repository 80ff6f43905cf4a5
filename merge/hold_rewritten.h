/*
 * Whether a text holds what another made of a stretch of lines although it has
 * rewritten some of them since: a line that both changed is held where the merge
 * of its words gives what the text has.
 */
#ifndef MERGE_HOLD_REWRITTEN_H
#define MERGE_HOLD_REWRITTEN_H

#include "merge/tokens.h"

/*
 * `lines` are base's, other's and whole's. Other's lines that the whole holds
 * rewritten become the whole's; their numbers are of one dictionary.
 * cost: a few merges of lines for each line that other changed
 */
bool holds_rewritten(struct arena *arena, struct tokens lines[3]);

#endif
