#include "core/repo_index.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/file.h"
#include "core/message.h"
#include "core/repo_private.h"

enum { INDEX_LIMIT = 64 * 1024 * 1024, CHECKSUM_BYTES = 20 };
/* libgit2 writes no index at all that has a longer one; source: its GIT_PATH_MAX. */
enum { LONGEST_PATH = 4095 };

/* Seconds are kept in 32 bits in the index. */
static bool is_before(struct git_index_entry const *entry, const struct stat *index)
{
	int64_t seconds = index->st_mtim.tv_sec;

	return entry->mtime.seconds < seconds ||
	       (entry->mtime.seconds == seconds &&
		entry->mtime.nanoseconds < (uint32_t)index->st_mtim.tv_nsec);
}

static struct index_entry entry_from(struct arena *arena, const git_index_entry *from,
				     const struct stat *index)
{
	unsigned left_alone = from->flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE;

	return (struct index_entry){
		.path = str_copy(arena, str_of(from->path)),
		.id = repo_id_from(&from->id),
		.mode = from->mode,
		.stamp = {.changed_seconds = from->ctime.seconds,
			  .changed_nanoseconds = from->ctime.nanoseconds,
			  .modified_seconds = from->mtime.seconds,
			  .modified_nanoseconds = from->mtime.nanoseconds,
			  .device = from->dev,
			  .inode = from->ino,
			  .owner = from->uid,
			  .group = from->gid,
			  .size = from->file_size},
		.left_alone = left_alone || (from->flags & GIT_INDEX_ENTRY_VALID),
		.reliable = from->mtime.seconds != 0 && is_before(from, index),
	};
}

static int compare_entries(const void *left, const void *right)
{
	const struct index_entry *a = left, *b = right;

	return str_compare(a->path, b->path);
}

/* What libgit2 cannot read for its kind, it names by the extension that makes it such. */
static err unreadable_kind(const char *complaint)
{
	static const struct {
		const char *extension, *command;
	} kinds[] = {
		{"'sdir'", "git sparse-checkout reapply --no-sparse-index"},
		{"'link'", "git config core.splitIndex false && git update-index --no-split-index"},
	};
	err e = err_new(STATUS_SETUP,
			_("plain git keeps its list of the files here in a way that atelier "
			  "cannot read"));

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strstr(complaint, kinds[i].extension))
			return err_advise(
				e, _("“%s” has it written in the usual way; then try again."),
				kinds[i].command);
	return e;
}

/*
 * out: NULL where there is none, or it is `damaged`: what is cut or zeroes is nobody's, what
 * libgit2 cannot read for its kind is another program's.
 */
static err open_index(struct arena *arena, const char *path, git_index **out, bool *damaged)
{
	static const char zeroes[CHECKSUM_BYTES];
	const git_error *failure;
	struct str bytes;
	bool is_of_a_kind;
	err e;

	*damaged = false;
	*out = NULL;
	if (access(path, F_OK) < 0 || git_index_open(out, path) == 0)
		return NULL;
	failure = git_error_last();
	is_of_a_kind = failure && strstr(failure->message, "unsupported");
	if ((e = file_read(arena, path, INDEX_LIMIT, &bytes)))
		return e;
	*damaged = !is_of_a_kind || bytes.len < CHECKSUM_BYTES ||
		   memcmp(bytes.at + bytes.len - CHECKSUM_BYTES, zeroes, CHECKSUM_BYTES) == 0;
	return *damaged ? NULL : unreadable_kind(failure->message);
}

err repo_index_check(struct arena *arena, const struct repo *repo, bool *damaged)
{
	git_index *index;
	err e = open_index(arena, repo_own_path(arena, repo, "index"), &index, damaged);

	git_index_free(index);
	return e;
}

err repo_index_read(struct arena *arena, const struct repo *repo, struct index_entries *out)
{
	const char *path = repo_own_path(arena, repo, "index");
	struct index_entries found = {0};
	struct stat status = {0};
	git_index *index = NULL;
	bool damaged;
	err e = stat(path, &status) < 0 ? NULL : open_index(arena, path, &index, &damaged);

	if (index) {
		size_t count = git_index_entrycount(index);

		found.entries = arena_array(arena, struct index_entry, count);
		for (size_t i = 0; i < count; i++) {
			const git_index_entry *entry = git_index_get_byindex(index, i);

			if (GIT_INDEX_ENTRY_STAGE(entry) == 0)
				found.entries[found.count++] = entry_from(arena, entry, &status);
		}
		if (found.count)
			qsort(found.entries, found.count, sizeof *found.entries, compare_entries);
	}
	git_index_free(index);
	if (!e)
		*out = found;
	return e;
}

struct index_entries repo_index_look(struct arena *arena, const struct repo *repo)
{
	struct index_entries found = {0};

	err_free(repo_index_read(arena, repo, &found));
	return found;
}

const struct index_entry *index_entry_find(const struct index_entries *index, struct str path)
{
	struct index_entry wanted = {.path = path};

	if (index->count == 0)
		return NULL;
	return bsearch(&wanted, index->entries, index->count, sizeof wanted, compare_entries);
}

bool index_has_seen(const struct index_entries *index, struct str path, struct object_id id,
		    const struct file_stamp *stamp)
{
	const struct index_entry *entry = index_entry_find(index, path);
	struct file_stamp then = *stamp;

	if (!entry || !object_id_equal(entry->id, id))
		return false;
	if (entry->stamp.size == 0)
		then.size = 0;
	return file_stamp_equal(&entry->stamp, &then);
}

static void set_stamp(git_index_entry *entry, const struct file_stamp *stamp)
{
	entry->ctime.seconds = (int32_t)stamp->changed_seconds;
	entry->ctime.nanoseconds = stamp->changed_nanoseconds;
	entry->mtime.seconds = (int32_t)stamp->modified_seconds;
	entry->mtime.nanoseconds = stamp->modified_nanoseconds;
	entry->dev = stamp->device;
	entry->ino = stamp->inode;
	entry->uid = stamp->owner;
	entry->gid = stamp->group;
	/* As git says of a file that its stamp does not tell enough of. source: racy-git.txt */
	entry->file_size = stamp->is_fresh ? 0 : stamp->size;
}

static git_index_entry entry_for(const struct tree_file *file, const struct index_entry *old,
				 const struct file_change *change)
{
	git_index_entry entry = {
		.mode = mode_listed(file->mode), .id = repo_id_to(file->id), .path = file->path.at};
	bool left_alone = !file->writable;

	if (old && old->mode == entry.mode && object_id_equal(old->id, file->id)) {
		set_stamp(&entry, &old->stamp);
		/*
		 * Saved again before the clock of the disk ticked, it has this stamp, too, and
		 * a newer index would make it count. source: git's racy-git.txt
		 */
		if (!old->reliable)
			entry.file_size = 0;
		left_alone = old->left_alone;
	} else if (old) {
		left_alone |= old->left_alone;
	}
	if (change && object_id_equal(change->to, file->id)) {
		set_stamp(&entry, &change->stamp);
		/* What was put there for the first time is looked after like any other. */
		bool is_first =
			object_id_is_none(change->from) || (old && !index_entry_was_there(old));
		left_alone = change->carried || (left_alone && !(file->writable && is_first));
	}
	/* A file whose name another has is not on disk, whatever it was before. */
	if (left_alone || file->same_as.len)
		entry.flags_extended = GIT_INDEX_ENTRY_SKIP_WORKTREE;
	return entry;
}

/*
 * A mode or a path that no index can hold stays in the tree alone, and so do
 * attributes that are not to be read: git takes them from here where no file is.
 */
static bool may_be_listed(const struct tree_file *file)
{
	return file->mode != MODE_FOLDER && file->path.len <= LONGEST_PATH &&
	       (file->writable || !str_equal(path_name(file->path), STR(".gitattributes")));
}

/* Lets libgit2 write the index beside, where it cannot be in the way of anybody. */
static err write_beside(struct arena *arena, struct repo *repo, const struct tree_files *files,
			const struct file_changes *changes, const char *path)
{
	struct index_entries old;
	git_index *index = NULL;
	err e = repo_index_read(arena, repo, &old);

	/* libgit2 writes under a lock of its own there, which a killed run of ours leaves. */
	unlink(str_printf(arena, "%s.lock", path).at);
	unlink(path);
	if (!e && git_index_open(&index, path) < 0)
		e = repo_failure(STATUS_IO, _("cannot write git's list of files"));
	for (size_t i = 0; !e && i < files->count; i++) {
		const struct tree_file *file = &files->files[i];
		git_index_entry entry = entry_for(file, index_entry_find(&old, file->path),
						  file_change_find(changes, file->path));

		if (may_be_listed(file) && git_index_add(index, &entry) < 0)
			git_error_clear();
	}
	if (!e && git_index_write(index) < 0)
		e = repo_failure(STATUS_IO, _("cannot write git's list of files"));
	git_index_free(index);
	return e;
}

err repo_index_replace(struct repo *repo, const struct tree_files *files,
		       const struct file_changes *changes)
{
	struct arena arena = {0};
	const char *beside = str_printf(&arena, "%s/index", repo_state_folder(repo)).at;
	const char *path = repo_own_path(&arena, repo, "index");
	struct str bytes = {0};
	err e = write_beside(&arena, repo, files, changes, beside);

	if (!e)
		e = file_sync(beside);
	if (!e && rename(beside, path) < 0) {
		/* On another disk. */
		e = errno == EXDEV ? file_read(&arena, beside, INDEX_LIMIT, &bytes)
				   : err_errno(path, _("cannot replace"));
		if (!e && bytes.len)
			e = file_replace(path, bytes);
	}
	if (!e)
		e = file_sync_folder(file_folder_of(&arena, path));
	if (!e)
		repo_index_unlock(repo);
	arena_free(&arena);
	return e;
}

bool repo_ignores(const struct repo *repo, struct str path)
{
	struct arena arena = {0};
	int ignored = 0;

	if (git_ignore_path_is_ignored(&ignored, repo->git, str_c(&arena, path)) < 0)
		ignored = 0;
	arena_free(&arena);
	return ignored != 0;
}
