#include <stdlib.h>
#include <string.h>

#include "core/file.h"
#include "core/message.h"
#include "core/repo_private.h"

struct str repo_branch(struct arena *arena, const struct repo *repo)
{
	git_reference *head = NULL;
	struct str out = {0};

	if (git_reference_lookup(&head, repo->git, "HEAD") == 0 &&
	    git_reference_type(head) == GIT_REFERENCE_SYMBOLIC)
		out = str_copy(arena, str_of(git_reference_symbolic_target(head)));
	git_reference_free(head);
	return out;
}

err repo_branch_set(struct repo *repo, const char *name)
{
	if (git_repository_set_head(repo->git, name) < 0)
		return repo_failure(STATUS_CANNOT_CREATE, _("cannot keep a setting"));
	return NULL;
}

struct object_id repo_reference(const struct repo *repo, const char *name)
{
	git_oid id;

	if (git_reference_name_to_id(&id, repo->git, name) < 0)
		return (struct object_id){{0}};
	return repo_id_from(&id);
}

/*
 * libgit2 makes the folders of objects and of references, and keeps only what is in
 * them on the disk. What is recorded has to be there with all the folders above it.
 */
static err make_ready(struct repo *repo, const char *name)
{
	struct arena arena = {0};
	err e = file_make_folders(file_folder_of(&arena, repo_git_path(&arena, repo, name)));

	if (!e && repo->has_new_objects)
		e = file_sync_folder(repo_git_path(&arena, repo, "objects"));
	if (!e)
		repo->has_new_objects = false;
	arena_free(&arena);
	return e;
}

err repo_reference_swap(struct repo *repo, const char *name, struct object_id from,
			struct object_id to, const char *why)
{
	git_reference *moved = NULL;
	git_oid old = repo_id_to(from), id = repo_id_to(to);
	bool is_new = object_id_is_none(from);
	err e = make_ready(repo, name);
	int code;

	if (e)
		return e;
	code = git_reference_create_matching(&moved, repo->git, name, &id, is_new ? 0 : 1,
					     is_new ? NULL : &old, why);
	git_reference_free(moved);
	if (code == 0)
		return NULL;
	if (code == GIT_EMODIFIED || code == GIT_EEXISTS || code == GIT_ELOCKED ||
	    code == GIT_ENOTFOUND)
		return err_new(STATUS_BUSY,
			       _("another program is recording in this folder at the same time"));
	return repo_failure(STATUS_IO, _("cannot record"));
}

err repo_reference_remove(struct repo *repo, const char *name)
{
	int code = git_reference_remove(repo->git, name);

	if (code < 0 && code != GIT_ENOTFOUND)
		return repo_failure(STATUS_IO, _("cannot remove what is no longer needed"));
	return NULL;
}

static int compare_references(const void *left, const void *right)
{
	const struct reference *a = left, *b = right;

	return str_compare(a->name, b->name);
}

err repo_references(struct arena *arena, const struct repo *repo, const char *prefix,
		    struct reference **out, size_t *count)
{
	struct str glob = str_printf(arena, "%s*", prefix);
	git_reference_iterator *iterator = NULL;
	struct reference *found = NULL;
	size_t number = 0, room = 0;
	const char *name;

	if (git_reference_iterator_glob_new(&iterator, repo->git, glob.at) < 0)
		return repo_failure(STATUS_IO, _("cannot read what is recorded"));
	while (git_reference_next_name(&name, iterator) == 0) {
		arena_push(arena, found, number, room);
		found[number].name = str_copy(arena, str_of(name));
		found[number].id = repo_reference(repo, name);
		if (!object_id_is_none(found[number].id))
			number++;
	}
	git_reference_iterator_free(iterator);
	if (number)
		qsort(found, number, sizeof *found, compare_references);
	*out = found;
	*count = number;
	return NULL;
}

bool repo_look_at_other(struct arena *arena, const char *folder, struct reference **out,
			size_t *count)
{
	struct repo other = {0};
	bool read =
		git_repository_open_ext(&other.git, folder,
					GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_BARE,
					NULL) == 0 ||
		git_repository_open_ext(&other.git, folder, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL) ==
			0;
	err e = read ? repo_references(arena, &other, "refs/heads/", out, count) : NULL;

	read = read && !e;
	err_free(e);
	git_repository_free(other.git);
	return read;
}
