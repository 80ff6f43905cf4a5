/*
 * Who deletes a wording in an editor settles a point: the label of the one that is
 * left says nothing any more, and goes in a commit of its own.
 */
#include "cmd/notes.h"
#include "cmd/sync_steps.h"
#include "core/label.h"
#include "core/repo_changes.h"
#include "core/variant_deleted.h"

static err settle_note(struct sync *sync, struct note_change *note)
{
	struct str before, now;
	err e = notes_blob_read(sync->arena, sync->repo, note->to, &now);

	/* Most notes have no wordings, and need not be taken apart. */
	if (e || label_count(now) == 0 ||
	    (e = notes_blob_read(sync->arena, sync->repo, note->from, &before)))
		return e;
	struct doc was = doc_read(sync->arena, before), is = doc_read(sync->arena, now);
	struct str settled = variant_settle_deleted(sync->arena, &was, &is);
	return str_equal(settled, now) ? NULL : repo_blob_write(sync->repo, settled, &note->to);
}

/* out: `settled`: of the notes those with something to settle, as they are then */
static err settle_notes(struct sync *sync, const struct note_changes *notes,
			struct note_changes *settled)
{
	*settled = (struct note_changes){0};
	for (size_t i = 0; i < notes->count; i++) {
		struct note_change note = notes->notes[i];

		if (object_id_is_none(note.from) || object_id_is_none(note.to))
			continue;
		err e = settle_note(sync, &note);
		if (e)
			return e;
		if (object_id_equal(note.to, notes->notes[i].to))
			continue;
		arena_push(sync->arena, settled->notes, settled->count, settled->room);
		settled->notes[settled->count++] = note;
	}
	return NULL;
}

/* out: whether any of the files is another now */
static bool put_settled(struct tree_files *files, const struct note_changes *settled)
{
	bool any = false;

	for (size_t i = 0; i < settled->count; i++) {
		const struct tree_file *found = tree_file_find(files, settled->notes[i].path);

		if (!found || !found->writable)
			continue;
		files->files[found - files->files].id = settled->notes[i].to;
		any = true;
	}
	return any;
}

/* Has somebody else this commit, as far as is known? Then it was left as it is. */
static err find_shared(struct sync *sync, struct object_id commit, bool *shared)
{
	*shared = false;
	for (size_t i = 0; i < sync->remote_count && !*shared; i++) {
		/* A command asks nobody: what they held the last time is known all the same. */
		struct sync_remote last = sync->remotes[i];
		err e = sync_remote_branch(sync, &last);

		if (e)
			return e;
		*shared = !object_id_is_none(last.tip) &&
			  (object_id_equal(last.tip, commit) ||
			   repo_descends(sync->repo, last.tip, commit));
	}
	return NULL;
}

err sync_settle(struct sync *sync)
{
	struct commit last, parent, commit = {.parents = &sync->head, .parent_count = 1};
	struct note_changes notes, settled;
	struct tree_files files;
	bool shared;
	err e;

	sync->settled = sync->head;
	if (object_id_is_none(sync->head))
		return NULL;
	if ((e = find_shared(sync, sync->head, &shared)) || shared)
		return e;
	if ((e = repo_commit_read(sync->arena, sync->repo, sync->head, &last)) ||
	    last.parent_count != 1 || repo_is_cut_off(sync->repo, last.parents[0]))
		return e;
	if ((e = repo_commit_read(sync->arena, sync->repo, last.parents[0], &parent)) ||
	    (e = repo_note_changes(sync->arena, sync->repo, parent.tree, last.tree, &notes)) ||
	    (e = settle_notes(sync, &notes, &settled)) || settled.count == 0)
		return e;
	if ((e = repo_tree_read(sync->arena, sync->repo, sync->head, &files)) ||
	    !put_settled(&files, &settled))
		return e;
	commit.author = signature_of_program(last.committer.time);
	commit.committer = commit.author;
	commit.message = STR("Settle\n");
	if ((e = repo_tree_write(sync->repo, &files, &commit.tree)) ||
	    (e = repo_commit_write(sync->repo, &commit)))
		return e;
	if (object_id_equal(sync->own, sync->head))
		sync->own = commit.id;
	sync->settled = commit.id;
	return NULL;
}
