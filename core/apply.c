#include "core/apply.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/displaced.h"
#include "core/journal.h"
#include "core/late.h"
#include "core/limits.h"
#include "core/message.h"
#include "core/repo_mend.h"
#include "core/stale_divert.h"

/* One move of the branch under way. */
struct application {
	struct arena *arena;
	struct repo *repo;
	struct journal journal;
	struct file_changes late;      /* `to`: what somebody saved meanwhile */
	struct file_changes displaced; /* `to`: what was found in it; looked at again in the end */
	bool dropped;		       /* some of it was */
	struct tree_files before;      /* of journal.from, once it is asked for */
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
	late->files[late->count++] = (struct file_change){
		.path = change->path, .from = change->from, .to = saved, .to_mode = mode};
}

static err drop(struct application *application, struct str path)
{
	application->dropped = true;
	return worktree_drop(application->arena, application->repo, path);
}

/*
 * The commit whose text was on disk: the one that was here, or where that is a
 * save from an older text, beside the branch, that save.
 */
static err find_shown(struct application *application, const struct file_change *change,
		      struct object_id *out)
{
	struct arena *arena = application->arena;
	struct stale_log log;
	err e = NULL;

	*out = application->journal.from;
	if (!application->before.files)
		e = repo_tree_read(arena, application->repo, *out, &application->before);
	if (e)
		return e;
	const struct tree_file *file = tree_file_find(&application->before, change->path);
	if ((file && object_id_equal(file->id, change->from)) ||
	    (e = stale_log_read(arena, application->repo, &log)))
		return e;
	for (size_t i = log.step_count; i-- > 0;) {
		const struct stale_step *step = &log.steps[i];

		if (str_equal(step->path, change->path) &&
		    object_id_equal(step->from, change->from)) {
			*out = step->from_commit;
			break;
		}
	}
	return NULL;
}

/* What was displaced is fine when it is what the caller had seen, or ours from a killed run. */
static err keep_displaced(struct application *application, const struct file_change *change,
			  const struct saved_file *displaced)
{
	struct file_changes *all = &application->displaced;
	struct object_id saved = blob_id_of(displaced->bytes), shown;
	err e;

	if (displaced->kept.len &&
	    ((e = find_shown(application, change, &shown)) ||
	     (e = displaced_keep(application->arena, application->repo, displaced->kept,
				 change->path, saved, shown))))
		return e;
	if (displaced->mode == 0)
		return drop(application, change->path);
	if (!object_id_equal(saved, change->from) && !object_id_equal(saved, change->to)) {
		if ((e = repo_blob_write(application->repo, displaced->bytes, &saved)))
			return e;
		add_late(application, change, saved, displaced->mode);
	}
	arena_push(application->arena, all->files, all->count, all->room);
	all->files[all->count] = *change;
	all->files[all->count++].to = saved;
	return NULL;
}

static err record_late(struct application *application) ERR_MUST_CHECK;

static err is_being_saved(struct str path)
{
	return err_advise(err_new(STATUS_BUSY, _("%.*s is being saved"), STR_ARGS(path)),
			  _("Sync again in a moment."));
}

/* What a killed run had displaced: a save in it is recorded before anything else is displaced. */
static err take_left(struct application *application, const struct file_change *change)
{
	struct saved_file left = {0};
	err e = worktree_left(application->arena, application->repo, change->path, &left);

	if (e || left.mode == 0)
		return e;
	if (left.being_written)
		return is_being_saved(change->path);
	if ((e = keep_displaced(application, change, &left)) || (e = record_late(application)))
		return e;
	application->displaced.count--;
	return drop(application, change->path);
}

/* What is over the limit is in git alone; an older text of it would be taken for it. */
static err is_too_large(const struct application *application, const struct file_change *change,
			bool *out)
{
	size_t size = 0;
	err e = object_id_is_none(change->to)
			? NULL
			: repo_blob_size(application->repo, change->to, &size);

	*out = size > LIMIT_FILE_BYTES;
	return e;
}

static err place(struct application *application, struct file_change *change)
{
	struct arena *arena = application->arena;
	struct saved_file displaced = {0};
	bool too_large = false;
	struct str bytes;
	err e = take_left(application, change);

	if (e || (e = is_too_large(application, change, &too_large)))
		return e;
	if (object_id_is_none(change->to) || too_large) {
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
	/*
	 * What a person put in its place stays; ours is carried in git. A file that is
	 * being written is looked at again: it then is a save of an older text.
	 */
	if (displaced.obstructed || too_large)
		change->carried = true;
	if (change->carried || displaced.being_written || displaced.over_limit)
		change->stamp = (struct file_stamp){0};
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

/* The editor of a late save goes on showing that save. */
static err remember_late(struct application *application, struct str path, struct object_id saved,
			 struct object_id commit)
{
	const struct journal *journal = &application->journal;
	struct stale_step step = {
		.path = path, .from_commit = commit, .from = saved, .to_commit = journal->to};

	for (size_t i = 0; i < journal->changes.count; i++)
		if (str_equal(journal->changes.files[i].path, path))
			step.to = journal->changes.files[i].to;
	return stale_log_add(application->arena, application->repo, &step, 1);
}

/* Moves to `stale` what was saved over a text that is none of the branch's. */
static err divert_from_shown(struct application *application, struct file_changes *late,
			     struct stale_saves *stale)
{
	size_t kept = 0;

	for (size_t i = 0; i < late->count; i++) {
		const struct file_change *change = &late->files[i];
		struct object_id shown;
		err e = find_shown(application, change, &shown);

		if (e)
			return e;
		if (object_id_equal(shown, application->journal.from)) {
			late->files[kept++] = *change;
			continue;
		}
		arena_push(application->arena, stale->saves, stale->count, stale->room);
		stale->saves[stale->count++] = (struct stale_save){.path = change->path,
								   .saved = change->to,
								   .mode = change->to_mode,
								   .seen = shown};
	}
	late->count = kept;
	return NULL;
}

/*
 * What was saved meanwhile belongs on the version that its writer saw: the one
 * that was here, unless the editor showed an older one still.
 */
static err record_late(struct application *application)
{
	struct arena *arena = application->arena;
	struct repo *repo = application->repo;
	const struct journal *journal = &application->journal;
	struct file_changes late = application->late;
	struct stale_saves stale = {0};
	struct stale_log log;
	struct object_id commit;
	err e;

	if (late.count == 0)
		return NULL;
	if ((e = stale_log_read(arena, repo, &log)) ||
	    (e = stale_divert(arena, repo, &log, journal->from, &late, &stale)) ||
	    (e = divert_from_shown(application, &late, &stale)) ||
	    (e = stale_record(arena, repo, &stale, &journal->author)))
		return e;
	for (size_t i = 0; !e && i < stale.count; i++)
		e = remember_late(application, stale.saves[i].path, stale.saves[i].saved,
				  stale.saves[i].commit);
	if (!e && late.count)
		e = late_record(arena, repo, journal->from, &late, &journal->author, &commit);
	for (size_t i = 0; !e && i < late.count; i++)
		e = remember_late(application, late.files[i].path, late.files[i].to, commit);
	if (e)
		return e;
	application->late.count = 0;
	return NULL;
}

/*
 * Who was about to open the old file when it was displaced, and was held up, gets it
 * after it was read: no lease knows of them before. By now they have written.
 */
static err look_again(struct application *application)
{
	struct file_changes *all = &application->displaced;
	err e = NULL;

	for (size_t i = 0; !e && i < all->count; i++) {
		struct file_change *change = &all->files[i];
		struct saved_file now = {0};
		struct object_id saved;

		e = worktree_left(application->arena, application->repo, change->path, &now);
		if (e || now.mode == 0 || now.over_limit)
			continue;
		if (now.being_written)
			return is_being_saved(change->path);
		if (object_id_equal(blob_id_of(now.bytes), change->to))
			continue;
		e = repo_blob_write(application->repo, now.bytes, &saved);
		if (!e)
			add_late(application, change, saved, now.mode);
	}
	if (e || (e = record_late(application)))
		return e;
	for (size_t i = 0; !e && i < all->count; i++)
		e = drop(application, all->files[i].path);
	/* One that came back with the power would be taken for a save of then. */
	return !e && application->dropped ? worktree_settle(application->repo) : e;
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
	    (e = repo_index_replace(application->repo, &files, &application->journal.changes)) ||
	    (e = look_again(application)))
		return e;
	return journal_remove(application->repo);
}

/* The disk may fail once the branch has moved; then the next run goes on. */
static bool may_have_moved(const struct application *application)
{
	const struct journal *journal = &application->journal;
	struct object_id now = repo_reference(application->repo, journal->branch.at);

	return object_id_equal(now, journal->to) ||
	       (object_id_is_none(now) && !object_id_is_none(journal->from));
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
	if (may_have_moved(&application))
		return e;
	err_free(journal_remove(repo));
unlock:
	repo_index_unlock(repo);
	return e;
}

static err take_all_left(struct application *application)
{
	const struct file_changes *changes = &application->journal.changes;
	err e = NULL;

	for (size_t i = 0; !e && i < changes->count; i++)
		e = take_left(application, &changes->files[i]);
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
	repo_mend_locks(repo);
	repo_mend_references(repo);
	if (!found) {
		repo_index_unlock(repo);
		return repo_mend_index(arena, repo);
	}
	repo_mend_branch_lock(repo, application.journal.branch.at, application.journal.to);
	if (object_id_equal(repo_reference(repo, application.journal.branch.at),
			    application.journal.from)) {
		/* Killed before the branch moved: nothing has happened yet. */
		if ((e = journal_remove(repo)))
			return e;
		repo_index_unlock(repo);
		return repo_mend_index(arena, repo);
	}
	if ((e = repo_index_lock(repo)) || (e = take_all_left(&application)) ||
	    (e = keep_current(&application)) || (e = skip_placed(&application)))
		return e;
	return follow(&application);
}
