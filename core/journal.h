/*
 * What apply_changes() is in the middle of, kept in .git/atelier/journal so
 * that the next run can finish it.
 *
 * Invariant: the file is there from before the branch moves until files and
 * index have followed, and it is whole or not there at all.
 */
#ifndef CORE_JOURNAL_H
#define CORE_JOURNAL_H

#include "core/repo_object.h"
#include "core/worktree.h"

struct journal {
	struct str branch;
	struct object_id from, to;
	struct signature author; /* whose late saves would be */
	struct file_changes changes;
	bool is_of_this_boot; /* as read: the power has not failed since it was written */
};

err journal_write(struct arena *arena, const struct repo *repo,
		  const struct journal *journal) ERR_MUST_CHECK;
/*
 * out: `found`: false: nothing is to be finished. Of what was marked `was_marked` is set, and
 * where nothing was before, `from` is `to`.
 * errors: STATUS_IO: the file is there and is no whole journal.
 */
err journal_read(struct arena *arena, const struct repo *repo, struct journal *out,
		 bool *found) ERR_MUST_CHECK;
/*
 * What is to be at `path` is there now: what the next run finds there was made of that, and
 * where it is gone, a person took it away. To be said where what was displaced does not tell
 * it: nothing was, or it is about to be moved on. It need not last; after a power loss it is
 * not believed.
 */
void journal_mark_placed(const struct repo *repo, struct str path);
/* Nothing of it has happened. */
err journal_remove(const struct repo *repo) ERR_MUST_CHECK;
/* All of it has happened: what the files show now is remembered. */
err journal_close(const struct repo *repo) ERR_MUST_CHECK;
/* The files were found to show a version that plain git put here. */
err journal_show(struct arena *arena, const struct repo *repo, struct str branch,
		 struct object_id shown) ERR_MUST_CHECK;
/* The version whose files were last put here, recorded or found; none: not known. */
struct object_id journal_shown(struct arena *arena, const struct repo *repo);

#endif
