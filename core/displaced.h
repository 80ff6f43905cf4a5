/*
 * Files that were replaced, and are kept in .git/atelier/aside until the next run: who
 * had looked one up by its name just before opens it only now, and writes to it. What is
 * written to it meanwhile is a late save, made on the text that it was displaced with.
 *
 * Invariant: one is dropped only once nothing more was written to it since it was put
 * there, nobody has it open for writing, and a run has passed; where the file system does
 * not tell who has a file open, a day.
 *
 * Its name there tells all of it: since when, the text of it that is recorded, the commit
 * that its writer saw, and the key of its path. So it is kept in one step, a rename.
 */
#ifndef CORE_DISPLACED_H
#define CORE_DISPLACED_H

#include "core/repo_object.h"

struct placing;

enum displaced_state {
	DISPLACED_QUIET,   /* nothing was written to it */
	DISPLACED_OPEN,	   /* somebody has it open for writing */
	DISPLACED_WRITTEN, /* there is a late save in it */
	DISPLACED_STUCK,   /* not to be read, over the limit, or what its writer saw is not here */
};

struct displaced {
	struct str path;	/* where it stood; empty: nobody asked, or it is not known */
	struct object_id holds; /* of its texts the one that is recorded, in commit `seen` */
	struct object_id seen;	/* which its writer saw */
	struct object_id saved; /* what is in it now; another than `holds`: a late save */
	struct str bytes;	/* of a late save */
	uint32_t mode;		/* MODE_FILE or MODE_PROGRAM */
	struct str name;	/* in .git/atelier/aside; empty: it is not kept there yet */
	enum displaced_state state;
};

struct displaced_files {
	struct displaced *files;
	size_t count, room;
};

/*
 * Keeps what worktree_put() or worktree_remove() displaced at file->path; where nothing was,
 * that is fine. worktree_settle() makes it last.
 * out: `kept`: false: git's folder is on another disk, and there is no place for it.
 */
err displaced_keep(struct arena *arena, const struct repo *repo, const struct displaced *file,
		   bool *kept) ERR_MUST_CHECK;

/*
 * Keeps what somebody saved at the path of `placing` while nothing stood there: a late save
 * made on no text, so that it takes none away.
 */
err displaced_keep_new(const struct placing *placing) ERR_MUST_CHECK;

/*
 * Looks at those of earlier runs, without waiting for anybody; nothing changes.
 * out: all of them, by path; stuck among them what a killed run displaced and no journal
 * tells of, unless its bytes are recorded.
 * cost: their bytes; a tree for each commit on whose text something was written.
 */
struct displaced_files displaced_look(struct arena *arena, const struct repo *repo);
/* The same, and drops those that are done with. The lock is held. out: those that are left */
struct displaced_files displaced_sweep(struct arena *arena, const struct repo *repo);
/* Is there a late save in any? */
bool displaced_is_written(const struct displaced_files *files);

/*
 * Records the late saves in `files` in the name of `author`, each on the commit that its
 * writer saw, or an older one that their editor still showed, under refs/atelier/late/
 * for the next union. `files` are by path; `now`: the commit whose texts are on disk.
 * out: of each `holds` and `seen` tell what is recorded now.
 * errors: the repository cannot be written; those that `holds` tells of are recorded.
 */
err displaced_record(struct arena *arena, struct repo *repo, struct displaced_files *files,
		     struct object_id now, const struct signature *author) ERR_MUST_CHECK;
/* Records those that were found so, and goes on keeping them. The lock is held. */
err displaced_take(struct arena *arena, struct repo *repo, struct displaced_files *files,
		   const struct signature *author) ERR_MUST_CHECK;

#endif
