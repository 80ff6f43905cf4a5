#include "core/apply.h"
#include "core/message.h"
#include "core/signing.h"
#include "core/snapshot.h"

struct tree_files tree_files_with(struct arena *arena, const struct tree_files *files,
				  const struct file_changes *changes)
{
	struct tree_files out = {
		.files = arena_array(arena, struct tree_file, files->count + changes->count)};
	size_t i = 0, j = 0;

	while (i < files->count || j < changes->count) {
		int order = i == files->count ? 1
			    : j == changes->count
				    ? -1
				    : str_compare(files->files[i].path, changes->files[j].path);
		if (order < 0) {
			out.files[out.count++] = files->files[i++];
			continue;
		}
		const struct file_change *change = &changes->files[j++];
		if (order == 0)
			i++;
		if (!object_id_is_none(change->to))
			out.files[out.count++] = (struct tree_file){.path = change->path,
								    .mode = change->to_mode,
								    .id = change->to,
								    .writable = true};
	}
	return out;
}

/* A clock that is behind must not turn the order of events around. */
static err come_after_parents(struct arena *arena, const struct repo *repo, struct commit *commit)
{
	struct commit before;
	err e = NULL;

	for (size_t i = 0; !e && i < commit->parent_count; i++) {
		e = repo_commit_read(arena, repo, commit->parents[i], &before);
		if (!e && before.committer.time > commit->committer.time)
			commit->committer.time = before.committer.time;
	}
	return e;
}

err record_by_person(struct arena *arena, struct repo *repo, struct commit *commit)
{
	err e = come_after_parents(arena, repo, commit);

	if (e || (e = repo_commit_write(repo, commit)) ||
	    !str_equal(commit->author.email, commit->committer.email))
		return e;
	return signing_try(arena, repo, commit);
}

err record_tree(struct arena *arena, struct repo *repo, const struct tree_files *files,
		struct object_id parent, const struct signature *author, struct str message,
		struct object_id *out)
{
	struct commit commit = {.parents = &parent,
				.parent_count = object_id_is_none(parent) ? 0 : 1,
				.author = *author,
				.committer = *author};
	err e = repo_tree_write(repo, files, &commit.tree);

	commit.message = str_printf(arena, "%.*s\n", STR_ARGS(str_trim(message)));
	if (e || (e = record_by_person(arena, repo, &commit)))
		return e;
	*out = commit.id;
	return NULL;
}

/* The one file by its name, several by their number. */
static struct str message_for(struct arena *arena, const struct file_changes *changes)
{
	if (changes->count == 1)
		return str_printf(arena, _("Notes: %.*s"), STR_ARGS(changes->files[0].path));
	return str_printf(arena,
			  message_plural("Notes: %zu file", "Notes: %zu files", changes->count),
			  changes->count);
}

err snapshot_record(struct arena *arena, struct repo *repo, const struct signature *author,
		    struct snapshot *snapshot)
{
	struct tree_files files = tree_files_with(arena, &snapshot->files, &snapshot->changes);
	struct file_changes on_disk = {.count = snapshot->changes.count};
	struct object_id commit;
	err e = record_tree(arena, repo, &files, snapshot->head, author,
			    message_for(arena, &snapshot->changes), &commit);

	if (e)
		return e;
	/* The files are right already; only branch and index have to follow. */
	on_disk.files = arena_array(arena, struct file_change, on_disk.count);
	for (size_t i = 0; i < on_disk.count; i++) {
		on_disk.files[i] = snapshot->changes.files[i];
		on_disk.files[i].from = on_disk.files[i].to;
	}
	if ((e = apply_changes(arena, repo, snapshot->head, commit, &on_disk, author)))
		return e;
	snapshot->head = commit;
	snapshot->files = files;
	return NULL;
}
