#include "core/left_behind.h"

#include "core/journal.h"

static struct object_id id_of(const struct tree_file *file)
{
	return file ? file->id : OBJECT_ID_NONE;
}

/* Does the index say of a path what the version that was shown says? */
static bool is_as_shown(const struct index_entries *index, struct str path,
			const struct tree_file *shown)
{
	const struct index_entry *entry = index_entry_find(index, path);

	return object_id_equal(entry ? entry->id : OBJECT_ID_NONE, id_of(shown));
}

/* out: `differs`: there is such a file, and all of them are as shown */
static bool all_as_shown(const struct index_entries *index, const struct tree_files *shown,
			 const struct tree_files *now)
{
	size_t i = 0, j = 0;
	bool differs = false;

	while (i < shown->count || j < now->count) {
		int order = i == shown->count ? 1
			    : j == now->count
				    ? -1
				    : str_compare(shown->files[i].path, now->files[j].path);
		const struct tree_file *before = order <= 0 ? &shown->files[i++] : NULL;
		const struct tree_file *after = order >= 0 ? &now->files[j++] : NULL;
		const struct tree_file *either = before ? before : after;

		if (!either->writable || object_id_equal(id_of(before), id_of(after)))
			continue;
		if (!is_as_shown(index, either->path, before))
			return false;
		differs = true;
	}
	return differs;
}

/* Does the index hold all of a version and nothing else? */
static bool holds_all(const struct index_entries *index, const struct tree_files *files)
{
	bool same = index->count == files->count;

	for (size_t i = 0; same && i < files->count; i++)
		same = is_as_shown(index, files->files[i].path, &files->files[i]);
	return same;
}

/*
 * The version between `last` and `head` that git's index holds, as plain git had brought the
 * files there before the branch went on without them; `shown` none: none of the latest.
 */
static err find_indexed(struct arena *arena, const struct repo *repo, struct object_id last,
			struct object_id head, const struct index_entries *index,
			struct object_id *shown, struct tree_files *files)
{
	enum { MOST_VERSIONS = 100 };
	struct commit *commits;
	size_t count, oldest;
	err e = repo_history(arena, repo, head, last, &commits, &count);

	if (e)
		return e;
	oldest = count > MOST_VERSIONS ? count - MOST_VERSIONS : 0;
	for (size_t i = count; i-- > oldest;) {
		struct tree_files found;

		if ((e = repo_tree_read(arena, repo, commits[i].id, &found)))
			return e;
		if (!holds_all(index, &found))
			continue;
		/* At the head itself nothing was left behind. */
		if (!object_id_equal(commits[i].id, head)) {
			*shown = commits[i].id;
			*files = found;
		}
		break;
	}
	return NULL;
}

err left_behind(struct arena *arena, const struct repo *repo, struct object_id head,
		const struct index_entries *index, struct object_id *shown,
		struct tree_files *files)
{
	struct object_id last = journal_shown(arena, repo);
	struct tree_files before, now;
	err e;

	*shown = OBJECT_ID_NONE;
	if (object_id_is_none(last) || object_id_equal(last, head) ||
	    !repo_descends(repo, head, last) || repo_index_came_along(repo, head))
		return NULL;
	if ((e = repo_tree_read(arena, repo, last, &before)) ||
	    (e = repo_tree_read(arena, repo, head, &now)))
		return e;
	if (!all_as_shown(index, &before, &now))
		return find_indexed(arena, repo, last, head, index, shown, files);
	*shown = last;
	*files = before;
	return NULL;
}

err left_behind_now(struct arena *arena, const struct repo *repo, bool *out)
{
	struct object_id head = repo_reference(repo, "HEAD"), shown;
	struct index_entries index;
	struct tree_files files;
	err e = NULL;

	*out = false;
	if (object_id_equal(journal_shown(arena, repo), head))
		return NULL;
	if ((e = repo_index_read(arena, repo, &index)) ||
	    (e = left_behind(arena, repo, head, &index, &shown, &files)))
		return e;
	*out = !object_id_is_none(shown);
	return NULL;
}
