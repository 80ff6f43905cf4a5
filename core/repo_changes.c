#include "core/repo_changes.h"

#include <string.h>

#include "core/limits.h"
#include "core/message.h"
#include "core/repo_private.h"

enum { DEEPEST = 2 * LIMIT_PATH_DEPTH };

bool path_is_note(struct str path)
{
	return (str_ends(path, STR(".md")) || str_ends(path, STR(".markdown"))) &&
	       !path_is_hidden(path);
}

/* Two folders being compared; a side that is not there is NULL. */
struct comparison {
	struct arena *arena;
	const struct repo *repo;
	struct note_changes *out;
};

static bool is_folder(const git_tree_entry *entry)
{
	return entry && git_tree_entry_type(entry) == GIT_OBJECT_TREE;
}

static bool is_file(const git_tree_entry *entry)
{
	return entry && git_tree_entry_type(entry) == GIT_OBJECT_BLOB &&
	       git_tree_entry_filemode(entry) != GIT_FILEMODE_LINK;
}

static err compare_folders(struct comparison *comparison, const git_oid *from, const git_oid *to,
			   struct str folder, int depth);

static err compare_entry(struct comparison *comparison, const git_tree_entry *from,
			 const git_tree_entry *to, struct str folder, int depth)
{
	struct note_changes *out = comparison->out;
	struct str name = str_of(git_tree_entry_name(from ? from : to));
	struct str path = str_copy(comparison->arena, path_join(comparison->arena, folder, name));

	if (path_judge(path) == PATH_REFUSED || str_find_byte(name, '/', 0) < name.len)
		return NULL;
	if ((is_folder(from) || is_folder(to)) && depth < DEEPEST && name.at[0] != '.') {
		err e = compare_folders(
			comparison, is_folder(from) ? git_tree_entry_id(from) : NULL,
			is_folder(to) ? git_tree_entry_id(to) : NULL, path, depth + 1);
		if (e)
			return e;
	}
	if ((!is_file(from) && !is_file(to)) || !path_is_note(path))
		return NULL;
	arena_push(comparison->arena, out->notes, out->count, out->room);
	out->notes[out->count] = (struct note_change){.path = path};
	if (is_file(from))
		out->notes[out->count].from = repo_id_from(git_tree_entry_id(from));
	if (is_file(to))
		out->notes[out->count].to = repo_id_from(git_tree_entry_id(to));
	out->count++;
	return NULL;
}

static bool is_same(const git_tree_entry *a, const git_tree_entry *b)
{
	return a && b && git_oid_equal(git_tree_entry_id(a), git_tree_entry_id(b)) &&
	       git_tree_entry_filemode(a) == git_tree_entry_filemode(b);
}

/* Entries of one name on both sides; names are in git's order, by bytes for plain files. */
static err compare_entries(struct comparison *comparison, const git_tree *from, const git_tree *to,
			   struct str folder, int depth)
{
	size_t from_count = from ? git_tree_entrycount(from) : 0;
	size_t to_count = to ? git_tree_entrycount(to) : 0;
	err e = NULL;

	for (size_t i = 0; !e && i < from_count; i++) {
		const git_tree_entry *old = git_tree_entry_byindex(from, i);
		const git_tree_entry *now =
			to ? git_tree_entry_byname(to, git_tree_entry_name(old)) : NULL;

		if (!is_same(old, now))
			e = compare_entry(comparison, old, now, folder, depth);
	}
	for (size_t i = 0; !e && i < to_count; i++) {
		const git_tree_entry *now = git_tree_entry_byindex(to, i);

		if (!from || !git_tree_entry_byname(from, git_tree_entry_name(now)))
			e = compare_entry(comparison, NULL, now, folder, depth);
	}
	return e;
}

static err compare_folders(struct comparison *comparison, const git_oid *from, const git_oid *to,
			   struct str folder, int depth)
{
	git_tree *old = NULL, *now = NULL;
	err e = NULL;

	if ((from && git_tree_lookup(&old, comparison->repo->git, from) < 0) ||
	    (to && git_tree_lookup(&now, comparison->repo->git, to) < 0))
		e = repo_failure(STATUS_IO, _("cannot read what is recorded"));
	else
		e = compare_entries(comparison, old, now, folder, depth);
	git_tree_free(old);
	git_tree_free(now);
	return e;
}

err repo_note_changes(struct arena *arena, const struct repo *repo, struct object_id from,
		      struct object_id to, struct note_changes *out)
{
	*out = (struct note_changes){0};
	if (object_id_equal(from, to))
		return NULL;
	struct comparison comparison = {arena, repo, out};
	git_oid old = repo_id_to(from), now = repo_id_to(to);

	return compare_folders(&comparison, object_id_is_none(from) ? NULL : &old,
			       object_id_is_none(to) ? NULL : &now, (struct str){0}, 0);
}
