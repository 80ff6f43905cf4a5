#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/displaced.h"
#include "core/file.h"
#include "core/message.h"
#include "core/worktree_aside.h"
#include "core/worktree_private.h"

enum { MOST_TRIES = 100 };

/* The old file's permissions, but for the right to run it; else what a new file would get. */
static mode_t permissions(const struct placing *placing, uint32_t mode)
{
	struct stat old;
	mode_t mask = umask(022), wanted;

	umask(mask);
	wanted = 0666 & ~mask;
	if (fstatat(placing->folder, placing->name, &old, AT_SYMLINK_NOFOLLOW) == 0 &&
	    S_ISREG(old.st_mode))
		wanted = old.st_mode & 0666;
	return mode & 0100 ? wanted | (wanted & 0444) >> 2 : wanted;
}

static bool is_denied(int code)
{
	return code == EACCES || code == EPERM;
}

/* What errno says of a change of the file's own folder. */
static err folder_error(struct placing *placing, const char *what)
{
	placing->denied = is_denied(errno);
	return placing_error(placing, what);
}

/* Where the folder may not be changed nothing has happened there; that is no failure. */
static err take_denial(const struct placing *placing, err e, struct saved_file *displaced)
{
	if (!e || !placing->denied)
		return e;
	*displaced = (struct saved_file){.denied = true};
	err_free(e);
	return NULL;
}

/* out: the descriptor of the new file, on the disk under its temporary name. */
static err write_aside(struct placing *placing, struct str bytes, uint32_t mode, int *out)
{
	int descriptor = openat(placing->aside, placing->temporary,
				O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	err e;

	if (descriptor < 0 && placing->aside == placing->folder)
		return folder_error(placing, _("cannot create"));
	if (descriptor < 0)
		return placing_error(placing, _("cannot create"));
	e = file_write_open(descriptor, str_c(placing->arena, placing->path), bytes);
	if (!e &&
	    (fchmod(descriptor, permissions(placing, mode)) < 0 || fsync(descriptor) < 0 ||
	     renameat(placing->aside, placing->temporary, placing->aside, placing->ready) < 0))
		e = placing_error(placing, _("cannot write"));
	if (e) {
		close(descriptor);
		/* On a full disk nothing is to stay of what found no room. */
		unlinkat(placing->aside, placing->temporary, 0);
		return e;
	}
	*out = descriptor;
	return NULL;
}

static int exchange(const struct placing *placing, unsigned flags)
{
	if (worktree_is_without("exchange")) {
		errno = EINVAL;
		return -1;
	}
	return renameat2(placing->aside, placing->ready, placing->folder, placing->name, flags);
}

static bool cannot_exchange(void)
{
	return errno == EINVAL || errno == ENOSYS;
}

/* A folder is not moved away, and on some file systems nothing takes a name safely. */
static bool may_take_name(const struct placing *placing)
{
	struct stat status;

	if (fstatat(placing->folder, placing->name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
	    S_ISDIR(status.st_mode)) {
		errno = EISDIR;
		return false;
	}
	return worktree_take_name(placing->aside, placing->ready, placing->aside,
				  placing->temporary) == 0 &&
	       renameat(placing->aside, placing->temporary, placing->aside, placing->ready) == 0 &&
	       (unlinkat(placing->aside, placing->temporary, 0) == 0 || errno == ENOENT);
}

/* Gives what is aside the file's own name, where nothing has it. */
static bool take_place(const struct placing *placing, const char *aside)
{
	return worktree_take_name(placing->aside, aside, placing->folder, placing->name) == 0 &&
	       (unlinkat(placing->aside, aside, 0) == 0 || errno == ENOENT);
}

/* Puts what is ready where nothing stands; what was saved there in between is kept beside. */
static bool put_where_nothing_is(const struct placing *placing)
{
	for (int i = 0; i < MOST_TRIES; i++) {
		if (take_place(placing, placing->ready))
			return true;
		if (errno != EEXIST || placing->aside == placing->folder)
			return false;
		err_free(displaced_keep_new(placing));
	}
	return false;
}

/*
 * Where the file system cannot exchange: what stands there is moved aside, and what is
 * ready takes its name, which overwrites nothing.
 */
static err swap_by_name(struct placing *placing, bool *displaced_one)
{
	bool moved;

	if (!may_take_name(placing))
		return placing_error(placing, _("cannot replace"));
	moved = renameat(placing->folder, placing->name, placing->aside, placing->second) == 0;
	if (!moved && errno != ENOENT)
		return folder_error(placing, _("cannot replace"));
	if (!put_where_nothing_is(placing)) {
		err e = moved ? placing_error(placing, _("cannot replace"))
			      : folder_error(placing, _("cannot replace"));

		/* Where it cannot go back either, the next run finds it. */
		if (moved)
			take_place(placing, placing->second);
		return e;
	}
	*displaced_one = moved;
	if (!moved ||
	    renameat(placing->aside, placing->second, placing->aside, placing->ready) == 0)
		return NULL;
	return placing_error(placing, _("cannot replace"));
}

/* out: `displaced_one`: what stood there now has the name of what was ready. */
static err put_in_place(struct placing *placing, bool *displaced_one)
{
	*displaced_one = false;
	/* Made and deleted again between the two of a try, it may take several. */
	for (int i = 0; i < MOST_TRIES; i++) {
		if (exchange(placing, RENAME_NOREPLACE) == 0)
			return NULL;
		if (errno == EEXIST && exchange(placing, RENAME_EXCHANGE) == 0) {
			*displaced_one = true;
			return NULL;
		}
		if (cannot_exchange())
			return swap_by_name(placing, displaced_one);
		if (errno != ENOENT)
			break;
	}
	return folder_error(placing, _("cannot replace"));
}

/* What was displaced; what of it cannot be read is for the person to keep. */
static void read_or_refuse(const struct placing *placing, struct saved_file *displaced)
{
	err e = placing_read_displaced(placing, displaced);

	if (e)
		*displaced = (struct saved_file){.obstructed = true};
	err_free(e);
}

/* It could not be read whole: a folder, a file that is being written, or is too large. */
static bool is_untakable(const struct saved_file *file)
{
	return file->obstructed || file->being_written || file->over_limit;
}

/* Puts back what cannot be taken in; ours, and what somebody saved over it meanwhile, is beside. */
static err put_back(struct placing *placing, struct saved_file *displaced)
{
	bool ours_is_beside;

	displaced->mode = 0;
	displaced->bytes = (struct str){0};
	if (exchange(placing, RENAME_EXCHANGE) == 0)
		return NULL;
	if (!cannot_exchange())
		return placing_error(placing, _("cannot put back"));
	return swap_by_name(placing, &ours_is_beside);
}

/*
 * A move between two folders is in both or in none: worktree_settle() of the one aside
 * makes all moves of a run last. Where both are one, each is made to last by itself.
 */
static err settle_here(const struct placing *placing)
{
	if (placing->aside != placing->folder || fsync(placing->folder) == 0 || errno == EINVAL)
		return NULL;
	return placing_error(placing, _("cannot write"));
}

static struct file_stamp stamp_of(int descriptor)
{
	struct file_stamp stamp;
	struct timespec now;
	struct stat status;

	clock_gettime(CLOCK_REALTIME_COARSE, &now);
	if (fstat(descriptor, &status) < 0)
		return (struct file_stamp){0};
	stamp = file_stamp_of(&status);
	stamp.is_fresh = worktree_is_fresh(&status.st_mtim, &now);
	return stamp;
}

/*
 * The stamp of what we put there, through its own descriptor, once it stands there; none
 * where somebody has written to it since: their save would be taken for ours.
 */
static struct file_stamp stamp_placed(int descriptor, const struct file_stamp *written)
{
	struct file_stamp now = stamp_of(descriptor);
	bool same = now.size == written->size &&
		    now.modified_seconds == written->modified_seconds &&
		    now.modified_nanoseconds == written->modified_nanoseconds;

	return same ? now : (struct file_stamp){0};
}

err worktree_put(struct arena *arena, const struct repo *repo, struct str path, struct str bytes,
		 uint32_t mode, struct saved_file *displaced)
{
	struct placing placing = {.arena = arena, .path = path};
	struct saved_file found = {0};
	struct file_stamp written;
	bool displaced_one = false;
	int descriptor = -1;
	err e = placing_open(&placing, repo, true);

	if (e && (placing.code == ENOTDIR || placing.code == ELOOP)) {
		/* A file or a link where a folder should be. */
		err_free(e);
		*displaced = (struct saved_file){.obstructed = true};
		e = NULL;
		goto done;
	}
	placing.denied = is_denied(placing.code);
	if (e || (e = write_aside(&placing, bytes, mode, &descriptor))) {
		e = take_denial(&placing, e, displaced);
		goto done;
	}
	written = stamp_of(descriptor);
	if ((e = put_in_place(&placing, &displaced_one))) {
		if (placing.denied)
			unlinkat(placing.aside, placing.ready, 0);
		e = take_denial(&placing, e, displaced);
		goto done;
	}
	if (displaced_one)
		read_or_refuse(&placing, &found);
	if (displaced_one && is_untakable(&found)) {
		/* Ours is looked at once more: it must not be we who have it open for writing. */
		close(descriptor);
		descriptor = -1;
		if ((e = put_back(&placing, &found)))
			goto done;
	}
	if ((e = settle_here(&placing)))
		goto done;
	found.stamp = descriptor >= 0 ? stamp_placed(descriptor, &written) : (struct file_stamp){0};
	*displaced = found;
done:
	if (descriptor >= 0)
		close(descriptor);
	placing_close(&placing);
	return e;
}

err worktree_remove(struct arena *arena, const struct repo *repo, struct str path,
		    struct saved_file *displaced)
{
	struct placing placing = {.arena = arena, .path = path};
	struct saved_file found = {0};
	err e = placing_open(&placing, repo, false);

	if (e && placing.code != ENOENT && placing.code != ENOTDIR && placing.code != ELOOP) {
		placing.denied = is_denied(placing.code);
		e = take_denial(&placing, e, displaced);
		goto done;
	}
	if (e) {
		/* The folder is gone, and the file with it. */
		err_free(e);
		e = NULL;
		*displaced = found;
		goto done;
	}
	if (renameat(placing.folder, placing.name, placing.aside, placing.ready) < 0) {
		*displaced = found;
		if (errno != ENOENT)
			e = folder_error(&placing, _("cannot remove"));
		e = take_denial(&placing, e, displaced);
		goto done;
	}
	read_or_refuse(&placing, &found);
	if (is_untakable(&found)) {
		bool displaced_one;

		found.mode = 0;
		if (exchange(&placing, RENAME_NOREPLACE) < 0)
			e = cannot_exchange() ? swap_by_name(&placing, &displaced_one)
					      : placing_error(&placing, _("cannot put back"));
	}
	if (!e)
		e = settle_here(&placing);
	*displaced = found;
done:
	placing_close(&placing);
	if (!e && !displaced->denied)
		worktree_remove_empty_folders(repo, path);
	return e;
}

/*
 * In a folder as /tmp is, what is another person's can be written to, and not replaced.
 * source: unlink(2), EPERM
 */
static bool is_kept_by_owner(int folder, struct str path)
{
	struct arena arena = {0};
	struct stat above, file;
	bool kept =
		geteuid() != 0 && fstat(folder, &above) == 0 && above.st_mode & S_ISVTX &&
		above.st_uid != geteuid() &&
		fstatat(folder, str_c(&arena, path_name(path)), &file, AT_SYMLINK_NOFOLLOW) == 0 &&
		file.st_uid != geteuid();

	arena_free(&arena);
	return kept;
}

bool worktree_may_change(const struct repo *repo, struct str path)
{
	for (struct str folder = path_folder(path);; folder = path_folder(folder)) {
		int opened = worktree_open_folder(repo, folder, false);
		bool missing = opened < 0 && errno == ENOENT && folder.len;
		bool is_own = folder.len == path_folder(path).len;
		bool may = opened >= 0 ? faccessat(opened, ".", W_OK | X_OK, AT_EACCESS) == 0 &&
						 !(is_own && is_kept_by_owner(opened, path))
				       : !is_denied(errno);

		if (opened >= 0)
			close(opened);
		if (!missing)
			return may;
	}
}
