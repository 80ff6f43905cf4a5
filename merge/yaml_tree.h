/*
 * The three-way merge of two lists, or of two maps, and of all below them.
 */
#ifndef MERGE_YAML_TREE_H
#define MERGE_YAML_TREE_H

#include "merge/yaml_values.h"

/*
 * Merges collections of one kind; `base` may be NULL.
 * out: the result; its plan is in the arena or one of the three, its text, and `loose`,
 *      comments that found no line in it, are in `passing`.
 */
struct made yaml_tree_merge(struct arena *arena, struct arena *passing, const struct meta *base,
			    const struct meta *ours, const struct meta *theirs,
			    struct lines *loose);

#endif
