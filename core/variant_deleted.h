/*
 * Who deletes wordings in an editor settles a set: what is left says by itself that it
 * is no longer one of as many.
 *
 * Invariant: a label that somebody may have typed as text stays, and so does one that may
 * be of either of two sets.
 */
#ifndef CORE_VARIANT_DELETED_H
#define CORE_VARIANT_DELETED_H

#include "core/doc.h"

/*
 * `doc`, in which somebody deleted wordings of sets that `before` has: one that is left
 * alone, be it worded anew, without its label, of several the labels 1, 2, 3… again.
 * cost: n log n in the blocks that carry a label
 * out: the source where there is nothing of the kind
 */
struct str variant_settle_deleted(struct arena *arena, const struct doc *before,
				  const struct doc *doc);

#endif
