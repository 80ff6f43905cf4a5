/*
 * What several versions become together: the pure merge of merge/tree.h, fed
 * from git and written back as a commit.
 *
 * Invariant: the commit depends on the heads alone; two machines that unite the
 * same heads make the same id.
 */
#ifndef CMD_SYNC_PLAN_H
#define CMD_SYNC_PLAN_H

#include "core/repo_object.h"
#include "core/worktree.h"
#include "merge/tree.h"

/* The version of the merge's results; a commit that holds a newer one is not merged here. */
enum { MERGE_VERSION = 1 };

/* What a merge decided about one file. */
struct plan_note {
	struct str path;
	struct merged merge; /* decisions within its text */
};

struct plan {
	struct object_id result; /* a commit; one of the heads where it holds the others */
	struct plan_note *notes; /* of the merges made here, by path in each */
	size_t note_count, note_room;
	struct tree_decision *decisions; /* about whole files */
	size_t decision_count, decision_room;
	bool unrelated; /* two heads had nothing in common */
};

/*
 * Unites heads, at least one, in order of id. Writes objects, moves nothing.
 * out: what was decided comes behind what `out` tells of earlier unions; zeroed: there is none
 */
err plan_union(struct arena *arena, struct repo *repo, const struct object_id *heads, size_t count,
	       struct plan *out) ERR_MUST_CHECK;

/* The tree of `ours` and `theirs` merged from a base that is told. */
err plan_onto(struct arena *arena, struct repo *repo, struct object_id base, struct object_id ours,
	      struct object_id theirs, struct object_id *out) ERR_MUST_CHECK;

/* The files that differ between what is on disk and what belongs there. */
struct file_changes plan_changes(struct arena *arena, const struct tree_files *before,
				 const struct tree_files *after);

#endif
