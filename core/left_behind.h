/*
 * Files that the branch has left behind: it was moved by a program that did not touch the
 * files, as a push into this copy, `git fetch -u`, or another work tree on the same branch.
 * To compare them with what is recorded would take back what everybody wrote since.
 *
 * Invariant: as soon as git itself has brought one of the files that differ to where the
 * branch is, or was what moved it there in this folder, what is on disk is taken for a
 * person's.
 */
#ifndef CORE_LEFT_BEHIND_H
#define CORE_LEFT_BEHIND_H

#include "core/repo_index.h"
#include "core/repo_object.h"

/*
 * Is all that differs between the version whose files were last put here and `head`, a later
 * one, as it was in git's index? Or does that hold a version between the two, where plain git
 * had brought the files?
 * out: that version and its files; `shown` none: no, and `files` is untouched
 * cost: two trees, where the branch was moved by others than us; one for each version since
 */
err left_behind(struct arena *arena, const struct repo *repo, struct object_id head,
		const struct index_entries *index, struct object_id *shown,
		struct tree_files *files) ERR_MUST_CHECK;

/*
 * Has the branch left files behind by now? Who records on it then without first showing what
 * it holds would have them taken for saves.
 */
err left_behind_now(struct arena *arena, const struct repo *repo, bool *out) ERR_MUST_CHECK;

#endif
