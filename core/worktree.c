#include "core/worktree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/file.h"
#include "core/limits.h"
#include "core/message.h"
#include "core/path.h"
#include "core/repo_index.h"
#include "core/worktree_private.h"

struct file_stamp file_stamp_of(const struct stat *status)
{
	return (struct file_stamp){
		.changed_seconds = status->st_ctim.tv_sec,
		.changed_nanoseconds = (uint32_t)status->st_ctim.tv_nsec,
		.modified_seconds = status->st_mtim.tv_sec,
		.modified_nanoseconds = (uint32_t)status->st_mtim.tv_nsec,
		.device = (uint32_t)status->st_dev,
		.inode = (uint32_t)status->st_ino,
		.owner = status->st_uid,
		.group = status->st_gid,
		.size = (uint32_t)status->st_size,
	};
}

uint32_t mode_of(const struct stat *status)
{
	if (!S_ISREG(status->st_mode))
		return 0;
	return status->st_mode & S_IXUSR ? MODE_PROGRAM : MODE_FILE;
}

/* Opens one folder below another without following a link. */
static int open_below(int above, const char *name, bool make)
{
	int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	int folder = openat(above, name, flags);

	if (folder >= 0 || errno != ENOENT || !make)
		return folder;
	if (mkdirat(above, name, 0777) == 0) {
		/* A note is on the disk only with the folders it is in. */
		if (fsync(above) < 0 && errno != EINVAL)
			return -1;
	} else if (errno != EEXIST) {
		return -1;
	}
	return openat(above, name, flags);
}

int worktree_open_folder(const struct repo *repo, struct str folder, bool make)
{
	int current = open(repo_folder(repo), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct arena arena = {0};
	struct str name;

	while (current >= 0 && str_next_part(&folder, '/', &name)) {
		int next = open_below(current, str_c(&arena, name), make);
		int code = errno;

		close(current);
		errno = code;
		current = next;
	}
	arena_free(&arena);
	return current;
}

/* Without fractions the disk's clock ticks each second or two. */
bool worktree_is_fresh(const struct timespec *written, const struct timespec *now)
{
	if (written->tv_nsec == 0)
		return written->tv_sec + 2 > now->tv_sec;
	return written->tv_sec > now->tv_sec ||
	       (written->tv_sec == now->tv_sec && written->tv_nsec >= now->tv_nsec);
}

/* None is there, or something that is no plain file stands in its place or above it. */
static bool means_no_file(int code)
{
	return code == ENOENT || code == ENOTDIR || code == ELOOP || code == ENXIO;
}

err worktree_read_open(struct arena *arena, int descriptor, struct str path, enum patience patience,
		       struct saved_file *out)
{
	struct saved_file found = {0};
	struct stat before, after;
	struct timespec now;
	err e;

	if (fstat(descriptor, &before) < 0)
		return err_errno(str_c(arena, path), _("cannot read"));
	found.mode = mode_of(&before);
	found.obstructed = found.mode == 0;
	if (found.mode == 0) {
		*out = found;
		return NULL;
	}
	enum writers writers = worktree_await_writers(descriptor, patience);
	/* What was written while we waited is whole now. */
	if (writers == WRITERS_NONE && fstat(descriptor, &before) < 0)
		return err_errno(str_c(arena, path), _("cannot read"));
	clock_gettime(CLOCK_REALTIME_COARSE, &now);
	found.being_written = writers == WRITERS_AT_WORK;
	found.unsure = writers == WRITERS_UNKNOWN;
	found.over_limit = before.st_size > LIMIT_FILE_BYTES;
	if (!found.being_written && !found.over_limit) {
		e = file_read_open(arena, descriptor, str_c(arena, path), LIMIT_FILE_BYTES,
				   &found.bytes);
		if (e)
			return e;
	}
	/* Where no lease is to be had, a change of the times tells that somebody wrote. */
	if (fstat(descriptor, &after) < 0)
		return err_errno(str_c(arena, path), _("cannot read"));
	found.stamp = file_stamp_of(&after);
	found.stamp.is_fresh = worktree_is_fresh(&after.st_mtim, &now);
	if (after.st_mtim.tv_nsec != before.st_mtim.tv_nsec ||
	    after.st_mtim.tv_sec != before.st_mtim.tv_sec)
		found.being_written = true;
	*out = found;
	return NULL;
}

/* out: `descriptor`: -1 where nothing can be read, which `out` then tells */
static err open_file(struct arena *arena, const struct repo *repo, struct str path, int *descriptor,
		     struct saved_file *out)
{
	int folder = worktree_open_folder(repo, path_folder(path), false);
	int opened = folder < 0 ? -1
				: openat(folder, str_c(arena, path_name(path)),
					 O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	err e = NULL;

	if (opened < 0 && means_no_file(errno))
		*out = (struct saved_file){.obstructed = errno != ENOENT};
	else if (opened < 0)
		e = err_errno(str_c(arena, path), _("cannot open"));
	*descriptor = opened;
	if (folder >= 0)
		close(folder);
	return e;
}

err worktree_read(struct arena *arena, const struct repo *repo, struct str path,
		  struct saved_file *out)
{
	int descriptor;
	err e = open_file(arena, repo, path, &descriptor, out);

	if (e || descriptor < 0)
		return e;
	e = worktree_read_open(arena, descriptor, path, USUAL_PATIENCE, out);
	close(descriptor);
	return e;
}

err worktree_show(struct arena *arena, const struct repo *repo, struct str path,
		  struct saved_file *out)
{
	struct saved_file found = {0};
	struct stat status;
	int descriptor;
	err e = open_file(arena, repo, path, &descriptor, out);

	if (e || descriptor < 0)
		return e;
	if (fstat(descriptor, &status) < 0)
		e = err_errno(str_c(arena, path), _("cannot read"));
	else
		found.mode = mode_of(&status);
	found.obstructed = found.mode == 0;
	found.over_limit = found.mode && status.st_size > LIMIT_FILE_BYTES;
	if (!e && found.mode && !found.over_limit)
		e = file_read_open(arena, descriptor, str_c(arena, path), LIMIT_FILE_BYTES,
				   &found.bytes);
	close(descriptor);
	if (!e)
		*out = found;
	return e;
}

/* What is found while the folders are gone through. */
struct folder_walk {
	struct arena *arena;
	const struct repo *repo;
	const struct tree_files *known, *indexed;
	struct work_files *out;
};

static void leave_out(struct folder_walk *walk, struct str path, enum left_reason reason)
{
	struct work_files *out = walk->out;

	arena_push(walk->arena, out->left_out, out->left_count, out->left_room);
	out->left_out[out->left_count++] = (struct left_out){path, reason};
}

static void leave_out_folder(struct folder_walk *walk, struct str folder, enum left_reason reason)
{
	leave_out(walk, str_printf(walk->arena, "%.*s/", STR_ARGS(folder)), reason);
}

/* Is a note in it, not further down? */
static bool holds_note(int above, const char *name)
{
	int folder = openat(above, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *directory = folder < 0 ? NULL : fdopendir(folder);
	struct dirent *entry;
	bool found = false;

	while (directory && !found && (entry = readdir(directory)))
		found = entry->d_name[0] != '.' && path_is_note(str_of(entry->d_name));
	if (directory)
		closedir(directory);
	else if (folder >= 0)
		close(folder);
	return found;
}

static err list_folder(struct folder_walk *walk, int descriptor, struct str folder, int depth);

static err list_below(struct folder_walk *walk, int above, struct str path, const char *name,
		      int depth)
{
	bool known = tree_files_have_below(walk->known, path) ||
		     tree_files_have_below(walk->indexed, path);
	int folder;

	if (!known && path_is_hidden(path))
		return NULL;
	if (!known && repo_ignores(walk->repo, path)) {
		if (holds_note(above, name))
			leave_out_folder(walk, path, LEFT_IGNORED);
		return NULL;
	}
	if (depth >= LIMIT_PATH_DEPTH) {
		leave_out_folder(walk, path, LEFT_NAME);
		return NULL;
	}
	folder = openat(above, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	/* Somebody else's, or gone meanwhile: its files are then read one by one, and say so. */
	if (folder < 0)
		return NULL;
	/* A repository of its own. */
	if (faccessat(folder, ".git", F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
		close(folder);
		if (!tree_file_find(walk->known, path))
			leave_out_folder(walk, path, LEFT_REPOSITORY);
		return NULL;
	}
	return list_folder(walk, folder, path, depth + 1);
}

/* May a new file be recorded? One that a person may think is, is told. */
static bool may_be_recorded(struct folder_walk *walk, struct str path, bool is_link)
{
	bool indexed = tree_file_find(walk->indexed, path);

	if (path_is_temporary(path) || path_is_hidden(path) || (is_link && !path_is_note(path)))
		return false;
	if (!indexed && repo_ignores(walk->repo, path)) {
		if (path_is_note(path))
			leave_out(walk, path, LEFT_IGNORED);
		return false;
	}
	if (path_judge(path) != PATH_FINE)
		leave_out(walk, path, LEFT_NAME);
	else if (is_link)
		leave_out(walk, path, LEFT_LINK);
	return path_judge(path) == PATH_FINE && !is_link;
}

static err list_file(struct folder_walk *walk, struct str path, const struct stat *status)
{
	struct work_files *out = walk->out;

	if (!tree_file_find(walk->known, path) &&
	    !may_be_recorded(walk, path, S_ISLNK(status->st_mode)))
		return NULL;
	if (!S_ISREG(status->st_mode))
		return NULL;
	if (out->count == LIMIT_FILES)
		return err_new(STATUS_BAD_INPUT, _("more than %d files are in this folder"),
			       LIMIT_FILES);
	arena_push(walk->arena, out->files, out->count, out->room);
	out->files[out->count++] = (struct work_file){.path = path,
						      .mode = mode_of(status),
						      .stamp = file_stamp_of(status),
						      .size = (uint64_t)status->st_size};
	return NULL;
}

static err list_entry(struct folder_walk *walk, int folder, struct str above, const char *name,
		      int depth)
{
	struct str path = str_copy(walk->arena, path_join(walk->arena, above, str_of(name)));
	struct stat status;

	if (path_judge(path) == PATH_REFUSED ||
	    fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) < 0)
		return NULL;
	if (S_ISDIR(status.st_mode))
		return list_below(walk, folder, path, name, depth);
	return S_ISREG(status.st_mode) || S_ISLNK(status.st_mode) ? list_file(walk, path, &status)
								  : NULL;
}

/* Takes over `descriptor`. */
static err list_folder(struct folder_walk *walk, int descriptor, struct str folder, int depth)
{
	DIR *directory = fdopendir(descriptor);
	struct dirent *entry;
	err e = NULL;

	if (!directory) {
		close(descriptor);
		return err_errno(str_c(walk->arena, folder), _("cannot open"));
	}
	while (!e && (entry = readdir(directory)))
		e = list_entry(walk, descriptor, folder, entry->d_name, depth);
	closedir(directory);
	return e;
}

static int compare_work_files(const void *left, const void *right)
{
	const struct work_file *a = left, *b = right;

	return str_compare(a->path, b->path);
}

static struct tree_files files_of_index(struct arena *arena, const struct index_entries *index)
{
	struct tree_files files = {.files = arena_array(arena, struct tree_file, index->count)};

	for (; files.count < index->count; files.count++)
		files.files[files.count].path = index->entries[files.count].path;
	return files;
}

err worktree_list(struct arena *arena, const struct repo *repo, const struct tree_files *known,
		  const struct index_entries *index, struct work_files *out)
{
	struct tree_files indexed = files_of_index(arena, index);
	struct work_files files = {0};
	struct folder_walk walk = {
		.arena = arena, .repo = repo, .known = known, .indexed = &indexed, .out = &files};
	int root = worktree_open_folder(repo, STR(""), false);
	err e;

	if (root < 0)
		return err_errno(repo_folder(repo), _("cannot open"));
	if ((e = list_folder(&walk, root, STR(""), 0)))
		return e;
	if (files.count)
		qsort(files.files, files.count, sizeof *files.files, compare_work_files);
	*out = files;
	return NULL;
}

bool file_stamp_equal(const struct file_stamp *a, const struct file_stamp *b)
{
	return (int32_t)a->modified_seconds == (int32_t)b->modified_seconds &&
	       a->modified_nanoseconds == b->modified_nanoseconds &&
	       (int32_t)a->changed_seconds == (int32_t)b->changed_seconds &&
	       a->changed_nanoseconds == b->changed_nanoseconds && a->inode == b->inode &&
	       a->size == b->size;
}

static int compare_changes(const void *left, const void *right)
{
	const struct file_change *a = left, *b = right;

	return str_compare(a->path, b->path);
}

void file_changes_sort(struct file_changes *changes)
{
	if (changes->count > 1)
		qsort(changes->files, changes->count, sizeof *changes->files, compare_changes);
}

const struct file_change *file_change_find(const struct file_changes *changes, struct str path)
{
	struct file_change wanted = {.path = path};

	return changes->count ? bsearch(&wanted, changes->files, changes->count, sizeof wanted,
					compare_changes)
			      : NULL;
}
