#include "core/record.h"

#include "core/apply.h"
#include "core/left_behind.h"
#include "core/message.h"
#include "core/repo_durable.h"
#include "core/repo_mend.h"
#include "core/snapshot.h"

enum { LOCK_SECONDS = 10 };

const char *record_lock_path(struct arena *arena, const struct repo *repo)
{
	return str_printf(arena, "%s/lock", repo_state_folder(repo)).at;
}

err record_may_begin(struct arena *arena, const struct repo *repo)
{
	if (repo_state(repo) != REPO_QUIET)
		return err_advise(
			err_new(STATUS_BUSY,
				_("plain git is in the middle of something in this folder")),
			_("Finish or abort it (“git status” says how), then try again."));
	if (repo_branch(arena, repo).len == 0)
		return err_advise(
			err_new(STATUS_BUSY, _("plain git shows an older state in this folder")),
			_("Go back with “git switch -”, then try again."));
	return NULL;
}

err record_begin(struct arena *arena, struct repo *repo, struct lock *lock,
		 struct displaced_files *displaced)
{
	err e = lock_take(record_lock_path(arena, repo), LOCK_SECONDS, lock);

	if (e)
		return e;
	repo_durable_mend(repo);
	repo_mend_merge(repo);
	if ((e = record_may_begin(arena, repo)))
		return e;
	*displaced = displaced_sweep(arena, repo);
	return apply_finish(arena, repo);
}

err record_outrun(struct str path)
{
	return err_outrun(err_new(STATUS_BUSY, _("%.*s was saved by somebody else meanwhile"),
				  STR_ARGS(path)));
}

err record_denied(struct str path)
{
	return err_advise(err_new(STATUS_CANNOT_CREATE, _("%.*s: its folder may not be written to"),
				  STR_ARGS(path)),
			  _("Give yourself the right to write there, in the settings of the "
			    "folder, or ask its owner; then try again."));
}

static err changed_meanwhile(struct str path)
{
	return err_advise(record_outrun(path), _("Try again: it will be read afresh."));
}

/* What is on disk must be what the caller had read; that is what it will be exchanged for. */
static err check_seen(struct arena *arena, const struct repo *repo,
		      const struct recorded_file *file, struct file_change *change)
{
	struct saved_file saved;
	err e = worktree_read(arena, repo, file->path, &saved);

	if (e)
		return e;
	if (saved.obstructed || saved.over_limit)
		return err_new(STATUS_CANNOT_CREATE, _("%.*s: something that is no note is there"),
			       STR_ARGS(file->path));
	if (saved.being_written || (saved.mode != 0) != (file->seen.at != NULL) ||
	    !str_equal(saved.bytes, file->seen))
		return changed_meanwhile(file->path);
	if (saved.mode != 0)
		change->from = blob_id_of(saved.bytes);
	change->to_mode = saved.mode ? saved.mode : MODE_FILE;
	return NULL;
}

static err prepare(struct arena *arena, struct repo *repo, const struct recording *recording,
		   struct file_changes *changes)
{
	changes->files = arena_array(arena, struct file_change, recording->count);
	for (size_t i = 0; i < recording->count; i++) {
		const struct recorded_file *file = &recording->files[i];
		struct file_change *change = &changes->files[changes->count++];
		err e;

		change->path = str_copy(arena, file->path);
		if (path_judge(file->path) != PATH_FINE)
			return err_advise(
				err_new(STATUS_BAD_INPUT, _("%.*s cannot be the name of a note"),
					STR_ARGS(file->path)),
				_("Some machines cannot have it, or it is too long or too "
				  "deep in folders: take another title or name."));
		if ((e = check_seen(arena, repo, file, change)))
			return e;
		if (!worktree_may_change(repo, file->path))
			return record_denied(file->path);
		if (!file->remove && (e = repo_blob_write(repo, file->bytes, &change->to)))
			return e;
	}
	file_changes_sort(changes);
	return NULL;
}

static bool same_files(const struct tree_files *a, const struct tree_files *b)
{
	bool same = a->count == b->count;

	for (size_t i = 0; same && i < a->count; i++)
		same = str_equal(a->files[i].path, b->files[i].path) &&
		       a->files[i].mode == b->files[i].mode &&
		       object_id_equal(a->files[i].id, b->files[i].id);
	return same;
}

err record_files(struct arena *arena, struct repo *repo, const struct recording *recording,
		 struct object_id *out)
{
	const struct signature *author = recording->author;
	struct file_changes changes = {0};
	struct tree_files before, after;
	struct object_id head, commit;
	struct displaced_files displaced;
	struct lock lock = {0};
	bool behind = false;
	err e = record_begin(arena, repo, &lock, &displaced);

	if (e || (e = left_behind_now(arena, repo, &behind)))
		goto done;
	if (behind && recording->count) {
		e = changed_meanwhile(recording->files[0].path);
		goto done;
	}
	if ((displaced_is_written(&displaced) &&
	     (e = displaced_take(arena, repo, &displaced, author))) ||
	    (e = prepare(arena, repo, recording, &changes)))
		goto done;
	head = repo_reference(repo, "HEAD");
	if ((e = repo_tree_read(arena, repo, head, &before)))
		goto done;
	after = tree_files_with(arena, &before, &changes);
	commit = head;
	if (same_files(&before, &after))
		goto recorded;
	if ((e = record_tree(arena, repo, &after, head, author, recording->message, &commit)) ||
	    (e = apply_changes(arena, repo, head, commit, &changes, author)))
		goto done;
recorded:
	if (out)
		*out = commit;
done:
	lock_release(&lock);
	return e;
}
