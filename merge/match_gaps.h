/*
 * What became of the pieces between two that are known: reworded ones, in their order.
 */
#ifndef MERGE_MATCH_GAPS_H
#define MERGE_MATCH_GAPS_H

#include "merge/match.h"

/* Joins in each gap between joined neighbours the pieces that go together best. */
void join_gaps(struct match_input *input, struct matching *matching);

/* Joins what has no partner to what stands in its place, however unlike. */
void join_by_place(struct match_input *input, struct matching *matching);

#endif
