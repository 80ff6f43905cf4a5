/*
 * What the counts and places of tokens say: whether a text has no more and no
 * less than the sides account for, and whether it holds every change of another.
 */
#ifndef MERGE_HOLD_H
#define MERGE_HOLD_H

#include "merge/tokens.h"

/* Whether the result has every word as often as the three texts can explain. */
bool words_account_for(struct str base, struct str ours, struct str theirs, struct str result);

/* Whether `whole` has every word that `other` has more often than the base, as often as it. */
bool words_reach(struct str base, struct str other, struct str whole);

/*
 * Whether `whole` already holds every change that `other` made to `base`: what
 * other added stands there, each run beside a neighbour that it has in other,
 * and what other deleted is not back. False where other changed nothing.
 */
bool tokens_hold(const struct tokens *base, const struct tokens *other, const struct tokens *whole);

/* Two texts beside their base, by lines; what all three begin and end with is left out. */
struct beside {
	struct arena *arena;
	struct tokens base, side[2];
	struct spans spans[2];
};

struct beside texts_beside(struct dictionary *words, struct str base, const struct str side[2]);

/*
 * Whether text `whole` of the two, 0 or 1, holds every change of the other,
 * stretch by stretch; a line that both changed is held where the merge of its
 * words gives what `whole` has.
 * cost: linear in what differs, for what bounded differences cost
 */
bool text_holds(const struct beside *texts, int whole);

#endif
