/*
 * The two places of a file that is replaced: where it stands, and aside, where the
 * new one is made and what it displaced stays until its words are recorded. Aside is
 * .git/atelier/aside, or the file's own folder where git's is on another disk.
 *
 * Invariant: the name of a file aside follows from its path alone, so that the next
 * run finds what a killed one displaced.
 */
#ifndef CORE_WORKTREE_ASIDE_H
#define CORE_WORKTREE_ASIDE_H

#include "core/worktree.h"

/* A replacement under way: a new file beside, then in the place of, an old one. */
struct placing {
	struct arena *arena;
	struct str path;
	const char *name;      /* of the file in its folder */
	int folder;	       /* where it stands */
	int aside;	       /* where the new one is made: git's folder, else the same folder */
	const char *temporary; /* its name there while it is written */
	const char *ready;     /* its name once it is whole; then that of what it displaced */
	const char *second;    /* that of what was moved away before another was put there */
	int code;	       /* why the folder could not be opened */
	bool denied;	       /* what it holds may not be changed */
};

/* The folder of displaced files in git's own; it may not be there yet. */
const char *worktree_aside_path(struct arena *arena, const struct repo *repo);
/* What stands for a path in a name there, of one length for all. */
struct str aside_key(struct arena *arena, struct str path);
/* Is it the name of what was displaced, and not yet kept (core/displaced.h)? */
bool aside_is_displaced(struct str name);

/*
 * Opens both places of `path`; `placing` comes with its arena and path.
 * out: to be given to placing_close(), in any case.
 * errors: the file's folder (`code` tells why), or aside, cannot be opened; the names
 * are there, and so is aside where only the folder is missing.
 */
err placing_open(struct placing *placing, const struct repo *repo, bool make) ERR_MUST_CHECK;
/* Closes both; the files stay. */
void placing_close(struct placing *placing);
/* What errno says of the file. */
err placing_error(const struct placing *placing, const char *what) ERR_MUST_CHECK;

/*
 * Reads what was displaced, once nobody writes to it.
 * out: mode 0: nothing; `obstructed`: a link or a device; else as worktree_read().
 * errors: it cannot be read; `displaced` is then empty.
 */
err placing_read_displaced(const struct placing *placing,
			   struct saved_file *displaced) ERR_MUST_CHECK;
/* Takes away the folders above `path` that hold nothing any more, from the deepest. */
void worktree_remove_empty_folders(const struct repo *repo, struct str path);

#endif
