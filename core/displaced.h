/*
 * Files that were replaced while nobody could tell whether somebody still wrote to
 * them: where the file system gives no leases, they are kept for a day in
 * .git/atelier/aside, and what is written to them meanwhile is taken in.
 *
 * Each has a second file, NAME.about, that tells where it stood, what it held
 * when it was looked at, and which version its writer saw.
 */
#ifndef CORE_DISPLACED_H
#define CORE_DISPLACED_H

#include "core/repo_object.h"

/* Begins to look after a file that worktree_put() kept under `name`. */
err displaced_keep(struct arena *arena, const struct repo *repo, struct str name, struct str path,
		   struct object_id holds, struct object_id seen) ERR_MUST_CHECK;
/* Is there any? */
bool displaced_waits(struct arena *arena, const struct repo *repo);
/*
 * Looks at all of them: what was written since becomes a late save of `author`;
 * those of more than a day ago go. The lock is held.
 */
err displaced_take(struct arena *arena, struct repo *repo,
		   const struct signature *author) ERR_MUST_CHECK;

#endif
