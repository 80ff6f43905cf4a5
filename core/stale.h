/*
 * Stale saves: an editor that still showed a text from before one or several
 * syncs has saved over what they brought in.
 *
 * Invariant: a save is taken for stale only when it lacks every line that the
 * syncs since the text it was made from brought in; a person who deletes one of
 * three means it, and one who was told that lines stayed and deletes them again
 * means it too.
 */
#ifndef CORE_STALE_H
#define CORE_STALE_H

#include "core/stale_log.h"
#include "core/worktree.h"

/* A save that belongs beside what is recorded, on the version that its writer saw. */
struct stale_save {
	struct str path;
	struct object_id saved;
	uint32_t mode;
	struct object_id seen;	 /* the commit whose text the editor showed */
	struct object_id commit; /* that holds the save; none: not recorded yet */
	struct str *stayed;	 /* lines that it lacks, and that stay */
	size_t stayed_count;
	struct str *gone; /* lines that it has, and that stay away: others had deleted them */
	size_t gone_count;
	bool shown; /* the file shows what became of it */
};

/*
 * Judges one save against the text that stands in `head` at its path.
 * out: `stale`; and then all of `out`, its commit only where that save waits already.
 * errors: the save, or what stands there, cannot be read.
 * cost: near-linear in the texts of up to STALE_VERSIONS versions.
 */
err stale_judge(struct arena *arena, const struct repo *repo, const struct stale_log *log,
		struct object_id head, const struct file_change *save, bool *stale,
		struct stale_save *out) ERR_MUST_CHECK;

#endif
