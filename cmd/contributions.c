#include "cmd/contributions.h"

#include <stdlib.h>

#include "cmd/notes.h"
#include "cmd/sync_plan.h"
#include "core/message.h"
#include "merge/rename.h"

enum { MOST_COMMITS = 200 };

/* None where what was before is not here: nobody knows. */
static err commit_changes(struct arena *arena, const struct repo *repo, const struct commit *commit,
			  struct file_changes *out)
{
	struct object_id parent = OBJECT_ID_NONE;
	struct tree_files before, after;
	err e;

	if (commit->parent_count)
		parent = commit->parents[0];
	*out = (struct file_changes){0};
	if (commit->parent_count && repo_is_cut_off(repo, parent))
		return NULL;
	if ((e = repo_tree_read(arena, repo, parent, &before)) ||
	    (e = repo_tree_read(arena, repo, commit->tree, &after)))
		return e;
	*out = plan_changes(arena, &before, &after);
	return NULL;
}

err commit_files(struct arena *arena, const struct repo *repo, const struct commit *commit,
		 struct str **out, size_t *count)
{
	struct file_changes changes;
	err e = commit_changes(arena, repo, commit, &changes);

	if (e)
		return e;
	*out = arena_array(arena, struct str, changes.count);
	for (size_t i = 0; i < changes.count; i++)
		(*out)[i] = changes.files[i].path;
	*count = changes.count;
	return NULL;
}

bool commit_is_by_person(const struct commit *commit)
{
	return !commit_is_automatic(commit) && !signature_is_program(&commit->author);
}

struct str person_called(struct str name, struct str email)
{
	if (name.len)
		return name;
	return email.len ? email : str_of(_("somebody without a name"));
}

static struct contribution *person(struct arena *arena, struct contributions *all,
				   const struct signature *author)
{
	for (size_t i = 0; i < all->count; i++)
		if (str_equal(all->people[i].name, author->name) &&
		    str_equal(all->people[i].email, author->email))
			return &all->people[i];
	arena_push(arena, all->people, all->count, all->room);
	all->people[all->count] =
		(struct contribution){.name = author->name,
				      .email = author->email,
				      .called = person_called(author->name, author->email)};
	return &all->people[all->count++];
}

/*
 * The files that a version took away, or those that it brought, as a version of their own.
 * One that cannot be read is known by its id alone.
 */
static void only(struct arena *arena, const struct repo *repo, const struct file_changes *changes,
		 bool gone, struct version *out)
{
	*out = (struct version){.files = arena_array(arena, struct version_file, changes->count)};
	for (size_t i = 0; i < changes->count; i++) {
		const struct file_change *change = &changes->files[i];
		struct object_id id = gone ? change->from : change->to;
		struct version_file file = {.path = change->path,
					    .mode = gone ? change->from_mode : change->to_mode,
					    .id = id};

		if (!object_id_is_none(gone ? change->to : change->from) || object_id_is_none(id))
			continue;
		err_free(notes_blob_read(arena, repo, id, &file.bytes));
		out->files[out->count++] = file;
	}
}

/* What got another name was not deleted. out: which of the changes took a file away for good */
static bool *find_deleted(struct arena *arena, const struct repo *repo,
			  const struct file_changes *changes)
{
	bool *deleted = arena_array(arena, bool, changes->count);
	struct version gone, come;
	size_t at = 0;

	only(arena, repo, changes, true, &gone);
	if (gone.count == 0)
		return deleted;
	only(arena, repo, changes, false, &come);
	struct file_matching matching = match_files(arena, &gone, &come);
	for (size_t i = 0; i < changes->count && at < gone.count; i++)
		if (str_equal(changes->files[i].path, gone.files[at].path))
			deleted[i] = matching.of_base[at++] == NOT_MATCHED;
	return deleted;
}

static int compare_paths(const void *left, const void *right)
{
	const struct contributed_file *a = left, *b = right;

	return str_compare(a->path, b->path);
}

/* What a later version did to a file stands for what earlier ones did. */
static void add_files(struct arena *arena, struct contribution *to,
		      const struct contributed_file *files, size_t count)
{
	size_t known = to->file_count;

	for (size_t i = 0; i < count; i++) {
		struct contributed_file *before =
			known ? bsearch(&files[i], to->files, known, sizeof files[i], compare_paths)
			      : NULL;

		if (before) {
			before->deleted = files[i].deleted;
			continue;
		}
		arena_push(arena, to->files, to->file_count, to->file_room);
		to->files[to->file_count++] = files[i];
	}
	if (to->file_count > known)
		qsort(to->files, to->file_count, sizeof *to->files, compare_paths);
}

static void add_changes(struct arena *arena, const struct repo *repo, struct contribution *to,
			const struct file_changes *changes)
{
	struct contributed_file *files =
		arena_array(arena, struct contributed_file, changes->count);
	const bool *deleted = find_deleted(arena, repo, changes);

	for (size_t i = 0; i < changes->count; i++)
		files[i] = (struct contributed_file){changes->files[i].path, deleted[i]};
	add_files(arena, to, files, changes->count);
}

/* Leaves out whose versions change nothing: an old text saved as it was, git's --allow-empty. */
static void leave_out_idle(struct contributions *all)
{
	size_t kept = 0;

	for (size_t i = 0; i < all->count; i++)
		if (all->people[i].file_count || all->people[i].is_cut_off)
			all->people[kept++] = all->people[i];
	all->count = kept;
}

static int compare_people(const void *left, const void *right)
{
	const struct contribution *a = left, *b = right;
	int order = str_compare(a->name, b->name);

	return order ? order : str_compare(a->email, b->email);
}

static void sort_people(struct contributions *all)
{
	if (all->count)
		qsort(all->people, all->count, sizeof *all->people, compare_people);
}

err contributions_between(struct arena *arena, const struct repo *repo, struct object_id from,
			  struct object_id to, struct contributions *out)
{
	struct contributions all = {0};
	struct commit *commits;
	size_t count;
	err e = repo_history(arena, repo, to, from, &commits, &count);

	for (size_t i = 0; !e && i < count; i++) {
		struct file_changes changes = {0};
		struct contribution *by;

		if (!commit_is_by_person(&commits[i]))
			continue;
		if (i < MOST_COMMITS)
			e = commit_changes(arena, repo, &commits[i], &changes);
		by = person(arena, &all, &commits[i].author);
		by->commits++;
		by->is_cut_off |= i >= MOST_COMMITS;
		add_changes(arena, repo, by, &changes);
	}
	if (e)
		return e;
	leave_out_idle(&all);
	sort_people(&all);
	*out = all;
	return NULL;
}

void contributions_join(struct arena *arena, struct contributions *all,
			const struct contributions *more)
{
	for (size_t i = 0; i < more->count; i++) {
		const struct contribution *by = &more->people[i];
		struct contribution *to = person(
			arena, all, &(struct signature){.name = by->name, .email = by->email});

		if (by->commits > to->commits)
			to->commits = by->commits;
		to->is_cut_off |= by->is_cut_off;
		add_files(arena, to, by->files, by->file_count);
	}
	sort_people(all);
}

void contributions_add(struct json *record, const char *key, const struct contributions *people)
{
	struct json *list = json_add_array(record, key);

	for (size_t i = 0; i < people->count; i++) {
		struct json *person = json_add_object(list, NULL), *files;

		json_add_text(person, "name", people->people[i].name);
		json_add_text(person, "email", people->people[i].email);
		files = json_add_array(person, "files");
		for (size_t j = 0; j < people->people[i].file_count; j++)
			json_add_text(files, NULL, people->people[i].files[j].path);
	}
}
