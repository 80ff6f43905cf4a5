/*
 * The link that a text opens with: people know a point or a paragraph by where it leads,
 * whatever else it says, if no other of the text leads there.
 *
 *     [Garden](https://garden.example) – who waters it        https://garden.example
 */
#ifndef MERGE_OPENING_H
#define MERGE_OPENING_H

#include "merge/piece.h"

/* The hashes of a link's name, its blanks and quotes aside, and place; 0: there is no link. */
struct link_hashes link_hashes_of(struct arena *arena, struct str text);

/* Whether each opens with a link of its own, by another name and to another place. */
static inline bool lead_elsewhere(struct link_hashes a, struct link_hashes b)
{
	return a.place && b.place && a.place != b.place && a.name != b.name;
}

/*
 * Whether no more than one piece of a side opens with a link to that place.
 * cost: linear the first time that a side is asked.
 */
bool is_only_link_to(struct arena *arena, struct side *side, uint64_t place);

#endif
