/*
 * The files of a merge of trees: which of one version is which of another, and
 * where it stands in the end, by names and folders that either side renamed.
 */
#ifndef MERGE_TREE_ENTRY_H
#define MERGE_TREE_ENTRY_H

#include "merge/tree.h"

/* Where a file stands in the end, and what each version has of it (NULL: nothing). */
struct tree_entry {
	struct str path;
	const struct version_file *base, *ours, *theirs;
};

/* By path; files that began apart may share one, and are then neighbours. */
struct tree_entries {
	struct tree_entry *at;
	size_t count;
};

/* out: every file that any version has; borrows the versions */
struct tree_entries tree_entries_list(struct arena *arena, const struct version *base,
				      const struct version *ours, const struct version *theirs);

/* Text can be merged; anything else is one of a piece. */
bool bytes_are_text(struct str bytes);
/* Same bytes. */
bool version_file_equal(const struct version_file *a, const struct version_file *b);
bool version_file_is_text(const struct version_file *file);

#endif
