#include "core/snapshot.h"

#include <stdlib.h>

#include "core/converted.h"
#include "core/left_behind.h"
#include "core/limits.h"
#include "core/repo_index.h"
#include "core/same_name.h"
#include "core/snapshot_held.h"

/* The comparing of one work tree with one tree. */
struct look {
	struct arena *arena;
	struct repo *repo;
	unsigned options; /* of enum snapshot_option */
	struct index_entries index;
	struct same_name *names; /* new on disk, with a name that another has; by path */
	size_t name_count;
	struct snapshot *out;
	bool ignores_programs; /* core.fileMode is off: the disk does not keep the right to run */
};

static void hold(struct look *look, struct str path, enum held_reason reason)
{
	snapshot_hold(look->arena, look->out, (struct held_file){.path = path, .reason = reason});
}

/* out: false: it cannot be read, and is held */
static bool read_saved(struct look *look, struct str path, struct saved_file *out)
{
	err e = worktree_read(look->arena, look->repo, path, out);
	bool read = !e;

	if (!read)
		hold(look, path, HELD_UNREADABLE);
	err_free(e);
	return read;
}

static void add_change(struct look *look, struct file_change change)
{
	struct file_changes *changes = &look->out->changes;

	arena_push(look->arena, changes->files, changes->count, changes->room);
	changes->files[changes->count++] = change;
}

/*
 * As recorded where the disk says nothing else: it does not keep the right to run,
 * or others recorded a mode that no file here gets, as 100664.
 */
static uint32_t mode_kept(const struct look *look, const struct tree_file *file, uint32_t mode)
{
	if (!file)
		return mode;
	return look->ignores_programs || mode == mode_listed(file->mode) ? file->mode : mode;
}

static bool is_recorded(const struct tree_file *file, struct str bytes, uint32_t mode)
{
	return file && file->mode == mode && object_id_equal(file->id, blob_id_of(bytes));
}

/* Did it have words, and has none now? */
static err was_emptied(const struct look *look, const struct tree_file *file, struct str saved,
		       bool *out)
{
	struct str recorded = {0};
	err e = NULL;

	*out = false;
	if (!file || !text_is_wordless(saved))
		return NULL;
	e = repo_blob_read(look->arena, look->repo, file->id, LIMIT_FILE_BYTES, &recorded);
	*out = !e && !text_is_wordless(recorded);
	return e;
}

/* The text that stays there since it could not be replaced is nobody's save. */
static bool is_unplaced(const struct look *look, struct str path, struct str saved)
{
	const struct unplaced *unplaced = unplaced_find(&look->out->unplaced, path);

	return unplaced && object_id_equal(unplaced->holds, blob_id_of(saved));
}

/* Reads one file that may have changed. `file`: as recorded, NULL: new. */
static err look_at(struct look *look, const struct tree_file *file, struct str path)
{
	struct file_change change = {.path = path};
	struct saved_file saved;
	bool known, emptied = false;
	err e;

	if (!read_saved(look, path, &saved) || saved.mode == 0)
		return NULL;
	if (saved.being_written || saved.over_limit) {
		hold(look, path, saved.over_limit ? HELD_TOO_LARGE : HELD_BEING_WRITTEN);
		return NULL;
	}
	change.from = file ? file->id : OBJECT_ID_NONE;
	change.to_mode = mode_kept(look, file, saved.mode);
	change.stamp = saved.stamp;
	if (is_recorded(file, saved.bytes, change.to_mode) || is_unplaced(look, path, saved.bytes))
		return NULL;
	if ((e = converted_to_git(look->arena, look->repo, file, path, &saved.bytes, &known)))
		return e;
	if (!known && !index_has_seen(&look->index, path, change.from, &saved.stamp))
		hold(look, path, HELD_FILTERED);
	if (!known || is_recorded(file, saved.bytes, change.to_mode))
		return NULL;
	change.to = blob_id_of(saved.bytes);
	if (!(look->options & SNAPSHOT_ONLY_LOOK) &&
	    (e = repo_blob_write(look->repo, saved.bytes, &change.to)))
		return e;
	if (!(look->options & SNAPSHOT_TAKE_HELD) &&
	    (e = was_emptied(look, file, saved.bytes, &emptied)))
		return e;
	if (emptied)
		snapshot_hold(look->arena, look->out,
			      (struct held_file){path, HELD_EMPTIED, change.to});
	else
		add_change(look, change);
	return NULL;
}

/* A file where another is recorded that is not on disk: it stays, and its words are the person's.
 */
static void look_at_instead(struct look *look, const struct tree_file *file,
			    enum held_reason reason)
{
	struct saved_file saved;

	if (read_saved(look, file->path, &saved) && saved.mode != 0 &&
	    !object_id_equal(blob_id_of(saved.bytes), file->id))
		hold(look, file->path, reason);
}

/*
 * Did we find something else in its place when it was to be put there? What a person has
 * git leave alone was on disk once; where all of it is a part (sparse), nothing is ours.
 */
static bool was_kept_out(const struct look *look, const struct index_entry *entry)
{
	return !index_entry_was_there(entry) &&
	       !repo_setting_is_true(look->repo, "core.sparseCheckout");
}

/* A person has git leave it alone: what they change in it is theirs, and told. */
static void look_at_wished(struct look *look, const struct tree_file *file)
{
	struct saved_file saved;

	if (read_saved(look, file->path, &saved) && saved.mode != 0 && !saved.being_written &&
	    !object_id_equal(blob_id_of(saved.bytes), file->id))
		snapshot_leave_out(look->arena, look->out,
				   (struct left_out){file->path, LEFT_ALONE});
}

/* What stands where we found something else was made by who never saw the note. */
static err note_unseen(struct look *look, struct str path)
{
	struct unplaced unseen = {.path = path};
	err e = NULL;

	if (unplaced_find(&look->out->unplaced, path) ||
	    (e = unplaced_unseen(look->arena, look->repo, look->out->head, path, &unseen.seen)))
		return e;
	if (!object_id_is_none(unseen.seen))
		unplaced_set(look->arena, &look->out->unplaced, unseen);
	return NULL;
}

/* Kept off the disk by a person's wish, or by us since it is too large or had no place. */
static err look_at_left_alone(struct look *look, const struct tree_file *file,
			      const struct index_entry *entry)
{
	size_t size = 0;
	err e = repo_blob_size(look->repo, file->id, &size);

	if (e)
		return e;
	if (size > LIMIT_FILE_BYTES)
		look_at_instead(look, file, HELD_NOT_OURS);
	else if (!was_kept_out(look, entry))
		look_at_wished(look, file);
	else if (!(e = note_unseen(look, file->path)))
		e = look_at(look, file, file->path);
	return e;
}

static int compare_named(const void *left, const void *right)
{
	const struct same_name *a = left, *b = right;

	return str_compare(a->path, b->path);
}

/* The new files on disk whose name another one on disk has. */
static void find_same_names(struct look *look, const struct work_files *work)
{
	struct same_name *names = arena_array(look->arena, struct same_name, work->count);
	size_t kept = 0;

	for (size_t i = 0; i < work->count; i++)
		names[i] = (struct same_name){
			.key = same_name_key(look->arena, work->files[i].path),
			.path = work->files[i].path,
			.later = !tree_file_find(&look->out->files, work->files[i].path)};
	same_names_find(names, work->count);
	for (size_t i = 0; i < work->count; i++)
		if (names[i].later && !str_equal(names[i].path, names[i].first))
			names[kept++] = names[i];
	if (kept)
		qsort(names, kept, sizeof *names, compare_named);
	look->names = names;
	look->name_count = kept;
}

static bool has_same_name(const struct look *look, struct str path)
{
	return look->name_count && bsearch(&(struct same_name){.path = path}, look->names,
					   look->name_count, sizeof *look->names, compare_named);
}

static err look_at_new(struct look *look, struct str path)
{
	if (tree_files_have_below(&look->out->files, path))
		hold(look, path, HELD_IN_THE_WAY);
	else if (has_same_name(look, path))
		hold(look, path, HELD_SAME_NAME);
	else
		return look_at(look, NULL, path);
	return NULL;
}

static err look_at_recorded(struct look *look, const struct tree_file *file,
			    const struct work_file *work)
{
	const struct index_entry *entry = index_entry_find(&look->index, file->path);

	if (file->same_as.len || !file->writable) {
		look_at_instead(look, file, file->same_as.len ? HELD_SAME_NAME : HELD_NOT_OURS);
		return NULL;
	}
	if (entry && entry->left_alone)
		return look_at_left_alone(look, file, entry);
	if (entry && entry->reliable && object_id_equal(entry->id, file->id) &&
	    file_stamp_equal(&entry->stamp, &work->stamp) &&
	    mode_kept(look, file, work->mode) == file->mode)
		return NULL;
	return look_at(look, file, file->path);
}

/* Nothing stands in its place any more: it is to be put there. */
static err look_at_kept_out(struct look *look, struct tree_file *file)
{
	size_t size = 0;
	err e = repo_blob_size(look->repo, file->id, &size);

	if (e || size > LIMIT_FILE_BYTES)
		return e;
	if (look->options & SNAPSHOT_ONLY_LOOK)
		hold(look, file->path, HELD_KEPT_OUT);
	else
		file->writable = false;
	return NULL;
}

/*
 * Was it here to be deleted? Where git's list of the files is gone, or was made anew, as in
 * a copy that nobody has checked out, nothing tells.
 */
static bool was_here(const struct look *look, const struct index_entry *entry)
{
	return entry ? index_entry_was_there(entry) : look->index.count > 0;
}

static err look_at_missing(struct look *look, struct tree_file *file)
{
	const struct index_entry *entry = index_entry_find(&look->index, file->path);
	struct saved_file saved;

	if (!file->writable || (entry && entry->left_alone && !was_kept_out(look, entry)) ||
	    !read_saved(look, file->path, &saved))
		return NULL;
	if (saved.obstructed)
		hold(look, file->path, HELD_OBSTRUCTED);
	else if (saved.mode == 0 && !was_here(look, entry))
		return look_at_kept_out(look, file);
	else if (saved.mode == 0)
		add_change(look, (struct file_change){.path = file->path, .from = file->id});
	return NULL;
}

/* Goes through both lists, which are by path, side by side. */
static err compare(struct look *look, const struct work_files *work)
{
	const struct tree_files *files = &look->out->files;
	size_t i = 0, j = 0;
	err e = NULL;

	for (size_t l = 0; l < work->left_count; l++)
		if (work->left_out[l].reason == LEFT_NAME)
			hold(look, work->left_out[l].path, HELD_NAME);
		else
			snapshot_leave_out(look->arena, look->out, work->left_out[l]);
	find_same_names(look, work);
	while (!e && (i < files->count || j < work->count)) {
		int order = i == files->count ? 1
			    : j == work->count
				    ? -1
				    : str_compare(files->files[i].path, work->files[j].path);
		if (order < 0)
			e = look_at_missing(look, &files->files[i++]);
		else if (order > 0)
			e = look_at_new(look, work->files[j++].path);
		else
			e = look_at_recorded(look, &files->files[i++], &work->files[j++]);
	}
	return e;
}

/* What cannot be read now may still be the older text. */
static void look_at_unplaced(struct look *look, struct unplaced *unplaced)
{
	const struct tree_file *file = tree_file_find(&look->out->files, unplaced->path);
	struct saved_file saved;
	err e = worktree_read(look->arena, look->repo, unplaced->path, &saved);
	bool is_read = !e && !saved.obstructed && !saved.being_written && !saved.over_limit;

	err_free(e);
	unplaced->mode = is_read ? saved.mode : MODE_FILE;
	if (!is_read)
		return;
	unplaced->is_settled = saved.mode == 0 || is_recorded(file, saved.bytes, saved.mode);
	if (!unplaced->is_settled && (look->options & SNAPSHOT_ONLY_LOOK) &&
	    is_unplaced(look, unplaced->path, saved.bytes))
		hold(look, unplaced->path,
		     worktree_may_change(look->repo, unplaced->path) ? HELD_OLDER : HELD_UNPLACED);
}

err snapshot_look(struct arena *arena, struct repo *repo, unsigned options, struct snapshot *out)
{
	struct snapshot found = {.head = repo_reference(repo, "HEAD")};
	struct look look = {.arena = arena,
			    .repo = repo,
			    .options = options,
			    .out = &found,
			    .ignores_programs = str_equal(
				    repo_setting(arena, repo, "core.filemode"), STR("false"))};
	struct work_files work;
	err e;

	if ((e = repo_tree_read(arena, repo, found.head, &found.files)) ||
	    (e = repo_index_read(arena, repo, &look.index)) ||
	    (e = left_behind(arena, repo, found.head, &look.index, &found.shown, &found.files)) ||
	    (e = unplaced_read(arena, repo, &found.unplaced)) ||
	    (e = worktree_list(arena, repo, &found.files, &look.index, &work)) ||
	    (e = compare(&look, &work)))
		return e;
	for (size_t i = 0; i < found.unplaced.count; i++)
		look_at_unplaced(&look, &found.unplaced.files[i]);
	if (!(options & SNAPSHOT_TAKE_HELD))
		snapshot_hold_gone(arena, &found);
	snapshot_sort_told(&found);
	*out = found;
	return NULL;
}
