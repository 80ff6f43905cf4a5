/*
 * The link that a text opens with: people know a point or a paragraph by where it leads,
 * whatever else it says, if no other of the text leads there.
 *
 *     [Garden](https://garden.example) – who waters it        https://garden.example
 */
#ifndef MERGE_OPENING_H
#define MERGE_OPENING_H

#include "merge/piece.h"

/* out: where the link leads; empty: the text opens with none */
struct str opening_of(struct str text);

/*
 * Whether one piece of a side at most opens so.
 * cost: linear the first time that a side is asked.
 */
bool is_only_opening(struct arena *arena, struct side *side, struct str opening);

#endif
