/*
 * The second half of every recording: the branch moves to a commit, the files
 * and the index follow. It can be killed anywhere; apply_finish() ends it.
 *
 * Invariant: a file is replaced only in exchange for what was on disk, and what
 * was on disk and is not what the caller had seen is handed back as a late save,
 * never dropped.
 */
#ifndef CORE_APPLY_H
#define CORE_APPLY_H

#include "core/repo_index.h"
#include "core/repo_object.h"
#include "core/worktree.h"

/* What somebody saved after the file had been read; merged like any other version. */
struct late_saves {
	struct file_change *files; /* `to` holds what was saved */
	size_t count, room;
};

/*
 * Points the branch from `from` to `to` and makes the changes on disk.
 * `changes`: `from`: what the caller saw on disk; `to`: what belongs there now;
 * equal where the file is right already and only the index must follow.
 * out: saves that came meanwhile, written as objects.
 * errors: STATUS_BUSY where plain git or another program is recording: nothing was changed.
 */
err apply_changes(struct arena *arena, struct repo *repo, struct object_id from,
		  struct object_id to, const struct file_changes *changes,
		  struct late_saves *late) ERR_MUST_CHECK;

/* Finishes what a killed run had begun; nothing to finish is fine. `late` as above. */
err apply_finish(struct arena *arena, struct repo *repo, struct late_saves *late) ERR_MUST_CHECK;

#endif
