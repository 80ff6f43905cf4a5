#include "core/apply.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/journal.h"
#include "core/limits.h"
#include "core/message.h"

/* One move of the branch under way. */
struct application {
	struct arena *arena;
	struct repo *repo;
	struct journal journal;
	struct file_changes late; /* `to`: what somebody saved meanwhile */
};

static int compare_changes(const void *left, const void *right)
{
	const struct file_change *a = left, *b = right;

	return str_compare(a->path, b->path);
}

static void add_late(struct application *application, const struct file_change *change,
		     struct object_id saved, uint32_t mode)
{
	struct file_changes *late = &application->late;

	arena_push(application->arena, late->files, late->count, late->room);
	late->files[late->count++] =
		(struct file_change){.path = change->path, .to = saved, .to_mode = mode};
}

/* What was displaced is fine when it is what the caller had seen, or ours from a killed run. */
static err keep_displaced(struct application *application, const struct file_change *change,
			  const struct saved_file *displaced)
{
	struct object_id saved;
	err e;

	if (displaced->mode == 0)
		return NULL;
	saved = blob_id_of(displaced->bytes);
	if (object_id_equal(saved, change->from) || object_id_equal(saved, change->to))
		return NULL;
	if ((e = repo_blob_write(application->repo, displaced->bytes, &saved)))
		return e;
	add_late(application, change, saved, displaced->mode);
	return NULL;
}

static err place(struct application *application, struct file_change *change)
{
	struct arena *arena = application->arena;
	struct saved_file displaced = {0};
	struct str bytes;
	err e;

	if (object_id_is_none(change->to)) {
		e = worktree_remove(arena, application->repo, change->path, &displaced);
	} else {
		e = repo_blob_read(arena, application->repo, change->to, LIMIT_FILE_BYTES, &bytes);
		if (!e)
			e = worktree_put(arena, application->repo, change->path, bytes,
					 change->to_mode, &displaced);
	}
	if (e)
		return e;
	change->stamp = displaced.stamp;
	if (displaced.obstructed) {
		/* What a person put in its place stays; ours is carried in git. */
		change->carried = true;
		change->stamp = (struct file_stamp){0};
		return NULL;
	}
	return keep_displaced(application, change, &displaced);
}

static bool is_in_place(const struct file_change *change)
{
	return object_id_equal(change->from, change->to) &&
	       (change->from_mode == 0 || change->from_mode == change->to_mode);
}

static err place_all(struct application *application)
{
	struct file_changes *changes = &application->journal.changes;
	err first = NULL;

	for (size_t i = 0; i < changes->count; i++) {
		struct file_change *change = &changes->files[i];

		if (change->carried || is_in_place(change))
			continue;
		/* One file that cannot be written does not keep the others from their place. */
		err e = place(application, change);
		if (first)
			err_free(e);
		else
			first = e;
	}
	return first;
}

/* The tree of `from` with what was saved on top, as its writer saw it. */
static err write_late_tree(struct application *application, struct object_id *out)
{
	struct tree_files files, all = {0};
	err e = repo_tree_read(application->arena, application->repo, application->journal.from,
			       &files);
	size_t room = 0;

	if (e)
		return e;
	for (size_t i = 0; i < application->late.count; i++) {
		const struct file_change *late = &application->late.files[i];

		arena_push(application->arena, all.files, all.count, room);
		all.files[all.count++] = (struct tree_file){.path = late->path,
							    .mode = late->to_mode,
							    .id = late->to,
							    .writable = true};
	}
	tree_files_sort(&all);
	size_t late_count = all.count;
	for (size_t i = 0; i < files.count; i++) {
		struct tree_files late = {.files = all.files, .count = late_count};

		if (tree_file_find(&late, files.files[i].path))
			continue;
		arena_push(application->arena, all.files, all.count, room);
		all.files[all.count++] = files.files[i];
	}
	tree_files_sort(&all);
	return repo_tree_write(application->repo, &all, out);
}

static err record_late(struct application *application)
{
	const struct journal *journal = &application->journal;
	struct object_id parent = journal->from;
	struct commit commit = {.parents = &parent,
				.parent_count = object_id_is_none(parent) ? 0 : 1,
				.author = journal->author,
				.committer = journal->author,
				.message = str_of(_("Notes saved while others' were arriving\n"))};
	struct str name;
	err e;

	if (application->late.count == 0)
		return NULL;
	if ((e = write_late_tree(application, &commit.tree)) ||
	    (e = repo_commit_write(application->repo, &commit)))
		return e;
	name = str_printf(application->arena, "refs/atelier/late/%s",
			  object_id_hex(application->arena, commit.id).at);
	if (object_id_equal(repo_reference(application->repo, name.at), commit.id))
		return NULL;
	return repo_reference_swap(application->repo, name.at, (struct object_id){{0}}, commit.id,
				   "late save");
}

/* Files, late saves, index: what is left once the branch has moved. */
static err follow(struct application *application)
{
	struct tree_files files;
	err e = place_all(application);
	err late = record_late(application);

	if (e || late) {
		if (e)
			err_free(late);
		return e ? e : late;
	}
	if ((e = repo_tree_read(application->arena, application->repo, application->journal.to,
				&files)) ||
	    (e = repo_index_replace(application->repo, &files, &application->journal.changes)))
		return e;
	return journal_remove(application->repo);
}

err apply_changes(struct arena *arena, struct repo *repo, struct object_id from,
		  struct object_id to, struct file_changes *changes, const struct signature *author)
{
	struct application application = {.arena = arena, .repo = repo};
	err e;

	if (changes->count > 1)
		qsort(changes->files, changes->count, sizeof *changes->files, compare_changes);
	application.journal = (struct journal){.branch = repo_branch(arena, repo),
					       .from = from,
					       .to = to,
					       .author = *author,
					       .changes = *changes};
	if ((e = repo_index_lock(repo)))
		return e;
	if ((e = journal_write(arena, repo, &application.journal)))
		goto unlock;
	e = repo_reference_swap(repo, application.journal.branch.at, from, to, "atelier");
	if (!e)
		return follow(&application);
	err_free(journal_remove(repo));
unlock:
	repo_index_unlock(repo);
	return e;
}

/* Leaves of a journal what the branch still says: plain git may have gone on since. */
static err keep_current(struct application *application)
{
	struct file_changes *changes = &application->journal.changes;
	struct object_id tip = repo_reference(application->repo, application->journal.branch.at);
	struct tree_files files;
	size_t kept = 0;
	err e = repo_tree_read(application->arena, application->repo, tip, &files);

	if (e)
		return e;
	for (size_t i = 0; i < changes->count; i++) {
		struct file_change *change = &changes->files[i];
		const struct tree_file *file = tree_file_find(&files, change->path);
		struct object_id now = file ? file->id : (struct object_id){{0}};

		if (object_id_equal(now, change->to))
			changes->files[kept++] = *change;
	}
	changes->count = kept;
	application->journal.to = tip;
	return NULL;
}

/* Files that the killed run had already put in their place are not written again. */
static err skip_placed(struct application *application)
{
	struct file_changes *changes = &application->journal.changes;

	for (size_t i = 0; i < changes->count; i++) {
		struct file_change *change = &changes->files[i];
		struct saved_file saved;
		err e = worktree_read(application->arena, application->repo, change->path, &saved);

		if (e)
			return e;
		if (saved.mode != 0 && !saved.being_written &&
		    object_id_equal(blob_id_of(saved.bytes), change->to)) {
			change->from = change->to;
			change->stamp = saved.stamp;
		}
	}
	return NULL;
}

err apply_finish(struct arena *arena, struct repo *repo)
{
	struct application application = {.arena = arena, .repo = repo};
	bool found = false;
	err e = journal_read(arena, repo, &application.journal, &found);

	if (e)
		return e;
	repo_reference_unlock(repo);
	if (!found) {
		repo_index_unlock(repo);
		return NULL;
	}
	repo_branch_unlock(repo, application.journal.branch.at, application.journal.to);
	if (object_id_equal(repo_reference(repo, application.journal.branch.at),
			    application.journal.from)) {
		/* Killed before the branch moved: nothing has happened yet. */
		if ((e = journal_remove(repo)))
			return e;
		repo_index_unlock(repo);
		return NULL;
	}
	if ((e = repo_index_lock(repo)) || (e = keep_current(&application)) ||
	    (e = skip_placed(&application)))
		return e;
	return follow(&application);
}
