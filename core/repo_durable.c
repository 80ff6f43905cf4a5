#include "core/repo_durable.h"

#include <unistd.h>

#include "core/file.h"
#include "core/repo_private.h"

static const char *mark_path(struct arena *arena, const struct repo *repo)
{
	return repo_common_path(arena, repo, "atelier/unsettled");
}

/* Not durably: after a power loss there is nothing that was not on the disk. */
void repo_durable_begin(const struct repo *repo)
{
	struct arena arena = {0};
	const char *mark = mark_path(&arena, repo);

	err_free(file_make_folders(file_folder_of(&arena, mark)));
	err_free(file_append_cache(mark, (struct str){0}));
	arena_free(&arena);
}

void repo_durable_end(const struct repo *repo)
{
	struct arena arena = {0};

	if (!repo->has_new_objects)
		unlink(mark_path(&arena, repo));
	arena_free(&arena);
}

void repo_durable_mend(const struct repo *repo)
{
	struct arena arena = {0};
	err e = NULL;

	if (access(mark_path(&arena, repo), F_OK) == 0 &&
	    !(e = file_sync_all(repo_common_path(&arena, repo, "objects"))))
		repo_durable_end(repo);
	err_free(e);
	arena_free(&arena);
}

/* libgit2 makes the folders of objects, and makes only what is in them last. */
err repo_durable_settle(struct repo *repo)
{
	struct arena arena = {0};
	err e;

	if (!repo->has_new_objects)
		return NULL;
	e = file_sync_folder(repo_common_path(&arena, repo, "objects"));
	if (!e) {
		repo->has_new_objects = false;
		repo_durable_end(repo);
	}
	arena_free(&arena);
	return e;
}

bool repo_object_write(struct repo *repo, struct str bytes, git_object_t type,
		       struct object_id *out)
{
	git_oid id;

	if (!repo->has_new_objects)
		repo_durable_begin(repo);
	repo->has_new_objects = true;
	if (git_odb_write(&id, repo->objects, bytes.len ? bytes.at : "", bytes.len, type) < 0)
		return false;
	*out = repo_id_from(&id);
	return true;
}
