/*
 * Commands that write notes themselves (new, import, add, choose): files and a
 * record of them, in the note-taker's name, in one step.
 */
#ifndef CORE_RECORD_H
#define CORE_RECORD_H

#include "core/displaced.h"
#include "core/lock.h"
#include "core/repo_object.h"

struct recorded_file {
	struct str path;  /* from the repository's root */
	struct str bytes; /* what it shall hold */
	struct str seen;  /* what the caller read from it; `at` NULL: it was not there */
	bool remove;	  /* it shall be gone instead */
};

/* Files that change together, and how that is recorded. */
struct recording {
	const struct recorded_file *files;
	size_t count;
	const struct signature *author;
	struct str message; /* one line, in the language of the notes */
};

/*
 * Writes files to the work tree and records them at once. Takes the lock itself.
 * What a person saved in one of these files since it was read is not
 * overwritten: the call fails and nothing has changed.
 * out: the commit, may be NULL.
 * errors: STATUS_BUSY: a file changed meanwhile, or another program records: read again, try again.
 */
err record_files(struct arena *arena, struct repo *repo, const struct recording *recording,
		 struct object_id *out) ERR_MUST_CHECK;

/* Where the lock of this clone is, for lock_take(). */
const char *record_lock_path(struct arena *arena, const struct repo *repo);
/* What is said, without advice, where a file holds something else by now. */
err record_outrun(struct str path) ERR_MUST_CHECK;
/* What is said where the folder of a file may not be written to; nothing has changed. */
err record_denied(struct str path) ERR_MUST_CHECK;
/* errors: STATUS_BUSY while plain git merges, rebases or shows an older state. */
err record_may_begin(struct arena *arena, const struct repo *repo) ERR_MUST_CHECK;
/*
 * What comes before anything is recorded: locks the clone, mends what a kill or a power cut
 * left, and finishes what earlier runs had begun.
 * out: `lock`: to be released, after a failure too; `displaced`: files that earlier runs had
 * replaced; where one is written to, displaced_take() is to be called before any is replaced.
 * errors: STATUS_BUSY: as of record_may_begin(), or somebody else has the lock.
 */
err record_begin(struct arena *arena, struct repo *repo, struct lock *lock,
		 struct displaced_files *displaced) ERR_MUST_CHECK;

#endif
