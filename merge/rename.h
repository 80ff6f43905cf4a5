/*
 * Which file of a version is which of the base, where names have changed.
 *
 * Invariant: each file is matched at most once, and the result depends on
 * nothing but the two versions.
 */
#ifndef MERGE_RENAME_H
#define MERGE_RENAME_H

#include "merge/tree.h"

enum { NOT_MATCHED = -1 };

struct folder_rename {
	struct str from, to;
};

struct file_matching {
	int *of_base;		       /* by base file: the side's file, or NOT_MATCHED */
	int *of_side;		       /* by the side's file: the base's, or NOT_MATCHED */
	struct folder_rename *folders; /* renamed as a whole, by `from` */
	size_t folder_count;
};

/*
 * By path; then by equal bytes; then by the share of equal lines, best first.
 * A folder is renamed when nothing of it is left and its workshop.yml, or more
 * than half of its files, are found in one new folder.
 * cost: files that came times files that went, bounded; beyond, only equal bytes count.
 */
struct file_matching match_files(struct arena *arena, const struct version *base,
				 const struct version *side);
/* The new name of a folder that was renamed, or the folder. */
struct str renamed_folder(const struct file_matching *matching, struct str folder);

#endif
