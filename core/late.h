/*
 * Saves that came while files were being replaced, or from an editor that showed
 * an older text: commits under refs/atelier/late/, on the version that their
 * writer saw, until the next union takes them in.
 */
#ifndef CORE_LATE_H
#define CORE_LATE_H

#include "core/repo_object.h"
#include "core/worktree.h"

/*
 * Records `saved` (`to` of each, by path) on top of `seen` (none: of nothing).
 * out: the commit.
 * errors: STATUS_IO: `seen` is missing; STATUS_BUSY and others: it cannot be written. None
 * waits then that did not before.
 */
err late_record(struct arena *arena, struct repo *repo, struct object_id seen,
		const struct file_changes *saved, const struct signature *author,
		struct object_id *out) ERR_MUST_CHECK;
/* Lets a commit that holds words of this clone's people wait like them. */
err late_keep(struct repo *repo, struct object_id commit) ERR_MUST_CHECK;
/*
 * Those that wait for the branch that is written on, by name: one that was made from what
 * only other local branches hold waits for them.
 * errors: STATUS_IO: the references cannot be read; `out` is untouched.
 */
err late_list(struct arena *arena, const struct repo *repo, struct reference **out,
	      size_t *count) ERR_MUST_CHECK;
/*
 * The names of the other local branches that some wait for, each once: of those that hold what
 * a save was made from the first.
 */
err late_branches(struct arena *arena, const struct repo *repo, struct str **out,
		  size_t *count) ERR_MUST_CHECK;
/*
 * Is a version in a history that was given up for a rewritten one, and not in `head`? What
 * was made from it is a change of what there is now; merged as it is it would bring all back.
 * cost: none where `head` holds it
 */
bool late_is_of_former(struct arena *arena, const struct repo *repo, struct object_id head,
		       struct object_id version);
/* Drops the names of those that `head` holds now. errors: some of them are left. */
err late_drop(struct arena *arena, struct repo *repo, struct object_id head) ERR_MUST_CHECK;

#endif
