/*
 * Each side was matched to the base by itself; where the two say the same, they
 * are brought to say it of the same piece of the base.
 *
 * Invariant: partners stay one to one. Who is side 0 is a matter of content, so
 * that what is done to side 1 alone does not depend on who is who.
 */
#ifndef MERGE_AGREE_H
#define MERGE_AGREE_H

#include "merge/plan.h"

/* Whether the side has for the base's piece one that reads as the base does. */
bool agree_is_certain(const struct plan *plan, int s, int base);

/*
 * Takes a piece of side `s` for the base's that the other side, which says the same,
 * knows it as: rather that than what was taken for it, unless that reads as the
 * base does. out: whether it could be
 */
bool agree_adopt(struct plan *plan, int s, int piece, int base);

/*
 * Two equal pieces that were taken for different ones of the base, reworded: one
 * takes what the other is known as, if nothing there reads as the base does.
 * out: through `moved` the sides that changed
 */
void agree_on_base(struct plan *plan, const int piece[SIDES], bool moved[SIDES]);

/*
 * Of equal pieces the base has few and the sides many: which of them are the
 * base's is any one's guess, so side 1 is made to guess as side 0 did; `partners`
 * are the equal pieces of both. out: whether anything changed
 */
bool agree_guess_alike(struct plan *plan, const int *partners);

#endif
