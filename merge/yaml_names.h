/*
 * What the items of a YAML list are called, so that one of two versions is known in
 * the other: by all that they say, by the keys that our own files tell things apart by,
 * and maps without those by what their list has but once.
 *
 *     - title: Bike repair    ours  date: 13, theirs  place: Town hall:
 *       date: 12              the same item, by its title
 *       place: Hall B
 */
#ifndef MERGE_YAML_NAMES_H
#define MERGE_YAML_NAMES_H

#include "core/meta.h"
#include "merge/merge_set.h"

/* Rounds of names for set_align(), the surest first. */
struct name_rounds {
	struct set_names *at;
	int count;
};

/* Lists of `arena`; NULL or what is no list has no items. */
struct name_rounds item_names(struct arena *arena, const struct meta *const lists[TEXTS]);

/* What the node says, as bytes that are equal for equal values, in brackets and sorted keys. */
struct str node_identity(struct arena *arena, const struct meta *node);

#endif
