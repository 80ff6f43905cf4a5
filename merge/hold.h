/*
 * What the counts and places of tokens say: whether a text has no more and no
 * less than the sides account for, and whether it holds every change of another.
 */
#ifndef MERGE_HOLD_H
#define MERGE_HOLD_H

#include "merge/tokens.h"

/* Whether the result has every token as often as the three texts can explain. */
bool tokens_account_for(struct arena *arena, const struct tokens *base, const struct tokens *ours,
			const struct tokens *theirs, const struct tokens *result);

/*
 * Whether `whole` already holds every change that `other` made to `base`: what
 * other added stands there, each run beside a neighbour that it has in other,
 * and what other deleted is not back. False where other changed nothing.
 */
bool tokens_hold(struct arena *arena, const struct tokens *base, const struct tokens *other,
		 const struct tokens *whole);

/*
 * The same for two texts by lines, stretch by stretch; a line that both changed
 * is held where the merge of its words gives what `whole` has.
 * cost: linear in what differs, for what bounded differences cost
 */
bool text_holds(struct dictionary *words, struct str base, struct str other, struct str whole);

#endif
