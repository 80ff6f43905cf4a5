/*
 * Whether a text passes for the result of a merge: what was merged, or a side that has all
 * of the other.
 *
 * Of a side that is asked again and again, with what is known by then:
 *
 *     find_holder()       by lines, before anything is merged
 *     absorb.h            by pieces, once there is a plan
 *     find_good_side()    by the judge, where the finest merge is refused
 *     ahead.h             by what merging gives, where it is not
 *     find_full_side()    by words alone, where no result rests
 */
#ifndef MERGE_PASS_H
#define MERGE_PASS_H

#include "merge/rung.h"
#include "merge/verify.h"

/*
 * The side that, seen by lines, holds every change of the other: 0 or 1, of two
 * the longer; -1. The texts may have been read or not.
 */
int find_holder(const struct texts *texts);

/*
 * The side that by itself passes for the merge of both, as the result of an earlier
 * merge does: 0 or 1; -1. Of two the shorter: what the longer has more, the other took out.
 * Asked for when the finest merge is refused, since a coarser one would say again what
 * that side already has.
 */
int find_good_side(struct arena *arena, struct verifier *verifier, const struct texts *texts);

/*
 * The side that has every word that the other added, though it may stand elsewhere:
 * 0 or 1, of two the one with more words; -1.
 */
int find_full_side(const struct texts *texts);

/* Whether the text is one of the sides as it is. */
bool is_side(struct merge_input input, struct str text);

/* What the verifier finds. A side that is the result speaks for itself. */
struct finding check_result(struct arena *arena, struct verifier *verifier, struct str text);

/*
 * Whether a text is refused since it lacks something, or has what nobody wrote:
 * that is worse than saying things twice.
 */
bool says_less(struct arena *arena, struct merge_input input, struct str text);

/* The same where a side has not been found to be the result, but may be. */
bool side_says_less(struct arena *arena, struct merge_input input, struct str text);

#endif
