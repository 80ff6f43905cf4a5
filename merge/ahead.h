/*
 * A side that is ahead: it comes of an earlier merge of the other with something, as
 * where people who are one sync behind merge again.
 *
 * What the other changed is taken out of it, with the other's text as base. If what is
 * left, merged with the other, gives that side again, it holds all that the other
 * changed, wherever that stands by now; to merge them as strangers would say things twice.
 * Taking out may guess, since merging again proves it. Where that is not seen of blocks, it
 * may be of lines. And where merging gives the same lines, only in another order, a side
 * that moved some itself has them in order already.
 */
#ifndef MERGE_AHEAD_H
#define MERGE_AHEAD_H

#include "merge/unread.h"

/*
 * Whether both sides changed or took out one piece of the base, or added equal ones: where
 * they did not, none comes of the other.
 */
bool changed_the_same(const struct texts *texts);

/*
 * The side that is ahead, as far as `merge` tells, which gives `first` for the texts:
 * 0 or 1, of two the longer; -1.
 * cost: two merges for each side that may be ahead
 */
int find_ahead(struct arena *arena, const struct texts *texts, struct str first, read_merge *merge);

#endif
