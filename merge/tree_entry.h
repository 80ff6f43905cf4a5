/*
 * One file of a merge of trees under way.
 */
#ifndef MERGE_TREE_ENTRY_H
#define MERGE_TREE_ENTRY_H

#include "merge/tree.h"

/* Where it stands in the end, and what each version has of it (NULL: nothing). */
struct tree_entry {
	struct str path;
	const struct version_file *base, *ours, *theirs;
};

/* Same bytes. */
bool version_file_equal(const struct version_file *a, const struct version_file *b);
bool version_file_is_text(const struct version_file *file);

#endif
