/*
 * What could not be put in its place: files that others changed or deleted while nobody
 * here could replace them, kept in .git/atelier/unplaced. Their older text stays on disk
 * until a later run can.
 *
 * Invariant: that text is no save; what a person makes of it is one on the commit that
 * they saw.
 */
#ifndef CORE_UNPLACED_H
#define CORE_UNPLACED_H

#include "core/repo_object.h"

struct unplaced {
	struct str path;
	struct object_id holds; /* the text on disk, */
	struct object_id seen;	/* which was made by this commit, or stood in it */
	uint32_t mode;		/* of it on disk; 0: not looked at */
	bool is_settled;	/* it is gone, or as recorded, by now */
};

struct unplaced_files {
	struct unplaced *files;
	size_t count, room;
};

/* None yet is an empty list. */
err unplaced_read(struct arena *arena, const struct repo *repo,
		  struct unplaced_files *out) ERR_MUST_CHECK;
/* Keeps them, but for those that are settled. */
err unplaced_write(struct arena *arena, const struct repo *repo,
		   const struct unplaced_files *files) ERR_MUST_CHECK;
/* The one at `path`, NULL: none. */
struct unplaced *unplaced_find(const struct unplaced_files *files, struct str path);
/* Puts it in the place of what the list has at its path. */
void unplaced_set(struct arena *arena, struct unplaced_files *files, struct unplaced file);

/*
 * The latest version in front of `from` that has no note at `path`.
 * out: left as it is where all have one
 */
err unplaced_unseen(struct arena *arena, const struct repo *repo, struct object_id from,
		    struct str path, struct object_id *out) ERR_MUST_CHECK;

#endif
