/*
 * The files that people edit, read and replaced while they may be saving.
 *
 * Invariant: no symbolic link is followed below the root; a file is replaced in
 * one step, by one that is on the disk, and what it displaced is looked at once nobody writes to
 * it any more (a read lease; source: fcntl(2), F_SETLEASE).
 */
#ifndef CORE_WORKTREE_H
#define CORE_WORKTREE_H

#include "core/repo_object.h"

/* What the file system said about a file when it was read; equal stamps: not touched since. */
struct file_stamp {
	int64_t changed_seconds, modified_seconds;
	uint32_t changed_nanoseconds, modified_nanoseconds;
	uint32_t device, inode, owner, group;
	uint32_t size;
	bool is_fresh; /* who saved just after it was read may have left the same one */
};

bool file_stamp_equal(const struct file_stamp *a, const struct file_stamp *b);

/* A file as it is on disk. */
struct saved_file {
	struct str bytes;
	uint32_t mode; /* MODE_FILE or MODE_PROGRAM; 0: there is none, or it is no plain file */
	struct file_stamp stamp;
	bool being_written; /* somebody has it open for writing: no save yet, bytes are empty */
	bool over_limit;    /* larger than LIMIT_FILE_BYTES, not read */
	bool obstructed;    /* a folder, a link or a device stands there */
	bool denied;	    /* we may not change what its folder holds */
	bool unsure;	    /* there are no leases: nobody can tell whether somebody still writes */
};

/* Is it a plain file that nobody is writing, with these bytes? */
static inline bool saved_file_holds(const struct saved_file *file, struct object_id id)
{
	return file->mode != 0 && !file->being_written &&
	       object_id_equal(blob_id_of(file->bytes), id);
}

/*
 * Reads a file; somebody who has it open for writing is waited for, for 2 s.
 * errors: STATUS_CANNOT_CREATE where it may not be read; others: the disk does not read it.
 */
err worktree_read(struct arena *arena, const struct repo *repo, struct str path,
		  struct saved_file *out) ERR_MUST_CHECK;
/*
 * The same for who only shows it: as it is at this moment, whoever writes there.
 * out: no stamp
 */
err worktree_show(struct arena *arena, const struct repo *repo, struct str path,
		  struct saved_file *out) ERR_MUST_CHECK;

/*
 * Puts `bytes` at `path`, making folders as needed. What was displaced stays
 * beside until displaced_keep() or worktree_drop(), so that a kill cannot lose a
 * save that is in it.
 * out: what was displaced (mode 0: nothing). `obstructed`: nothing was done, a
 * folder or a link stands there; `denied`: nothing was done either; `being_written`, `over_limit`:
 * it was put back, and ours stays beside, with what somebody saved over it in that moment. stamp:
 * of the file that stands there now, zero where that is not ours.
 */
err worktree_put(struct arena *arena, const struct repo *repo, struct str path, struct str bytes,
		 uint32_t mode, struct saved_file *displaced) ERR_MUST_CHECK;
/* May `path` be replaced in its folder, or the one that it is to be made in be changed? */
bool worktree_may_change(const struct repo *repo, struct str path);
/* Takes a file away, and the folders that it leaves empty; `displaced` as above. */
err worktree_remove(struct arena *arena, const struct repo *repo, struct str path,
		    struct saved_file *displaced) ERR_MUST_CHECK;
/*
 * What a killed run displaced at `path` and did not drop; mode 0: nothing. Once that is
 * kept or dropped there may be another.
 */
err worktree_left(struct arena *arena, const struct repo *repo, struct str path,
		  struct saved_file *out) ERR_MUST_CHECK;
/* Was a run stopped that had taken what stood there away, and put nothing in its place yet? */
bool worktree_is_halfway(const struct repo *repo, struct str path);
/* Drops what was displaced at `path`: its words are recorded. */
err worktree_drop(struct arena *arena, const struct repo *repo, struct str path) ERR_MUST_CHECK;
/*
 * Makes all that was put, removed and kept last. It comes before a journal goes: what was
 * displaced, back under its first name with the power, would be taken for a save of then.
 */
err worktree_settle(const struct repo *repo) ERR_MUST_CHECK;

/* What the file system of the notes can do; where it cannot, a slower way keeps the same words. */
struct worktree_powers {
	bool exchanges;	  /* two files in one step (renameat2) */
	bool leases;	  /* tells who has a file open for writing (F_SETLEASE) */
	bool takes_names; /* that nothing else has, and no other (link, RENAME_NOREPLACE) */
	bool folds_names; /* upper and lower case are one */
};

/*
 * Tries them with files in git's own folder. For tests, the variable
 * ATELIER_WITHOUT (some of "exchange", "lease", "link", "noreplace") makes them lack everywhere.
 */
err worktree_try_powers(struct arena *arena, const struct repo *repo,
			struct worktree_powers *out) ERR_MUST_CHECK;

/* One file before and after; an id of none: it is not there. */
struct file_change {
	struct str path;
	struct object_id from, to;
	uint32_t from_mode, to_mode; /* from_mode 0: as to_mode */
	struct file_stamp stamp;     /* of `to` on disk, when it was read; zero: not known */
	bool carried;		     /* not to be on disk: the index is told to leave it alone */
	bool denied;		     /* so since its folder may not be changed */
	bool stays;		     /* `from` could not be displaced, now at least */
	bool was_marked;	     /* a killed run had put it there, and said so */
};

struct file_changes {
	struct file_change *files;
	size_t count, room;
};

/* Puts them in order by path. */
void file_changes_sort(struct file_changes *changes);
/* The one at `path`, NULL: none. cost: logarithmic */
const struct file_change *file_change_find(const struct file_changes *changes, struct str path);

/*
 * Makes what people saved last, which their programs need not do. It comes before that is
 * recorded: a disk on which a part of it is missing would seem to hold a later save.
 */
void worktree_settle_saved(const struct repo *repo, const struct file_changes *saved);

struct work_file {
	struct str path;
	uint32_t mode; /* as enum file_mode */
	struct file_stamp stamp;
	uint64_t size;
};

enum left_reason {
	LEFT_NAME,	 /* its name cannot be that of a file everywhere, or is too long or deep */
	LEFT_IGNORED,	 /* .gitignore and the like say so */
	LEFT_LINK,	 /* what a link leads to is not of this folder */
	LEFT_REPOSITORY, /* a repository of its own */
	LEFT_ALONE,	 /* git was told to leave it alone, and it has changed */
};

/* What stands in the folder and is not recorded: a person may think it is. */
struct left_out {
	struct str path; /* a folder's ends with '/' */
	enum left_reason reason;
};

struct work_files {
	struct work_file *files; /* by path */
	size_t count, room;
	struct left_out *left_out; /* files of odd names, notes, folders with notes; in any order */
	size_t left_count, left_room;
};

struct index_entries;

/*
 * All plain files below the root that may be recorded: not git's, not hidden, not ignored
 * unless `index` has them, no editor's temporary, of names that go everywhere; besides,
 * those that `known` has, whatever they are called. Folders that are repositories of their
 * own are left out.
 */
err worktree_list(struct arena *arena, const struct repo *repo, const struct tree_files *known,
		  const struct index_entries *index, struct work_files *out) ERR_MUST_CHECK;

#endif
