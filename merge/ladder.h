/*
 * Which result is taken: of ever coarser ways to merge, the first that holds.
 *
 *     1  as a whole           pieces known by what they are like, words merged; what a side
 *                             cut into other blocks is cut so in all (recut.h), or else is not
 *     2  a side               it has all of the other, as what comes of an earlier merge
 *                             has: a coarser way would say it again
 *     3  each part by itself  what was refused spoils no more than its section, or the
 *                             stretch between two pieces that nobody changed
 *     4  words not merged     two wordings of what both reworded
 *     5  nothing alike        only what is equal is the same
 *     6  by lines             what both changed stands one behind the other, front matter
 *                             by key
 *     7  parts, though refused, if they lack nothing and have nothing that nobody wrote
 *     8  both texts           what they have in common once; nothing can be lost
 *
 * Where likeness tells nothing (few_words.h), way 5 is the first. Large texts which both wrote
 * anew (anew.h) are two texts, and stand so.
 *
 * What holds is asked twice. A sound result is one that the judge (verify.h) lets pass. Of
 * small texts more is asked: that merging the result again with either side leaves it
 * (rest.h), as people who are one sync behind will do. Where the sound one does not rest,
 * what merging it again gives may; else ways 3 to 6 are gone through once more, for the
 * first that lacks nothing and rests. None of these may say more than the sound one. The last
 * way says more, as little as there is: of the lines of both sides, which are known again
 * where they are merged with one (all_lines.h), and of what rested but was refused for that.
 * Where nothing rests, a side may stand for the sound one that, as far as counts tell, has
 * every word which the other added and none that it took out, if that says some twice. Else
 * the sound one stands: rather that than a result that undoes what somebody did.
 *
 * Invariant: to ask whether a result rests is to merge, and must come to an end. So the
 * sound merge asks the judge alone, the merge that rest.h looks with asks as well whether
 * a side is ahead (ahead.h), and only the merge of a note asks whether it rests.
 */
#ifndef MERGE_LADDER_H
#define MERGE_LADDER_H

#include "merge/unread.h"

/* The result for texts that were read: one that rests, if there is one. */
struct merged merge_note(struct arena *arena, const struct texts *texts, enum extent extent);

#endif
