/*
 * Items of a YAML list that a side gave another name, known by where they stand and by
 * what else they say: no name that they have is left to know them by.
 *
 *     - time: 10:00      ours  time: 10:30, theirs  title: Seeds and soil:
 *       title: Seeds     the same item, in its place
 */
#ifndef MERGE_YAML_RENAMED_H
#define MERGE_YAML_RENAMED_H

#include "core/meta.h"
#include "merge/merge_set.h"

/*
 * Gives what set_align_base() left of the items of `lists` the ids of what it left of the
 * base's; what is no list has no items.
 */
void renamed_align(const struct meta *const lists[TEXTS], struct set_side set[TEXTS]);

#endif
