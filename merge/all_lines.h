/*
 * The lines of both sides, all that nobody took out: the last way to merge, which rests.
 *
 * Invariant: of two texts that are not equal one at most holds the other, as lines_hold()
 * says. What all_lines() gives holds each side that added something, and so is known again
 * where merging it with that side would say more; that it rests is looked at all the same.
 */
#ifndef MERGE_ALL_LINES_H
#define MERGE_ALL_LINES_H

#include "core/arena.h"
#include "core/str.h"

/*
 * Whether every line that `other` has more often than the base stands in the whole as often,
 * each that it has less often in the whole no more often than there, unless it was written
 * anew, and all in the order of `other`, with the blank lines that it put before them.
 * cost: linear
 */
bool lines_hold(struct str base, struct str other, struct str whole);

/*
 * Whether the whole has the same lines as `merged`, its merge with `other`, be it in another
 * order, and other has not.
 * cost: linear
 */
bool lines_reordered(struct str other, struct str whole, struct str merged);

/*
 * Both sides, line by line: what they have in common once, else what a side has more
 * behind what the other has. Of what one took out and nobody wrote anew, no more than it left.
 */
struct str all_lines(struct arena *arena, struct str base, struct str ours, struct str theirs);

#endif
