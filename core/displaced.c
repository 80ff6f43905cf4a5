#include "core/displaced.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "core/file.h"
#include "core/journal.h"
#include "core/limits.h"
#include "core/message.h"
#include "core/worktree_aside.h"
#include "core/worktree_private.h"

enum { KEPT_SECONDS = 24 * 3600, MOST_ALIKE = 10000 };

static const struct str prefix = {"displaced-", sizeof "displaced-" - 1};

/* One look at all of them. */
struct look {
	struct arena *arena;
	const struct repo *repo;
	int folder;		 /* where they are */
	bool drops;		 /* those that are done with */
	struct tree_files seen;	 /* the tree that was read last, */
	struct object_id commit; /* of this commit */
	struct displaced_files *out;
};

/* --- names ----------------------------------------------------------------------- */

/* Two that are alike in all of it differ in their last part. */
static const char *name_for(struct arena *arena, const struct displaced *file, int number)
{
	return str_printf(arena, "%.*s%lld-%s-%s-%.*s-%d", STR_ARGS(prefix), (long long)time(NULL),
			  object_id_hex(arena, file->holds).at, object_id_hex(arena, file->seen).at,
			  STR_ARGS(aside_key(arena, file->path)), number)
		.at;
}

/* Nothing but what name_for() makes is believed. `path_key` lives as long as file->name. */
static bool read_name(struct arena *arena, struct displaced *file, time_t *since,
		      struct str *path_key)
{
	struct str rest = str_slice(file->name, prefix.len, file->name.len), seconds, holds, seen;

	if (!str_starts(file->name, prefix) || !str_next_part(&rest, '-', &seconds) ||
	    !str_next_part(&rest, '-', &holds) || !str_next_part(&rest, '-', &seen) ||
	    !str_next_part(&rest, '-', path_key) || !object_id_read(holds, &file->holds) ||
	    !object_id_read(seen, &file->seen))
		return false;
	*since = (time_t)strtoll(str_c(arena, seconds), NULL, 10);
	return true;
}

/* Moves a file to `folder`, to the name that tells of it. One that is not there is fine. */
static err give_name(struct arena *arena, int from, const char *old, int folder,
		     const struct displaced *file)
{
	for (int number = 0; number < MOST_ALIKE; number++) {
		const char *name = name_for(arena, file, number);

		/* Only who holds the lock makes such names: nobody is between the two steps. */
		if (faccessat(folder, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
			continue;
		if (renameat(from, old, folder, name) == 0 || errno == ENOENT)
			return NULL;
		break;
	}
	return err_errno(str_c(arena, file->path), _("cannot keep what was replaced"));
}

err displaced_keep(struct arena *arena, const struct repo *repo, const struct displaced *file,
		   bool *kept)
{
	struct placing placing = {.arena = arena, .path = file->path};
	err e = placing_open(&placing, repo, false);

	/* Its folder may be gone; what was displaced is in git's. */
	err_free(e);
	e = NULL;
	*kept = placing.aside != placing.folder;
	if (placing.aside < 0)
		e = placing_error(&placing, _("cannot keep what was replaced"));
	else if (*kept)
		e = give_name(arena, placing.aside, placing.ready, placing.aside, file);
	placing_close(&placing);
	return e;
}

err displaced_keep_new(const struct placing *placing)
{
	struct displaced file = {.path = placing->path};

	return give_name(placing->arena, placing->folder, placing->name, placing->aside, &file);
}

/* --- looking ----------------------------------------------------------------------- */

/*
 * The path with this key in what its writer saw, or where that was nothing, in what is
 * recorded now; empty: there is none, or it is gone.
 */
static struct str find_path(struct look *look, struct object_id seen, struct str path_key)
{
	if (object_id_is_none(seen))
		seen = repo_reference(look->repo, "HEAD");
	if (!object_id_equal(look->commit, seen)) {
		look->seen = (struct tree_files){0};
		look->commit = seen;
		err_free(repo_tree_read(look->arena, look->repo, seen, &look->seen));
	}
	for (size_t i = 0; i < look->seen.count; i++)
		if (str_equal(aside_key(look->arena, look->seen.files[i].path), path_key))
			return look->seen.files[i].path;
	return (struct str){0};
}

static bool is_over(time_t since)
{
	return llabs((long long)time(NULL) - (long long)since) > KEPT_SECONDS;
}

/*
 * What is in it, as long as nobody can begin to write to it or we know: while
 * `descriptor` is open. out: false: there is no need to look at it again
 */
static bool judge(struct look *look, struct displaced *file, int descriptor, time_t since,
		  struct str path_key)
{
	struct saved_file now = {0};
	err e = descriptor < 0 ? err_errno(file->name.at, _("cannot open"))
			       : worktree_read_open(look->arena, descriptor, file->name,
						    NO_PATIENCE, &now);

	if (e || now.mode == 0 || now.over_limit) {
		err_free(e);
		file->state = DISPLACED_STUCK;
	} else if (now.being_written || (!now.unsure && worktree_is_wanted(descriptor))) {
		file->state = DISPLACED_OPEN;
	} else if (now.bytes.len == 0 || object_id_equal(blob_id_of(now.bytes), file->holds)) {
		/* An empty one, as a crashed editor leaves it, has no word to lose. */
		file->state = DISPLACED_QUIET;
		return now.unsure && !is_over(since);
	} else {
		file->path = find_path(look, file->seen, path_key);
		file->state = file->path.len ? DISPLACED_WRITTEN : DISPLACED_STUCK;
		file->bytes = now.bytes;
		file->mode = now.mode;
	}
	return true;
}

static void add(struct look *look, const struct displaced *file)
{
	struct displaced_files *out = look->out;

	arena_push(look->arena, out->files, out->count, out->room);
	out->files[out->count++] = *file;
}

static bool is_recorded(const struct look *look, const char *name)
{
	const char *path =
		str_printf(look->arena, "%s/%s", worktree_aside_path(look->arena, look->repo), name)
			.at;
	struct str bytes = {0};
	size_t size;
	err e = file_read(look->arena, path, LIMIT_FILE_BYTES, &bytes);

	if (!e)
		e = repo_blob_size(look->repo, blob_id_of(bytes), &size);
	bool recorded = !e;
	err_free(e);
	return recorded;
}

/*
 * Displaced by a killed run whose journal is no more: what its writer saw is not known, and
 * nobody will look for it. Where git has the same bytes nothing of it can be missing.
 */
static bool is_forgotten(const struct look *look, const char *name)
{
	struct journal journal;
	bool found = false;
	err e;

	if (!aside_is_displaced(str_of(name)))
		return false;
	e = journal_read(look->arena, look->repo, &journal, &found);
	if (e || found) {
		err_free(e);
		return false;
	}
	return !is_recorded(look, name);
}

static void look_at(struct look *look, const char *name)
{
	struct displaced file = {.name = str_copy(look->arena, str_of(name))};
	struct str path_key;
	time_t since;

	if (!read_name(look->arena, &file, &since, &path_key)) {
		file.state = DISPLACED_STUCK;
		if (!look->drops && is_forgotten(look, name))
			add(look, &file);
		return;
	}
	int descriptor = openat(look->folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (descriptor < 0 && errno == ENOENT)
		return;
	bool stays = judge(look, &file, descriptor, since, path_key);
	bool dropped = !stays && look->drops;
	if (dropped)
		unlinkat(look->folder, name, 0);
	if (descriptor >= 0)
		close(descriptor);
	if (dropped)
		return;
	file.saved = file.state == DISPLACED_WRITTEN ? blob_id_of(file.bytes) : file.holds;
	add(look, &file);
}

static int compare(const void *left, const void *right)
{
	const struct displaced *a = left, *b = right;
	int order = str_compare(a->path, b->path);

	return order ? order : str_compare(a->name, b->name);
}

static void look_at_all(struct look *look)
{
	DIR *folder = opendir(worktree_aside_path(look->arena, look->repo));
	struct displaced_files *out = look->out;
	struct dirent *entry;

	/* None was ever displaced here. */
	if (!folder)
		return;
	look->folder = dirfd(folder);
	while ((entry = readdir(folder)))
		look_at(look, entry->d_name);
	closedir(folder);
	if (out->count)
		qsort(out->files, out->count, sizeof *out->files, compare);
}

struct displaced_files displaced_look(struct arena *arena, const struct repo *repo)
{
	struct displaced_files out = {0};

	look_at_all(&(struct look){.arena = arena, .repo = repo, .out = &out});
	return out;
}

struct displaced_files displaced_sweep(struct arena *arena, const struct repo *repo)
{
	struct displaced_files out = {0};

	look_at_all(&(struct look){.arena = arena, .repo = repo, .drops = true, .out = &out});
	return out;
}

bool displaced_is_written(const struct displaced_files *files)
{
	bool written = false;

	for (size_t i = 0; i < files->count && !written; i++)
		written = files->files[i].state == DISPLACED_WRITTEN;
	return written;
}

err displaced_take(struct arena *arena, struct repo *repo, struct displaced_files *files,
		   const struct signature *author)
{
	const char *path = worktree_aside_path(arena, repo);
	err e = displaced_record(arena, repo, files, repo_reference(repo, "HEAD"), author);
	int folder;

	if (e)
		return e;
	folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0)
		return err_errno(path, _("cannot open"));
	/* A next save in it is made on top of what is now recorded. */
	for (size_t i = 0; !e && i < files->count; i++)
		if (files->files[i].state == DISPLACED_WRITTEN)
			e = give_name(arena, folder, files->files[i].name.at, folder,
				      &files->files[i]);
	close(folder);
	return e ? e : worktree_settle(repo);
}
