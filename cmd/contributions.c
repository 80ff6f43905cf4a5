#include "cmd/contributions.h"

#include <stdlib.h>

#include "cmd/sync_plan.h"
#include "core/message.h"

enum { MOST_COMMITS = 200 };

static err commit_changes(struct arena *arena, const struct repo *repo, const struct commit *commit,
			  struct file_changes *out)
{
	struct object_id parent = {{0}};
	struct tree_files before, after;
	err e;

	if (commit->parent_count)
		parent = commit->parents[0];
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
	return !commit_is_automatic(commit) &&
	       !str_equal(commit->author.email, STR("atelier@invalid"));
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

/* Gone, and not to another name. */
static bool is_deleted(const struct file_changes *changes, const struct file_change *change)
{
	bool renamed = false;

	for (size_t i = 0; i < changes->count; i++)
		renamed |= object_id_is_none(changes->files[i].from) &&
			   object_id_equal(changes->files[i].to, change->from);
	return object_id_is_none(change->to) && !renamed;
}

static void add_files(struct arena *arena, struct contribution *to,
		      const struct file_changes *changes)
{
	for (size_t i = 0; i < changes->count; i++) {
		const struct file_change *change = &changes->files[i];

		arena_push(arena, to->files, to->file_count, to->file_room);
		to->files[to->file_count++] =
			(struct contributed_file){change->path, is_deleted(changes, change)};
	}
}

static int compare_paths(const void *left, const void *right)
{
	const struct contributed_file *a = left, *b = right;

	return str_compare(a->path, b->path);
}

static void each_once(struct contribution *of)
{
	size_t kept = 0;

	if (of->file_count)
		qsort(of->files, of->file_count, sizeof *of->files, compare_paths);
	for (size_t i = 0; i < of->file_count; i++) {
		if (kept == 0 || !str_equal(of->files[kept - 1].path, of->files[i].path))
			of->files[kept++] = of->files[i];
		else
			of->files[kept - 1].is_deleted |= of->files[i].is_deleted;
	}
	of->file_count = kept;
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

err contributions_between(struct arena *arena, const struct repo *repo, struct object_id from,
			  struct object_id to, struct contributions *out)
{
	struct contributions all = {0};
	struct commit *commits;
	size_t count;
	err e = repo_history(arena, repo, to, from, &commits, &count);

	for (size_t i = 0; !e && i < count; i++) {
		struct contribution *by;
		struct file_changes changes = {0};

		if (!commit_is_by_person(&commits[i]))
			continue;
		if (i < MOST_COMMITS)
			e = commit_changes(arena, repo, &commits[i], &changes);
		by = person(arena, &all, &commits[i].author);
		by->commits++;
		by->is_cut_off |= i >= MOST_COMMITS;
		add_files(arena, by, &changes);
	}
	if (e)
		return e;
	for (size_t i = 0; i < all.count; i++)
		each_once(&all.people[i]);
	leave_out_idle(&all);
	if (all.count)
		qsort(all.people, all.count, sizeof *all.people, compare_people);
	*out = all;
	return NULL;
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
