/*
 * The second half of every recording: the branch moves to a commit, the files
 * and the index follow. It can be killed anywhere; apply_finish() ends it.
 *
 * Invariant: a file is replaced only in exchange for what was on disk, and what
 * was on disk and is not what the caller had seen is recorded as a late save,
 * never dropped.
 */
#ifndef CORE_APPLY_H
#define CORE_APPLY_H

#include "core/repo_index.h"
#include "core/repo_object.h"
#include "core/worktree.h"

/*
 * Points the branch from `from` to `to` and makes the changes on disk.
 * `changes`: `from`: what the caller saw on disk; `to`: what belongs there now;
 * equal where the file is right already and only the index must follow.
 * What somebody saved meanwhile becomes a commit of `author` on top of `from`,
 * under refs/atelier/late/, for the next sync to merge.
 * errors: STATUS_BUSY where plain git or another program is recording: nothing
 * was changed; after any other the next run finishes.
 */
err apply_changes(struct arena *arena, struct repo *repo, struct object_id from,
		  struct object_id to, struct file_changes *changes,
		  const struct signature *author) ERR_MUST_CHECK;

/*
 * Finishes what a killed run had begun; nothing to finish is fine. The lock is held, and
 * plain git is at rest on a branch (record_may_begin()).
 */
err apply_finish(struct arena *arena, struct repo *repo) ERR_MUST_CHECK;

#endif
