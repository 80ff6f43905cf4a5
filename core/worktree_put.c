#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/file.h"
#include "core/hash.h"
#include "core/message.h"
#include "core/worktree_private.h"

enum {
	WRITER_WAIT_MILLISECONDS = 2000,
	WRITER_POLL_MILLISECONDS = 2,
	MOST_KEPT_AT_ONCE = 10000,
	KEY_DIGITS = 32
};

bool worktree_is_without(const char *power)
{
	const char *without = getenv("ATELIER_WITHOUT");

	return without && strstr(without, power);
}

enum writers worktree_await_writers(int descriptor)
{
	struct timespec pause = {.tv_nsec = WRITER_POLL_MILLISECONDS * 1000000L};

	/* Who opens the file while we hold it makes the kernel tell us; by a signal that is
	 * ignored. */
	if (worktree_is_without("lease") || fcntl(descriptor, F_SETSIG, SIGURG) < 0)
		return WRITERS_UNKNOWN;
	for (int waited = 0; fcntl(descriptor, F_SETLEASE, F_RDLCK) < 0;
	     waited += WRITER_POLL_MILLISECONDS) {
		if (errno != EAGAIN && errno != EINTR)
			return WRITERS_UNKNOWN;
		if (waited >= WRITER_WAIT_MILLISECONDS)
			return WRITERS_AT_WORK;
		nanosleep(&pause, NULL);
	}
	return WRITERS_NONE;
}

/* A replacement under way: a new file beside, then in the place of, an old one. */
struct placing {
	struct arena *arena;
	struct str path;
	const char *name;      /* of the file in its folder */
	int folder;	       /* where it stands */
	int aside;	       /* where the new one is made: git's folder, else the same folder */
	const char *temporary; /* its name there while it is written */
	const char *ready;     /* its name once it is whole; then that of what it displaced */
	int code;	       /* why the folder could not be opened */
};

static void close_placing(struct placing *placing)
{
	if (placing->aside >= 0 && placing->aside != placing->folder)
		close(placing->aside);
	if (placing->folder >= 0)
		close(placing->folder);
}

static const char *aside_path(struct arena *arena, const struct repo *repo)
{
	return str_printf(arena, "%s/aside", repo_state_folder(repo)).at;
}

/*
 * The folder of displaced files is in git's, unless that is on another disk.
 * out: -1: it cannot be opened; never another than the last run had
 */
static int open_aside(struct arena *arena, const struct repo *repo, int folder)
{
	const char *path = aside_path(arena, repo);
	int aside = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct stat here, there;

	if (aside < 0 && errno == ENOENT) {
		err e = file_make_folders(path);

		err_free(e);
		aside = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	}
	if (aside < 0 || folder < 0 || fstat(aside, &there) < 0 || fstat(folder, &here) < 0 ||
	    here.st_dev == there.st_dev)
		return aside;
	close(aside);
	return folder;
}

static err placing_error(const struct placing *placing, const char *what)
{
	return err_errno(str_c(placing->arena, placing->path), what);
}

static err open_placing(struct placing *placing, const struct repo *repo, bool make)
{
	placing->folder = worktree_open_folder(repo, path_folder(placing->path), make);
	placing->code = placing->folder < 0 ? errno : 0;
	placing->aside = open_aside(placing->arena, repo, placing->folder);
	placing->name = str_c(placing->arena, path_name(placing->path));
	/* A name for each path: what a killed run displaced is found by it. */
	placing->ready =
		str_printf(placing->arena, ".atelier-%.*s",
			   STR_ARGS(key_hex(placing->arena, key_of(placing->path), KEY_DIGITS)))
			.at;
	placing->temporary = str_printf(placing->arena, "%s.new", placing->ready).at;
	if (placing->folder < 0) {
		errno = placing->code;
		return err_errno(str_c(placing->arena, placing->path), _("cannot open its folder"));
	}
	if (placing->aside < 0)
		return placing_error(placing, _("cannot create"));
	/* What a killed run left; only one run holds the lock. */
	unlinkat(placing->aside, placing->temporary, 0);
	return NULL;
}

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

/* out: the descriptor of the new file, on the disk under its temporary name. */
static err write_aside(const struct placing *placing, struct str bytes, uint32_t mode, int *out)
{
	int descriptor = openat(placing->aside, placing->temporary,
				O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	err e;

	if (descriptor < 0)
		return placing_error(placing, _("cannot create"));
	e = file_write_open(descriptor, str_c(placing->arena, placing->path), bytes);
	if (!e &&
	    (fchmod(descriptor, permissions(placing, mode)) < 0 || fsync(descriptor) < 0 ||
	     renameat(placing->aside, placing->temporary, placing->aside, placing->ready) < 0))
		e = placing_error(placing, _("cannot write"));
	if (e) {
		close(descriptor);
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

/*
 * Where the file system cannot exchange: what stands there is first given a
 * second name, so that it is still at hand once it has been replaced.
 */
static err swap_by_link(const struct placing *placing)
{
	static const char second[] = ".atelier-displaced";

	unlinkat(placing->aside, second, 0);
	if (linkat(placing->folder, placing->name, placing->aside, second, 0) < 0 ||
	    renameat(placing->aside, placing->ready, placing->folder, placing->name) < 0 ||
	    renameat(placing->aside, second, placing->aside, placing->ready) < 0)
		return placing_error(placing, _("cannot replace"));
	return NULL;
}

/* out: `displaced_one`: what stood there now has the name of what was ready. */
static err put_in_place(const struct placing *placing, bool *displaced_one)
{
	*displaced_one = false;
	if (exchange(placing, RENAME_NOREPLACE) == 0)
		return NULL;
	if (errno != EEXIST && errno != EINVAL && errno != ENOSYS)
		return placing_error(placing, _("cannot replace"));
	*displaced_one = true;
	if (exchange(placing, RENAME_EXCHANGE) == 0)
		return NULL;
	if (errno == EINVAL || errno == ENOSYS) {
		if (faccessat(placing->folder, placing->name, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
			return swap_by_link(placing);
		errno = ENOENT;
	}
	/* Deleted between the two tries: what is edited beats a deletion. */
	*displaced_one = false;
	if (errno == ENOENT &&
	    renameat(placing->aside, placing->ready, placing->folder, placing->name) == 0)
		return NULL;
	return placing_error(placing, _("cannot replace"));
}

/* Reads what was displaced, once nobody writes to it; nothing: mode 0. */
static err read_displaced(const struct placing *placing, struct saved_file *displaced)
{
	int descriptor = openat(placing->aside, placing->ready,
				O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	err e;

	*displaced = (struct saved_file){0};
	if (descriptor < 0) {
		displaced->obstructed = errno == ELOOP || errno == ENXIO;
		return errno == ENOENT || displaced->obstructed
			       ? NULL
			       : placing_error(placing, _("cannot read"));
	}
	e = worktree_read_open(placing->arena, descriptor, placing->path, displaced);
	close(descriptor);
	return e;
}

/* The same; what cannot be read is for the person to keep. */
static void read_or_refuse(const struct placing *placing, struct saved_file *displaced)
{
	err e = read_displaced(placing, displaced);

	if (e)
		*displaced = (struct saved_file){.obstructed = true};
	err_free(e);
}

/* It could not be read whole: a folder, a file that is being written, or is too large. */
static bool is_untakable(const struct saved_file *file)
{
	return file->obstructed || file->being_written || file->over_limit;
}

/*
 * What was displaced has been read; where somebody may still write to it, it is
 * given a second name under which it is looked at again. On another disk than git's
 * folder there is no place for it.
 */
static void keep_unsure(const struct placing *placing, struct saved_file *displaced)
{
	if (!displaced->unsure || placing->aside == placing->folder)
		return;
	for (int i = 0; displaced->kept.len == 0 && i < MOST_KEPT_AT_ONCE; i++) {
		struct str name =
			str_printf(placing->arena, "displaced-%lld-%d", (long long)time(NULL), i);

		if (linkat(placing->aside, placing->ready, placing->aside, name.at, 0) == 0)
			displaced->kept = name;
	}
}

/* Puts back what cannot be taken in; what somebody saved over ours meanwhile is then displaced. */
static err put_back(const struct placing *placing, struct str ours, struct saved_file *displaced)
{
	struct saved_file instead;
	err e = NULL;

	if (exchange(placing, RENAME_EXCHANGE) < 0) {
		if (errno != EINVAL && errno != ENOSYS)
			return placing_error(placing, _("cannot put back"));
		e = swap_by_link(placing);
	}
	if (e)
		return e;
	read_or_refuse(placing, &instead);
	displaced->mode = 0;
	displaced->bytes = (struct str){0};
	if (!is_untakable(&instead) && !str_equal(instead.bytes, ours)) {
		displaced->mode = instead.mode;
		displaced->bytes = instead.bytes;
	}
	return NULL;
}

static struct file_stamp stamp_of(int descriptor)
{
	struct stat status;

	return fstat(descriptor, &status) == 0 ? file_stamp_of(&status) : (struct file_stamp){0};
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
	err e = open_placing(&placing, repo, true);

	if (e && (placing.code == ENOTDIR || placing.code == ELOOP)) {
		/* A file or a link where a folder should be. */
		err_free(e);
		*displaced = (struct saved_file){.obstructed = true};
		e = NULL;
		goto done;
	}
	if (e || (e = write_aside(&placing, bytes, mode, &descriptor)))
		goto done;
	written = stamp_of(descriptor);
	if ((e = put_in_place(&placing, &displaced_one)))
		goto done;
	if (displaced_one)
		read_or_refuse(&placing, &found);
	if (displaced_one && is_untakable(&found)) {
		/* Ours is looked at in turn: it must not be we who have it open for writing. */
		close(descriptor);
		descriptor = -1;
		if ((e = put_back(&placing, bytes, &found)))
			goto done;
	}
	if (displaced_one && !is_untakable(&found))
		keep_unsure(&placing, &found);
	if (fsync(placing.folder) < 0 && errno != EINVAL) {
		e = placing_error(&placing, _("cannot write"));
		goto done;
	}
	found.stamp = descriptor < 0 ? (struct file_stamp){0} : stamp_placed(descriptor, &written);
	*displaced = found;
done:
	if (descriptor >= 0)
		close(descriptor);
	close_placing(&placing);
	return e;
}

/* Takes away the folders above `path` that hold nothing any more, from the deepest. */
static void remove_empty_folders(const struct repo *repo, struct str path)
{
	struct arena arena = {0};

	for (struct str folder = path_folder(path); folder.len > 0; folder = path_folder(folder)) {
		int above = worktree_open_folder(repo, path_folder(folder), false);
		int code =
			above < 0 ? -1
				  : unlinkat(above, str_c(&arena, path_name(folder)), AT_REMOVEDIR);

		if (above >= 0)
			close(above);
		if (code < 0)
			break;
	}
	arena_free(&arena);
}

err worktree_remove(struct arena *arena, const struct repo *repo, struct str path,
		    struct saved_file *displaced)
{
	struct placing placing = {.arena = arena, .path = path};
	struct saved_file found = {0};
	err e = open_placing(&placing, repo, false);

	if (e && placing.code != ENOENT && placing.code != ENOTDIR && placing.code != ELOOP)
		goto done;
	if (e) {
		/* The folder is gone, and the file with it. */
		err_free(e);
		e = NULL;
		*displaced = found;
		goto done;
	}
	if (renameat(placing.folder, placing.name, placing.aside, placing.ready) < 0) {
		if (errno != ENOENT)
			e = placing_error(&placing, _("cannot remove"));
		*displaced = found;
		goto done;
	}
	read_or_refuse(&placing, &found);
	if (is_untakable(&found)) {
		found.mode = 0;
		if (exchange(&placing, RENAME_NOREPLACE) < 0)
			e = placing_error(&placing, _("cannot put back"));
	} else {
		keep_unsure(&placing, &found);
	}
	if (!e && fsync(placing.folder) < 0 && errno != EINVAL)
		e = placing_error(&placing, _("cannot write"));
	*displaced = found;
done:
	close_placing(&placing);
	if (!e)
		remove_empty_folders(repo, path);
	return e;
}

err worktree_left(struct arena *arena, const struct repo *repo, struct str path,
		  struct saved_file *out)
{
	struct placing placing = {.arena = arena, .path = path};
	struct saved_file found = {0};
	err e = open_placing(&placing, repo, false);

	/* Its folder may be gone; what was displaced is in git's. */
	err_free(e);
	e = placing.aside < 0 ? placing_error(&placing, _("cannot read"))
			      : read_displaced(&placing, &found);
	close_placing(&placing);
	if (!e)
		*out = found;
	return e;
}

err worktree_drop(struct arena *arena, const struct repo *repo, struct str path)
{
	struct placing placing = {.arena = arena, .path = path};
	err e = open_placing(&placing, repo, false);

	/* Its folder may be gone; what was displaced is in git's. */
	err_free(e);
	e = NULL;
	if (placing.aside < 0 || (unlinkat(placing.aside, placing.ready, 0) < 0 && errno != ENOENT))
		e = placing_error(&placing, _("cannot remove"));
	/* On another disk than git's folder it is gone at once, see worktree_settle(). */
	else if (placing.aside == placing.folder)
		fsync(placing.folder);
	close_placing(&placing);
	remove_empty_folders(repo, path);
	return e;
}

err worktree_settle(const struct repo *repo)
{
	struct arena arena = {0};
	const char *path = aside_path(&arena, repo);
	err e = access(path, F_OK) == 0 ? file_sync_folder(path) : NULL;

	arena_free(&arena);
	return e;
}
