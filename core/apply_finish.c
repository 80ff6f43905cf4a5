#include "core/apply_private.h"
#include "core/left_behind.h"
#include "core/repo_mend.h"

err application_has_displaced(const struct application *application,
			      const struct file_change *change, bool *out)
{
	struct saved_file left = {0};
	bool is_halfway = worktree_is_halfway(application->repo, change->path);
	err e = worktree_left(application->arena, application->repo, change->path, &left);
	bool is_unread = left.being_written || left.over_limit;

	*out = !is_halfway &&
	       (change->was_marked ||
		(left.mode && (is_unread || !object_id_equal(blob_id_of(left.bytes), change->to))));
	return e;
}

/*
 * Had the killed run put a file in its place? Then it has displaced what stood there, or
 * said so, or the index has followed; what is saved there since was made on the new text.
 */
static err was_placed(const struct application *application, const struct index_entry *entry,
		      const struct file_change *change, bool *out)
{
	bool displaced;
	err e = application_has_displaced(application, change, &displaced);

	*out = !object_id_is_none(change->to) &&
	       (displaced ||
		(entry && object_id_equal(entry->id, change->to) && index_entry_was_there(entry) &&
		 !worktree_is_halfway(application->repo, change->path)));
	return e;
}

/* Something else stood in its place when it was to be put there: it was not there to be deleted. */
static bool had_no_place(const struct index_entry *entry, const struct file_change *change)
{
	return object_id_equal(change->from, change->to) && !change->was_marked && entry &&
	       object_id_equal(entry->id, change->to) && !index_entry_was_there(entry);
}

/* Of what the killed run had put in its place `from` is `to` then: it is not put there again. */
static err take_all_left(struct application *application)
{
	const struct file_changes *changes = &application->journal.changes;
	struct index_entries index;
	err e = repo_index_read(application->arena, application->repo, &index);

	for (size_t i = 0; !e && i < changes->count; i++) {
		struct file_change *change = &changes->files[i];
		const struct index_entry *entry = index_entry_find(&index, change->path);
		bool placed;

		if ((e = was_placed(application, entry, change, &placed)))
			break;
		/* Once what it displaced has moved on, the mark alone tells the next run of it. */
		if (placed && !change->was_marked)
			journal_mark_placed(application->repo, change->path);
		if ((e = application_take_left(application, change)))
			break;
		if (!placed && had_no_place(entry, change))
			change->from = OBJECT_ID_NONE;
		if (!placed)
			continue;
		change->from = change->to;
		change->from_mode = 0;
	}
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
		struct object_id now = file ? file->id : OBJECT_ID_NONE;

		if (object_id_equal(now, change->to))
			changes->files[kept++] = *change;
	}
	changes->count = kept;
	application->journal.to = tip;
	return NULL;
}

/*
 * No file's, but of one that was there: that it is gone is a deletion, and that it is another,
 * a save.
 */
static const struct file_stamp was_there = {.modified_seconds = 1};

/* The power may have taken what was saved or put there with it; a kill takes nothing. */
static void look_at_gone(const struct journal *journal, struct file_change *change)
{
	if (!object_id_equal(change->from, change->to))
		return;
	if (journal->is_of_this_boot)
		change->stamp = was_there;
	else
		change->from = OBJECT_ID_NONE;
}

/*
 * Files that the killed run had already put in their place are not written again; of one that
 * cannot be read nothing tells, and putting it there finds that out.
 */
static void skip_placed(struct application *application)
{
	struct file_changes *changes = &application->journal.changes;

	for (size_t i = 0; i < changes->count; i++) {
		struct file_change *change = &changes->files[i];
		struct saved_file saved;
		err e = worktree_read(application->arena, application->repo, change->path, &saved);
		bool is_there = !e && saved_file_holds(&saved, change->to);
		bool is_gone = !e && saved.mode == 0 && !saved.obstructed;

		err_free(e);
		if (is_gone)
			look_at_gone(&application->journal, change);
		else if (!e && saved.mode && object_id_equal(change->from, change->to))
			change->stamp = was_there;
		if (!is_there)
			continue;
		change->from = change->to;
		/* What it was to be before is in no journal. */
		if (saved.mode == mode_listed(change->to_mode))
			change->stamp = saved.stamp;
		else
			change->from_mode = saved.mode;
	}
}

/* Before the branch moves nothing happens; where it is not to move, files may have. */
static bool is_before_all(const struct repo *repo, const struct journal *journal)
{
	return !object_id_equal(journal->from, journal->to) &&
	       object_id_equal(repo_reference(repo, journal->branch.at), journal->from);
}

/* Did the killed run not come to this change? out: `gone`: what it was to replace is not there */
static err was_not_begun(const struct application *application, const struct tree_files *recorded,
			 const struct file_change *change, bool *out, bool *gone)
{
	const struct tree_file *before = tree_file_find(recorded, change->path);
	struct saved_file left, now;
	err e = worktree_left(application->arena, application->repo, change->path, &left);
	bool is_left = left.mode || left.being_written || left.over_limit;

	if (!e)
		e = worktree_read(application->arena, application->repo, change->path, &now);
	if (e)
		return e;
	*out = !is_left && !saved_file_holds(&now, change->to) &&
	       !object_id_equal(change->from, change->to) &&
	       object_id_equal(before ? before->id : OBJECT_ID_NONE, change->from);
	*gone = before && now.mode == 0 && !now.obstructed;
	return NULL;
}

/*
 * Killed before it put anything in its place, and a note that it was to replace was deleted or
 * renamed since: that was made on the version which all files show, as where the branch
 * leaves them behind.
 */
static err is_left_to_sync(const struct application *application, bool *out)
{
	const struct journal *journal = &application->journal;
	bool untouched = journal->is_of_this_boot && !object_id_is_none(journal->from) &&
			 object_id_equal(repo_reference(application->repo, "HEAD"), journal->to);
	bool gone = false, any_gone = false;
	struct tree_files recorded;
	err e = untouched ? repo_tree_read(application->arena, application->repo, journal->from,
					   &recorded)
			  : NULL;

	*out = false;
	for (size_t i = 0; !e && untouched && i < journal->changes.count; i++) {
		e = was_not_begun(application, &recorded, &journal->changes.files[i], &untouched,
				  &gone);
		any_gone |= gone;
	}
	if (e || !untouched || !any_gone ||
	    (e = journal_show(application->arena, application->repo, journal->branch,
			      journal->from)))
		return e;
	return left_behind_now(application->arena, application->repo, out);
}

err apply_finish(struct arena *arena, struct repo *repo)
{
	struct application application = {.arena = arena, .repo = repo};
	bool found = false, left_to_sync = false;
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
	err_free(is_left_to_sync(&application, &left_to_sync));
	if (left_to_sync || is_before_all(repo, &application.journal)) {
		if ((e = journal_remove(repo)))
			return e;
		repo_index_unlock(repo);
		return repo_mend_index(arena, repo);
	}
	if ((e = repo_index_lock(repo)) || (e = application_bring_back(&application)) ||
	    (e = take_all_left(&application)))
		return e;
	/* Another may have been checked out since: what is to be on disk is what it says. */
	application.journal.branch = repo_branch(arena, repo);
	/* What the killed run had placed lasts before the journal says that it is there. */
	if ((e = keep_current(&application)))
		return e;
	skip_placed(&application);
	if ((e = worktree_settle(repo)) || (e = journal_write(arena, repo, &application.journal)))
		return e;
	return application_follow(&application);
}
