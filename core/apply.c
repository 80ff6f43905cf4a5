#include "core/apply_private.h"

#include "core/limits.h"
#include "core/message.h"
#include "core/stale_log.h"

/* What stood at a path in the version that is left. */
static err find_recorded(struct application *application, struct str path, struct object_id *out)
{
	struct arena *arena = application->arena;
	struct object_id from = application->journal.from;
	struct commit commit = {0};

	if (object_id_is_none(application->tree) && !object_id_is_none(from)) {
		err e = repo_commit_read(arena, application->repo, from, &commit);

		if (e)
			return e;
		application->tree = commit.tree;
	}
	*out = repo_tree_entry(application->repo, application->tree, str_c(arena, path));
	return NULL;
}

/*
 * The commit whose text was on disk: the one that was here, or where that is a
 * save from an older text, beside the branch, that save.
 */
static err find_shown(struct application *application, const struct file_change *change,
		      struct object_id *out)
{
	struct arena *arena = application->arena;
	struct object_id recorded;
	struct stale_log log;
	const struct unplaced *unplaced = unplaced_find(&application->unplaced, change->path);
	err e = NULL;

	if (unplaced && object_id_equal(unplaced->holds, change->from)) {
		*out = unplaced->seen;
		return NULL;
	}
	e = find_recorded(application, change->path, &recorded);
	*out = application->journal.from;
	if (e || object_id_equal(recorded, change->from) ||
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
	/* Put there once something else has given way: what comes in between never saw it. */
	if (object_id_is_none(change->from))
		e = unplaced_unseen(arena, application->repo, *out, change->path, out);
	return e;
}

/* What was displaced is fine when it is what the caller had seen. */
static err add_displaced(struct application *application, const struct file_change *change,
			 const struct saved_file *displaced)
{
	struct displaced_files *all = &application->displaced;
	struct displaced file = {.path = change->path,
				 .holds = change->from,
				 .saved = change->from,
				 .bytes = displaced->bytes,
				 .mode = displaced->mode};
	bool is_ours = displaced->mode == 0;
	err e = NULL;

	if (displaced->mode && !displaced->over_limit) {
		file.saved = blob_id_of(displaced->bytes);
		is_ours = object_id_equal(file.saved, change->to);
	}
	/* Of a killed run, or beside since what stood there was put back. */
	if (is_ours) {
		file.holds = file.saved = change->to;
		file.seen = application->journal.to;
	} else {
		e = find_shown(application, change, &file.seen);
	}
	if (e)
		return e;
	arena_push(application->arena, all->files, all->count, all->room);
	all->files[all->count++] = file;
	return NULL;
}

static err record_late(struct application *application)
{
	return displaced_record(application->arena, application->repo, &application->displaced,
				application->journal.to, &application->journal.author);
}

static err is_being_saved(struct str path)
{
	return err_outrun(err_advise(err_new(STATUS_BUSY, _("%.*s is being saved"), STR_ARGS(path)),
				     _("Sync again in a moment.")));
}

/*
 * On another disk than git's folder there is no place to keep it, and it is looked at a
 * last time: who was about to open it when it was displaced has written by now.
 */
static err look_last(struct application *application, struct displaced *file)
{
	struct arena *arena = application->arena;
	struct displaced_files last = {.files = file, .count = 1};
	struct saved_file now = {0};
	err e = worktree_left(arena, application->repo, file->path, &now);

	if (e)
		return e;
	if (now.being_written)
		return is_being_saved(file->path);
	if (now.mode && !now.over_limit) {
		file->saved = blob_id_of(now.bytes);
		file->bytes = now.bytes;
	}
	if ((e = displaced_record(arena, application->repo, &last, application->journal.to,
				  &application->journal.author)))
		return e;
	return worktree_drop(arena, application->repo, file->path);
}

/* Their words are recorded; what is written to them from now on, the next run finds. */
static err keep_aside(struct application *application)
{
	struct displaced_files *all = &application->displaced;
	err e = NULL;

	for (size_t i = 0; !e && i < all->count; i++) {
		bool kept;

		e = displaced_keep(application->arena, application->repo, &all->files[i], &kept);
		if (!e && !kept)
			e = look_last(application, &all->files[i]);
		application->kept |= kept;
	}
	all->count = 0;
	return e;
}

err application_take_left(struct application *application, const struct file_change *change)
{
	for (;;) {
		struct saved_file left = {0};
		err e = worktree_left(application->arena, application->repo, change->path, &left);

		if (e || left.mode == 0)
			return e;
		if (left.being_written)
			return is_being_saved(change->path);
		if ((e = add_displaced(application, change, &left)) ||
		    (e = record_late(application)) || (e = keep_aside(application)))
			return e;
	}
}

/* What stood there stays, whose text is older than what is recorded now; or it does not. */
static err remember_unplaced(struct application *application, const struct file_change *change)
{
	struct unplaced now = {.path = change->path,
			       .holds = change->from,
			       .is_settled = !change->stays || object_id_is_none(change->from)};
	err e = NULL;

	if (now.is_settled && !unplaced_find(&application->unplaced, change->path))
		return NULL;
	if (!now.is_settled && (e = find_shown(application, change, &now.seen)))
		return e;
	unplaced_set(application->arena, &application->unplaced, now);
	application->unplaced_changed = true;
	return NULL;
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
	err e = application_take_left(application, change);

	if (e || (e = is_too_large(application, change, &too_large)))
		return e;
	/* Each sync comes by again: for what cannot take its place no other file is made. */
	if (!worktree_may_change(application->repo, change->path)) {
		displaced.denied = true;
	} else if (object_id_is_none(change->to) || too_large) {
		e = worktree_remove(arena, application->repo, change->path, &displaced);
	} else {
		e = repo_blob_read(arena, application->repo, change->to, LIMIT_FILE_BYTES, &bytes);
		if (!e)
			e = worktree_put(arena, application->repo, change->path, bytes,
					 change->to_mode, &displaced);
	}
	if (e)
		return e;
	change->stays = displaced.obstructed || displaced.denied || displaced.being_written ||
			displaced.over_limit;
	application->placed |= !displaced.denied;
	/* Of all others what they displaced tells that they came to their place. */
	if (object_id_is_none(change->from) && displaced.mode == 0 && !change->stays)
		journal_mark_placed(application->repo, change->path);
	change->stamp = displaced.stamp;
	change->denied = displaced.denied;
	/*
	 * What a person put in its place stays; ours is carried in git. A file that is
	 * being written is looked at again: it then is a save of an older text.
	 */
	if (displaced.obstructed || displaced.denied || too_large)
		change->carried = true;
	if (change->carried || displaced.being_written || displaced.over_limit)
		change->stamp = (struct file_stamp){0};
	if ((e = remember_unplaced(application, change)))
		return e;
	return displaced.denied ? NULL : add_displaced(application, change, &displaced);
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

/*
 * What was saved over a note within the same tick of the disk's clock has its stamp; by now
 * the clock has ticked. Else the next run looks, and each one after it.
 */
static void look_again(struct application *application)
{
	struct file_changes *changes = &application->journal.changes;

	for (size_t i = 0; i < changes->count; i++) {
		struct file_change *change = &changes->files[i];
		struct saved_file now;
		err e = NULL;

		if (!change->stamp.is_fresh)
			continue;
		e = worktree_read(application->arena, application->repo, change->path, &now);
		if (!e && saved_file_holds(&now, change->to))
			change->stamp = now.stamp;
		err_free(e);
	}
}

err application_follow(struct application *application)
{
	struct tree_files files;
	err e = unplaced_read(application->arena, application->repo, &application->unplaced);

	if (e)
		return e;
	e = place_all(application);
	err late = record_late(application);

	if (e || late) {
		if (e)
			err_free(late);
		return e ? e : late;
	}
	look_again(application);
	/* The files first: from the index the next run tells what had come to its place. */
	if ((application->placed && (e = worktree_settle(application->repo))) ||
	    (application->unplaced_changed &&
	     (e = unplaced_write(application->arena, application->repo, &application->unplaced))) ||
	    (e = repo_tree_read(application->arena, application->repo, application->journal.to,
				&files)) ||
	    (e = repo_index_replace(application->repo, &files, &application->journal.changes)) ||
	    (e = keep_aside(application)) ||
	    (application->kept && (e = worktree_settle(application->repo))))
		return e;
	return journal_close(application->repo);
}

/* The disk may fail once the branch has moved; then the next run goes on. */
static bool may_have_moved(const struct application *application)
{
	const struct journal *journal = &application->journal;
	struct object_id now = repo_reference(application->repo, journal->branch.at);

	return !object_id_equal(journal->from, journal->to) &&
	       (object_id_equal(now, journal->to) ||
		(object_id_is_none(now) && !object_id_is_none(journal->from)));
}

err apply_changes(struct arena *arena, struct repo *repo, struct object_id from,
		  struct object_id to, struct file_changes *changes, const struct signature *author)
{
	struct application application = {.arena = arena, .repo = repo};
	err e;

	file_changes_sort(changes);
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
		return application_follow(&application);
	if (may_have_moved(&application))
		return e;
	err_free(journal_remove(repo));
unlock:
	repo_index_unlock(repo);
	return e;
}
