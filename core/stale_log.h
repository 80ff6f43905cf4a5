/*
 * What syncs wrote into people's files, kept in .git/atelier/versions: an
 * editor may go on showing any of these texts.
 *
 * Invariant: lines are only added, each batch durably and before the files
 * change; a line cut off by a power failure is passed over.
 */
#ifndef CORE_STALE_LOG_H
#define CORE_STALE_LOG_H

#include "core/hash.h"
#include "core/repo_object.h"

/* Versions of one file that are remembered. */
enum { STALE_VERSIONS = 16 };

/* A sync replaced one text of a file by another; each belongs to a commit that holds it. */
struct stale_step {
	struct str path;
	struct object_id from_commit, from;
	struct object_id to_commit, to;
};

/* A line of which a person was told that it stayed, though a save of theirs lacked it. */
struct stale_told {
	struct str path;
	struct key line;
};

struct stale_log {
	struct stale_step *steps; /* the latest last */
	size_t step_count, step_room;
	struct stale_told *told;
	size_t told_count, told_room;
	/* Saves that no union has taken in yet, as stale_divert() finds them: late_list() */
	struct reference *waiting;
	size_t waiting_count;
};

/* No log yet is an empty one. cost: linear in the log, which is kept below some 4 MiB */
err stale_log_read(struct arena *arena, const struct repo *repo,
		   struct stale_log *out) ERR_MUST_CHECK;
/* Adds steps; those from or to an absent file are left out. */
err stale_log_add(struct arena *arena, const struct repo *repo, const struct stale_step *steps,
		  size_t count) ERR_MUST_CHECK;
/* Remembers lines of `path` that were told. */
err stale_log_tell(struct arena *arena, const struct repo *repo, struct str path,
		   const struct str *lines, size_t count) ERR_MUST_CHECK;
/* Forgets them: an ordinary save of that file has been taken since. */
err stale_log_forget(struct arena *arena, const struct repo *repo, struct str path) ERR_MUST_CHECK;

#endif
