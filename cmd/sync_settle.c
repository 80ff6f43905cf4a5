/*
 * Who deletes a wording in an editor settles a point: the label of the one that is
 * left says nothing any more, and goes in a commit of its own.
 */
#include "cmd/notes.h"
#include "cmd/sync_steps.h"
#include "core/variant.h"

static err read_note(struct sync *sync, struct object_id blob, struct doc *out)
{
	struct str bytes = {0};
	err e = notes_blob_read(sync->arena, sync->repo, blob, &bytes);

	*out = doc_read(sync->arena, bytes);
	return e;
}

/* Settles one note, if there is anything to settle. */
static err settle_note(struct sync *sync, struct object_id before, struct object_id *now)
{
	struct doc was, is;
	err e = read_note(sync, before, &was);

	if (e || (e = read_note(sync, *now, &is)))
		return e;
	struct str settled = variant_settle_deleted(sync->arena, &was, &is);
	return str_equal(settled, is.source) ? NULL : repo_blob_write(sync->repo, settled, now);
}

/* out: `changed`: whether any of the files is another now */
static err settle_files(struct sync *sync, const struct tree_files *before,
			struct tree_files *files, bool *changed)
{
	*changed = false;
	for (size_t i = 0; i < files->count; i++) {
		struct tree_file *file = &files->files[i];
		const struct tree_file *was = tree_file_find(before, file->path);
		struct object_id now = file->id;

		if (!was || object_id_equal(was->id, now) || !file->writable ||
		    text_format_of(file->path) != FORMAT_NOTE)
			continue;
		err e = settle_note(sync, was->id, &file->id);
		if (e)
			return e;
		*changed = *changed || !object_id_equal(file->id, now);
	}
	return NULL;
}

/* Has somebody else this commit? Then it was left as it is. */
static bool is_shared(const struct sync *sync, struct object_id commit)
{
	for (size_t i = 0; i < sync->remote_count; i++) {
		struct object_id tip = sync->remotes[i].tip;

		if (!object_id_is_none(tip) &&
		    (object_id_equal(tip, commit) || repo_descends(sync->repo, tip, commit)))
			return true;
	}
	return false;
}

err sync_settle(struct sync *sync)
{
	struct tree_files before, files;
	struct commit last, commit = {.parents = &sync->head, .parent_count = 1};
	bool changed;
	err e;

	sync->settled = sync->head;
	if (object_id_is_none(sync->head) || is_shared(sync, sync->head))
		return NULL;
	if ((e = repo_commit_read(sync->arena, sync->repo, sync->head, &last)) ||
	    last.parent_count != 1)
		return e;
	if ((e = repo_tree_read(sync->arena, sync->repo, last.parents[0], &before)) ||
	    (e = repo_tree_read(sync->arena, sync->repo, sync->head, &files)) ||
	    (e = settle_files(sync, &before, &files, &changed)) || !changed)
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
