/*
 * git's index: what plain git believes of the files. It is written by us in
 * git's own way, so that `git status` says what we did.
 *
 * Invariant: while index.lock is held plain git refuses to record.
 */
#ifndef CORE_REPO_INDEX_H
#define CORE_REPO_INDEX_H

#include "core/repo_object.h"
#include "core/worktree.h"

/* What the index knows of one file. */
struct index_entry {
	struct str path;
	struct object_id id;
	uint32_t mode;
	struct file_stamp stamp; /* its size 0: the text may be another than this stamp tells */
	bool left_alone;	 /* skip-worktree or assume-unchanged: its absence means nothing */
	bool reliable;		 /* an equal stamp on disk means equal bytes */
};

struct index_entries {
	struct index_entry *entries; /* by path */
	size_t count;
};

/* Has it been on disk since it is listed? Of what we could not put there nothing is known. */
static inline bool index_entry_was_there(const struct index_entry *entry)
{
	return entry->stamp.inode != 0 || entry->stamp.modified_seconds != 0;
}

/*
 * Reads it; a missing one, or a damaged one, gives no entries.
 * errors: STATUS_SETUP: it is sparse, split or of another kind that we cannot read: which
 * files are on disk is not known, and none may be taken for deleted.
 */
err repo_index_read(struct arena *arena, const struct repo *repo,
		    struct index_entries *out) ERR_MUST_CHECK;
/* The same for who only shows what is on disk: one that cannot be read gives no entries. */
struct index_entries repo_index_look(struct arena *arena, const struct repo *repo);
/* out: `damaged`: cut off, zeroes or no index at all; errors: as of repo_index_read() */
err repo_index_check(struct arena *arena, const struct repo *repo, bool *damaged) ERR_MUST_CHECK;
/* The entry at `path`, NULL: none. */
const struct index_entry *index_entry_find(const struct index_entries *index, struct str path);
/*
 * Was the file at `path` `id` when it had this stamp? Somebody may have saved in the
 * very moment after; only bytes that cannot be read otherwise are judged by it.
 */
bool index_has_seen(const struct index_entries *index, struct str path, struct object_id id,
		    const struct file_stamp *stamp);

/* Takes index.lock, waiting up to 3 s. errors: STATUS_BUSY. */
err repo_index_lock(const struct repo *repo) ERR_MUST_CHECK;
/*
 * Puts an index that holds the files of a tree in the place of the old one, and
 * gives index.lock back. Stamps come from `changes` and from the old index.
 */
err repo_index_replace(struct repo *repo, const struct tree_files *files,
		       const struct file_changes *changes) ERR_MUST_CHECK;
/* Gives index.lock back with the index as it was. */
void repo_index_unlock(const struct repo *repo);
/* Whether index.lock is one of ours: of a killed run, where the lock of the clone is held. */
bool repo_index_is_ours(const struct repo *repo);

/* Git's ignore files name this path. */
bool repo_ignores(const struct repo *repo, struct str path);
#endif
