/*
 * A side that is ahead: it comes of an earlier merge of the other with something, as
 * where people who are one sync behind merge again.
 *
 * What the other changed is taken out of it, with the other's text as base. If what is
 * left, merged with the other, gives that side again, it holds all that the other
 * changed, wherever that stands by now; to merge them as strangers would say things twice.
 */
#ifndef MERGE_AHEAD_H
#define MERGE_AHEAD_H

#include "merge/first.h"

/*
 * The first merge, unless a side is ahead: then that side.
 * cost: where a side may be ahead and the texts are small, two more merges for each such side
 */
struct merged merge_ahead(struct arena *arena, const struct texts *texts, struct merge_input input,
			  enum extent extent);

#endif
