#include "core/worktree_aside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/file.h"
#include "core/hash.h"
#include "core/message.h"
#include "core/worktree_private.h"

enum { KEY_DIGITS = 32 };

static const struct str prefix = {".atelier-", sizeof ".atelier-" - 1};
static const struct str second_ending = {".old", sizeof ".old" - 1};

void placing_close(struct placing *placing)
{
	if (placing->aside >= 0 && placing->aside != placing->folder)
		close(placing->aside);
	if (placing->folder >= 0)
		close(placing->folder);
}

const char *worktree_aside_path(struct arena *arena, const struct repo *repo)
{
	return str_printf(arena, "%s/aside", repo_state_folder(repo)).at;
}

struct str aside_key(struct arena *arena, struct str path)
{
	return key_hex(arena, key_of(path), KEY_DIGITS);
}

bool aside_is_displaced(struct str name)
{
	size_t named = prefix.len + KEY_DIGITS;

	return str_starts(name, prefix) &&
	       (name.len == named || str_equal(str_slice(name, named, name.len), second_ending));
}

/*
 * The folder of displaced files is in git's, unless that is on another disk.
 * out: -1: it cannot be opened; never another than the last run had
 */
static int open_aside(struct arena *arena, const struct repo *repo, int folder)
{
	const char *path = worktree_aside_path(arena, repo);
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

err placing_error(const struct placing *placing, const char *what)
{
	return err_errno(str_c(placing->arena, placing->path), what);
}

err placing_open(struct placing *placing, const struct repo *repo, bool make)
{
	placing->folder = worktree_open_folder(repo, path_folder(placing->path), make);
	placing->code = placing->folder < 0 ? errno : 0;
	placing->aside = open_aside(placing->arena, repo, placing->folder);
	placing->name = str_c(placing->arena, path_name(placing->path));
	/* A name for each path: what a killed run displaced is found by it. */
	placing->ready = str_printf(placing->arena, "%.*s%.*s", STR_ARGS(prefix),
				    STR_ARGS(aside_key(placing->arena, placing->path)))
				 .at;
	placing->temporary = str_printf(placing->arena, "%s.new", placing->ready).at;
	placing->second =
		str_printf(placing->arena, "%s%.*s", placing->ready, STR_ARGS(second_ending)).at;
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

err placing_read_displaced(const struct placing *placing, struct saved_file *displaced)
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
	e = worktree_read_open(placing->arena, descriptor, placing->path, USUAL_PATIENCE,
			       displaced);
	close(descriptor);
	return e;
}

void worktree_remove_empty_folders(const struct repo *repo, struct str path)
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

err worktree_left(struct arena *arena, const struct repo *repo, struct str path,
		  struct saved_file *out)
{
	struct placing placing = {.arena = arena, .path = path};
	struct saved_file found = {0};
	err e = placing_open(&placing, repo, false);

	/* Its folder may be gone; what was displaced is in git's. */
	err_free(e);
	/* Killed between two steps it has left two: the second is had when the first has gone. */
	if (placing.aside >= 0 &&
	    faccessat(placing.aside, placing.ready, F_OK, AT_SYMLINK_NOFOLLOW) < 0)
		renameat(placing.aside, placing.second, placing.aside, placing.ready);
	e = placing.aside < 0 ? placing_error(&placing, _("cannot read"))
			      : placing_read_displaced(&placing, &found);
	placing_close(&placing);
	if (!e)
		*out = found;
	return e;
}

bool worktree_is_halfway(const struct repo *repo, struct str path)
{
	struct arena arena = {0};
	struct placing placing = {.arena = &arena, .path = path};
	bool both;

	err_free(placing_open(&placing, repo, false));
	both = placing.aside >= 0 &&
	       faccessat(placing.aside, placing.ready, F_OK, AT_SYMLINK_NOFOLLOW) == 0 &&
	       faccessat(placing.aside, placing.second, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
	placing_close(&placing);
	arena_free(&arena);
	return both;
}

err worktree_drop(struct arena *arena, const struct repo *repo, struct str path)
{
	struct placing placing = {.arena = arena, .path = path};
	err e = placing_open(&placing, repo, false);

	/* Its folder may be gone; what was displaced is in git's. */
	err_free(e);
	e = NULL;
	if (placing.aside < 0 || (unlinkat(placing.aside, placing.ready, 0) < 0 && errno != ENOENT))
		e = placing_error(&placing, _("cannot remove"));
	/* On another disk than git's folder it is gone at once, see worktree_settle(). */
	else if (placing.aside == placing.folder)
		fsync(placing.folder);
	placing_close(&placing);
	worktree_remove_empty_folders(repo, path);
	return e;
}

err worktree_settle(const struct repo *repo)
{
	struct arena arena = {0};
	const char *path = worktree_aside_path(&arena, repo);
	err e = access(path, F_OK) == 0 ? file_sync_folder(path) : NULL;

	arena_free(&arena);
	return e;
}
