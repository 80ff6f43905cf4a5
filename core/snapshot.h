/*
 * What people saved in the work tree becomes a commit in their name, bytes
 * exactly as saved, before anything else happens to it.
 *
 * Invariant: a file that could not be read whole, or that we may not write, is
 * taken as unchanged; never as deleted.
 */
#ifndef CORE_SNAPSHOT_H
#define CORE_SNAPSHOT_H

#include "core/repo_object.h"
#include "core/unplaced.h"
#include "core/worktree.h"

enum held_reason {
	HELD_MANY_GONE, /* more than half of a workshop's files, five at least */
	HELD_EMPTIED,	/* it had words and has none: a crashed editor, a full disk, lost power */
	HELD_FILLED_AGAIN, /* it had none, and others' words have been put there since */
	HELD_TOO_LARGE,	   /* over LIMIT_FILE_BYTES */
	HELD_SAME_NAME,	   /* its name is another's on some file systems */
	HELD_NOT_OURS,	   /* others have there what is never on disk: a link, or too large */
	HELD_KEPT_OUT,	 /* it changed while something else stood in its place, and is not there */
	HELD_OBSTRUCTED, /* a link, a folder or a device stands where it is recorded */
	HELD_IN_THE_WAY, /* it stands where a folder of recorded files is */
	HELD_FILTERED,	 /* git converts it by a filter, which is not ours to run */
	HELD_NAME,	 /* some machines take no such name, or it is too long or deep */
	HELD_UNPLACED,	 /* an older text, whose folder may not be changed */
	HELD_OLDER,	 /* such a text, which can be replaced by now */
	HELD_BEING_WRITTEN, /* an editor is in the middle of saving */
	HELD_UNREADABLE,    /* another person's, or the disk has a fault there */
	HELD_REASONS,	    /* how many there are */
};

struct held_file {
	struct str path;
	enum held_reason reason;
	struct object_id saved; /* HELD_EMPTIED: what is on disk */
};

struct snapshot {
	struct object_id head;	     /* what is recorded now; none: nothing yet */
	struct object_id shown;	     /* what the files are compared with where the branch has left
					them behind (core/left_behind.h); none: it has not */
	struct tree_files files;     /* of either; not `writable`: not on disk */
	struct file_changes changes; /* what was saved since; `from`: recorded, `to`: saved */
	struct held_file *held;	     /* not taken yet, by path */
	size_t held_count, held_room;
	struct left_out *left_out; /* not recorded as this copy is set up, by path: only told */
	size_t left_count, left_room;
	/* On disk in an older text, which is no save: what differs from it is among the changes,
	 * made on what its writer saw. */
	struct unplaced_files unplaced;
};

enum snapshot_option {
	SNAPSHOT_TAKE_HELD = 1, /* a person has confirmed what would be held back */
	SNAPSHOT_ONLY_LOOK = 2, /* nothing will be recorded: nothing is written to git either */
};

/* Compares the work tree with what is recorded. `options`: of enum snapshot_option. */
err snapshot_look(struct arena *arena, struct repo *repo, unsigned options,
		  struct snapshot *out) ERR_MUST_CHECK;
/* Records what snapshot_look() found; snapshot->head and ->files follow. The lock is held. */
err snapshot_record(struct arena *arena, struct repo *repo, const struct signature *author,
		    struct snapshot *snapshot) ERR_MUST_CHECK;

/*
 * Files of a tree after changes: those whose `to` is none are gone, others have `to`.
 * Both lists are by path.
 */
struct tree_files tree_files_with(struct arena *arena, const struct tree_files *files,
				  const struct file_changes *changes);
/*
 * Records a commit of a person's that has its tree, parents, names and message, no earlier
 * than its parents; signed where their git is set so and they wrote it themselves.
 * out: its id and time
 */
err record_by_person(struct arena *arena, struct repo *repo, struct commit *commit) ERR_MUST_CHECK;
/* Records `files` in the name of `author` on top of `parent` (none: nothing before it). */
err record_tree(struct arena *arena, struct repo *repo, const struct tree_files *files,
		struct object_id parent, const struct signature *author, struct str message,
		struct object_id *out) ERR_MUST_CHECK;

#endif
