/*
 * Points that moved from one file of a workshop to another: relocate.h, for the
 * files of a merge of trees.
 */
#ifndef MERGE_TREE_POINTS_H
#define MERGE_TREE_POINTS_H

#include "merge/tree_entry.h"

/* Files of one workshop that are written anew together, or not at all. */
struct tree_group {
	size_t *entries; /* by number, rising */
	size_t count;
	struct tree_decision *decisions; /* one for each pair of files */
	size_t decision_count;
};

struct tree_points {
	struct tree_entry *entries; /* a copy, with the new texts */
	bool *touched;		    /* by entry: is in a group */
	struct tree_group *groups;
	size_t group_count, group_room;
};

struct tree_points tree_points_move(struct arena *arena, const struct tree_entry *entries,
				    size_t count);

#endif
