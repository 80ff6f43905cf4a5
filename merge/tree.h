/*
 * The merge of whole workshops: which file of one side is which of the other,
 * and what stands where in the end. Pure: versions in, files out.
 *
 * Invariants: exchanging `ours` and `theirs` gives the same files; an edit beats
 * a deletion; bytes that are no text and were changed by both are both kept.
 */
#ifndef MERGE_TREE_H
#define MERGE_TREE_H

#include "core/mode.h"
#include "core/object_id.h"
#include "merge/merge.h"

/* A file of one version. Equal ids mean equal bytes. */
struct version_file {
	struct str path;
	uint32_t mode; /* what is no plain file is carried, not merged */
	struct object_id id;
	struct str bytes; /* at NULL: not loaded, since all versions have this id at this path,
			     or since it is over a limit */
	bool made; /* written anew during a merge: no input has these bytes, `id` says nothing */
};

/* One version of everything: by path, each path once. */
struct version {
	struct version_file *files;
	size_t count;
};

struct merged_file {
	struct str path;
	uint32_t mode;
	struct object_id id; /* of an input, where `made` is false */
	bool made;	     /* the bytes are new, in `merge.text` */
	struct merged merge; /* where both sides had changed the text */
};

/* What happened to a file as a whole. */
enum tree_decision_kind {
	TREE_EDIT_KEPT,	   /* one side deleted what the other had changed: it stays */
	TREE_RENAMED,	   /* it stands under a side's new name, with the other's changes */
	TREE_BOTH_KEPT,	   /* both stand, the second under `other` */
	TREE_POINTS_MOVED, /* points stand where a side put them, from `other`, with the other
			      side's changes */
};

struct tree_decision {
	enum tree_decision_kind kind;
	struct str path, other;
};

struct merged_tree {
	struct merged_file *files; /* by path */
	size_t count;
	struct tree_decision *decisions; /* in order of path */
	size_t decision_count;
};

/* cost: near-linear in what differs between the versions. */
struct merged_tree merge_workshops(struct arena *arena, const struct version *base,
				   const struct version *ours, const struct version *theirs);

#endif
