/*
 * Whether a text already holds every change of another: what other added stands
 * there, where it stands in other, and what other took out is not back.
 */
#ifndef MERGE_HOLD_H
#define MERGE_HOLD_H

#include "merge/tokens.h"

/*
 * Whether `whole` already holds every change that `other` made to `base`, each
 * run that other added beside a neighbour that it has in other. False where other
 * changed nothing.
 */
bool tokens_hold(const struct tokens *base, const struct tokens *other, const struct tokens *whole);

/*
 * Whether `whole` has words that `other` took out or replaced just as the base had them:
 * no edit of theirs, for which they would have to stay.
 */
bool tokens_undo(const struct tokens *base, const struct tokens *other, const struct tokens *whole);

/*
 * Takes off three texts the whole lines that all begin or end with: most of what there is to
 * read. out: how many bytes in front
 */
size_t leave_middle(struct str texts[3]);

/* Two texts beside their base, by lines, without what leave_middle() takes off. */
struct beside {
	struct arena *arena;
	struct tokens base, side[2];
	struct spans spans[2];
};

/* Lives in the memory of the dictionary, which numbers the lines. */
struct beside texts_beside(struct dictionary *words, struct str base, const struct str side[2]);

/*
 * Whether text `whole` of the two, 0 or 1, holds every change of the other,
 * stretch by stretch; a line that both changed is held where the merge of its
 * words gives what `whole` has.
 * cost: linear in what differs, for what bounded differences cost
 */
bool text_holds(const struct beside *texts, int whole);

#endif
