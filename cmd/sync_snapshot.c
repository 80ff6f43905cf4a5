#include <errno.h>
#include <unistd.h>

#include "cmd/print.h"
#include "cmd/sync_steps.h"
#include "core/file.h"
#include "core/identity.h"
#include "core/journal.h"
#include "core/limits.h"
#include "core/message.h"
#include "core/snapshot_held.h"
#include "core/unplaced.h"

/* Every path that there may be, each on a line with its reason: "0 PATH". */
enum { HELD_LIMIT = LIMIT_PATHS_BYTES + 3 * LIMIT_FILES };

/*
 * What is held back, as one text; said a second time unchanged, it is meant. A note that
 * others' words have filled again may be emptied once more.
 */
static struct str held_text(const struct sync *sync)
{
	struct buf text = {.arena = sync->arena};

	for (size_t i = 0; i < sync->snapshot.held_count; i++) {
		const struct held_file *held = &sync->snapshot.held[i];
		bool emptied = held->reason == HELD_EMPTIED || held->reason == HELD_FILLED_AGAIN;

		if (emptied || held->reason == HELD_MANY_GONE)
			buf_printf(&text, "%d %.*s\n",
				   (int)(emptied ? HELD_EMPTIED : HELD_MANY_GONE),
				   STR_ARGS(held->path));
	}
	return buf_str(&text);
}

static const char *held_path(const struct sync *sync)
{
	return str_printf(sync->arena, "%s/held", repo_state_folder(sync->repo)).at;
}

/*
 * Forgets what was told and is no longer so.
 * out: `meant`: a person was told the same by the sync before
 */
static err compare_held(const struct sync *sync, bool *meant)
{
	const char *path = held_path(sync);
	struct str now = held_text(sync), before = {0};
	bool found;
	err e = file_read_if_there(sync->arena, path, HELD_LIMIT, &before, &found);

	*meant = false;
	if (e)
		return e;
	*meant = now.len && sync->options.asks && str_equal(now, before);
	if (!str_equal(now, before) && unlink(path) < 0 && errno != ENOENT)
		return err_errno(path, _("cannot remove"));
	return NULL;
}

/* Lines that stayed against a save of the person's: said once, then it is theirs to decide. */
static err remember_lines(const struct sync *sync)
{
	err e = NULL;

	for (size_t i = 0; !e && i < sync->stale.count; i++) {
		const struct stale_save *save = &sync->stale.saves[i];

		if (save->shown && save->stayed_count)
			e = stale_log_tell(sync->arena, sync->repo, save->path, save->stayed,
					   save->stayed_count);
		else if (save->shown)
			e = stale_log_tell(sync->arena, sync->repo, save->path, save->gone,
					   save->gone_count);
	}
	return e;
}

err sync_remember_told(const struct sync *sync)
{
	struct str held = held_text(sync);
	err e;

	/* What did not arrive was not told. */
	if (!output_arrived())
		return NULL;
	if (sync->options.asks && held.len && (e = file_replace(held_path(sync), held)))
		return e;
	return remember_lines(sync);
}

void sync_fill_emptied(struct sync *sync, struct file_changes *changes)
{
	for (size_t i = 0; i < sync->snapshot.held_count; i++) {
		struct held_file *held = &sync->snapshot.held[i];

		for (size_t j = 0; held->reason == HELD_EMPTIED && j < changes->count; j++) {
			if (!str_equal(changes->files[j].path, held->path))
				continue;
			changes->files[j].from = held->saved;
			held->reason = HELD_FILLED_AGAIN;
		}
	}
}

void sync_hold_denied(struct sync *sync, const struct file_changes *changes)
{
	struct snapshot *snapshot = &sync->snapshot;

	for (size_t i = 0; i < changes->count; i++) {
		bool held = !changes->files[i].denied;

		for (size_t j = 0; j < snapshot->held_count && !held; j++)
			held = str_equal(snapshot->held[j].path, changes->files[i].path);
		if (!held)
			snapshot_hold(sync->arena, snapshot,
				      (struct held_file){.path = changes->files[i].path,
							 .reason = HELD_UNPLACED});
	}
	snapshot_sort_told(snapshot);
}

/* An ordinary save of a file: what was told about it before is settled. */
static err forget_told(struct sync *sync, const struct stale_log *log,
		       const struct file_changes *changes)
{
	for (size_t i = 0; i < changes->count; i++) {
		bool told = false;
		err e = NULL;

		for (size_t j = 0; j < log->told_count && !told; j++)
			told = str_equal(log->told[j].path, changes->files[i].path);
		if (told)
			e = stale_log_forget(sync->arena, sync->repo, changes->files[i].path);
		if (e)
			return e;
	}
	return NULL;
}

/* Saves from an older text go beside the branch, all others on it. */
static err record(struct sync *sync)
{
	struct snapshot *snapshot = &sync->snapshot;
	struct signature author;
	struct stale_log log;
	err e = stale_log_read(sync->arena, sync->repo, &log);

	if (e ||
	    (e = stale_divert(sync->arena, sync->repo, &log, snapshot->head, &snapshot->changes,
			      &sync->stale)) ||
	    (e = identity_find(sync->arena, repo_folder(sync->repo), sync->identity, &author)) ||
	    (e = stale_record(sync->arena, sync->repo, &sync->stale, &author)))
		return e;
	if (snapshot->changes.count == 0)
		return NULL;
	if ((e = snapshot_record(sync->arena, sync->repo, &author, snapshot)))
		return e;
	return forget_told(sync, &log, &snapshot->changes);
}

static err forget_settled(const struct sync *sync)
{
	const struct unplaced_files *looked = &sync->snapshot.unplaced;
	struct unplaced_files all;
	bool any = false;
	err e = NULL;

	for (size_t i = 0; i < looked->count; i++)
		any |= looked->files[i].is_settled;
	if (!any || (e = unplaced_read(sync->arena, sync->repo, &all)))
		return e;
	for (size_t i = 0; i < looked->count; i++)
		unplaced_set(sync->arena, &all, looked->files[i]);
	return unplaced_write(sync->arena, sync->repo, &all);
}

/* Takes the change at `path` out of those that are recorded on the branch. */
static bool take_change(struct file_changes *changes, struct str path, struct file_change *out)
{
	size_t kept = 0;
	bool found = false;

	for (size_t i = 0; i < changes->count; i++)
		if (str_equal(changes->files[i].path, path)) {
			*out = changes->files[i];
			found = true;
		} else {
			changes->files[kept++] = changes->files[i];
		}
	changes->count = kept;
	return found;
}

/*
 * The branch lacks the version that the writer of a save saw, as its history was rewritten:
 * what they changed waits as a change of what it holds now.
 */
static err record_anew(struct sync *sync, struct stale_save *save)
{
	struct file_change change = {.path = save->path, .to = save->saved, .to_mode = save->mode};
	const struct file_changes changes = {.files = &change, .count = 1};
	struct commit commit = {0};
	struct str message = str_of(_("Notes saved while others' were arriving"));
	struct tree_files seen, saved;
	err e = identity_find(sync->arena, repo_folder(sync->repo), sync->identity, &commit.author);

	if (e || (e = repo_tree_read(sync->arena, sync->repo, save->seen, &seen)))
		return e;
	saved = tree_files_with(sync->arena, &seen, &changes);
	commit.message = str_printf(sync->arena, "%.*s\n", STR_ARGS(message));
	if ((e = record_tree(sync->arena, sync->repo, &saved, save->seen, &commit.author, message,
			     &save->commit)))
		return e;
	return sync_keep_anew(sync, save->seen, save->commit, &commit);
}

/*
 * What could not be put in its place is tried again; what somebody made of the older text
 * was made on the version that they saw.
 * out: `saved`: there is such a one, to be recorded
 */
static err divert_unplaced(struct sync *sync, bool *saved)
{
	const struct unplaced_files *unplaced = &sync->snapshot.unplaced;
	struct stale_saves *stale = &sync->stale;
	err e = NULL;

	*saved = false;
	for (size_t i = 0; !e && i < unplaced->count; i++) {
		const struct unplaced *file = &unplaced->files[i];
		struct file_change change = {.to = file->holds, .to_mode = file->mode};

		if (file->is_settled)
			continue;
		bool changed = take_change(&sync->snapshot.changes, file->path, &change);
		arena_push(sync->arena, stale->saves, stale->count, stale->room);
		struct stale_save *save = &stale->saves[stale->count++];
		*save = (struct stale_save){.path = file->path,
					    .saved = change.to,
					    .mode = change.to_mode,
					    .seen = file->seen,
					    .commit = changed ? OBJECT_ID_NONE : file->seen};
		if (changed && !repo_descends(sync->repo, sync->head, file->seen))
			e = record_anew(sync, save);
		*saved |= changed;
	}
	return e ? e : forget_settled(sync);
}

bool sync_is_left_behind(const struct sync *sync)
{
	return !sync->united && !object_id_is_none(sync->snapshot.shown);
}

/* The files show an earlier version: what was saved in them was made from that. */
static err record_on_shown(struct sync *sync)
{
	struct file_changes *changes = &sync->snapshot.changes;
	struct stale_saves *stale = &sync->stale;
	struct signature author;
	err e = identity_find(sync->arena, repo_folder(sync->repo), sync->identity, &author);

	for (size_t i = 0; !e && i < changes->count; i++) {
		const struct file_change *change = &changes->files[i];

		arena_push(sync->arena, stale->saves, stale->count, stale->room);
		stale->saves[stale->count++] = (struct stale_save){.path = change->path,
								   .saved = change->to,
								   .mode = change->to_mode,
								   .seen = sync->snapshot.shown};
	}
	changes->count = 0;
	return e ? e : stale_record(sync->arena, sync->repo, stale, &author);
}

/* Plain git has moved on, the files with it: the next look starts from there. */
static err remember_shown(struct sync *sync)
{
	const struct snapshot *snapshot = &sync->snapshot;

	if (object_id_is_none(snapshot->head) || snapshot->held_count ||
	    sync_is_left_behind(sync) ||
	    object_id_equal(journal_shown(sync->arena, sync->repo), snapshot->head))
		return NULL;
	return journal_show(sync->arena, sync->repo, sync->branch, snapshot->head);
}

err sync_snapshot(struct sync *sync)
{
	bool meant, saved;
	err e = snapshot_look(sync->arena, sync->repo, sync->options.all ? SNAPSHOT_TAKE_HELD : 0,
			      &sync->snapshot);

	if (e || (e = compare_held(sync, &meant)))
		return e;
	if (meant &&
	    (e = snapshot_look(sync->arena, sync->repo, SNAPSHOT_TAKE_HELD, &sync->snapshot)))
		return e;
	sync->start = sync->head = sync->recorded = sync->own = sync->snapshot.head;
	worktree_settle_saved(sync->repo, &sync->snapshot.changes);
	if ((e = divert_unplaced(sync, &saved)))
		return e;
	if (sync->snapshot.changes.count == 0 && !saved)
		return remember_shown(sync);
	e = sync_is_left_behind(sync) ? record_on_shown(sync) : record(sync);
	sync->head = sync->recorded = sync->own = sync->snapshot.head;
	return e;
}

/* --- while plain git is at work --------------------------------------------------- */

/* Was the very same kept before? A watch comes by again and again. */
static err is_kept(const struct sync *sync, const struct tree_files *files, bool *out)
{
	struct reference *saved;
	struct object_id tree;
	size_t count = 0;
	bool kept = false;
	err e = repo_tree_write(sync->repo, files, &tree);

	if (!e)
		e = repo_references(sync->arena, sync->repo, "refs/atelier/saved/", &saved, &count);
	for (size_t i = 0; !e && i < count && !kept; i++) {
		struct commit commit;

		e = repo_commit_read(sync->arena, sync->repo, saved[i].id, &commit);
		kept = !e && object_id_equal(commit.tree, tree);
	}
	*out = kept;
	return e;
}

static err keep(struct sync *sync, const struct tree_files *files)
{
	struct object_id parent = sync->snapshot.head, commit;
	struct signature author;
	err e = identity_find(sync->arena, repo_folder(sync->repo), sync->identity, &author);

	if (!object_id_is_none(sync->snapshot.shown))
		parent = sync->snapshot.shown;
	if (e || (e = record_tree(sync->arena, sync->repo, files, parent, &author,
				  str_of(_("Notes saved while plain git was at work")), &commit)))
		return e;
	return repo_reference_keep(sync->repo, "refs/atelier/saved/", commit, "saved aside");
}

err sync_save_aside(struct sync *sync, err busy)
{
	struct snapshot *snapshot = &sync->snapshot;
	struct tree_files files;
	bool kept = false;

	if (err_status(busy) != STATUS_BUSY || sync->lock.descriptor == 0)
		return busy;
	err e = snapshot_look(sync->arena, sync->repo, SNAPSHOT_TAKE_HELD, snapshot);
	if (!e && snapshot->changes.count == 0)
		return busy;
	if (!e) {
		worktree_settle_saved(sync->repo, &snapshot->changes);
		files = tree_files_with(sync->arena, &snapshot->files, &snapshot->changes);
		e = is_kept(sync, &files, &kept);
	}
	if (!e && !kept)
		e = keep(sync, &files);
	if (!e)
		e = err_advise(err_new(STATUS_BUSY, "%s", err_message(busy)),
			       _("%s What you saved is kept aside: of what plain git throws away, "
				 "“atelier restore” brings each point back."),
			       err_advice(busy) ? err_advice(busy) : "");
	err_free(busy);
	return e;
}
