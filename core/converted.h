/*
 * Files whose bytes on disk are not those in git, by the wish of whoever set the
 * repository up: line ends of another system, ids that git fills in, filters (LFS),
 * encodings.
 *
 * Invariant: no filter is run, since those who share choose it; what only a filter
 * could read is neither recorded nor taken for a save.
 */
#ifndef CORE_CONVERTED_H
#define CORE_CONVERTED_H

#include "core/repo_object.h"
#include "core/worktree.h"

/*
 * Makes of a file's bytes on disk, in place, what git would keep of them. `file`: as
 * recorded, NULL: it is new.
 * out: `known`: false: only a filter could tell
 */
err converted_to_git(struct arena *arena, const struct repo *repo, const struct tree_file *file,
		     struct str path, struct str *bytes, bool *known) ERR_MUST_CHECK;

/*
 * For files that are on disk in another form, and otherwise as recorded: `from` becomes
 * what is on disk, so that it is exchanged for `to` and not taken for somebody's save.
 */
err converted_as_on_disk(struct arena *arena, const struct repo *repo,
			 struct file_changes *changes) ERR_MUST_CHECK;

/* Is one of the notes in `files` on disk in another form? */
err converted_has_notes(struct arena *arena, const struct repo *repo,
			const struct tree_files *files, bool *out) ERR_MUST_CHECK;

#endif
