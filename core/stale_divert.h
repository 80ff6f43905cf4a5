/*
 * What becomes of stale saves: they are taken out of what is recorded on the
 * branch, and recorded beside it, where the next union takes them in.
 *
 * Invariant: each save stays a change or becomes a stale save, never both and
 * never neither, and is recorded byte for byte. Lines that the same person pasted
 * into another file are not missed: a point cut here and pasted there is no stale
 * save.
 */
#ifndef CORE_STALE_DIVERT_H
#define CORE_STALE_DIVERT_H

#include "core/stale.h"

struct stale_saves {
	struct stale_save *saves; /* by path */
	size_t count, room;
};

/*
 * Moves the stale ones from `changes` (from: in `head`, to: as saved) to `out`.
 * out: `changes`: those that are left, by path; `out`: with those of this call behind;
 * `log`: what waits by now.
 * errors: a text cannot be read; `changes` and `out` are then of no use.
 * cost: stale_judge() of each; where one is stale, all changes are read once, and each of
 * its lines is looked for in all of them.
 */
err stale_divert(struct arena *arena, const struct repo *repo, struct stale_log *log,
		 struct object_id head, struct file_changes *changes,
		 struct stale_saves *out) ERR_MUST_CHECK;

/*
 * Records stale saves byte for byte, each on the commit it was made from, under
 * refs/atelier/late/ for the next union to take in.
 * out: the commit of each; those that have one are left as they are.
 * errors: the repository cannot be written; saves that have a commit by then are recorded.
 * cost: one commit for each version that saves were made from.
 */
err stale_record(struct arena *arena, struct repo *repo, struct stale_saves *saves,
		 const struct signature *author) ERR_MUST_CHECK;

#endif
