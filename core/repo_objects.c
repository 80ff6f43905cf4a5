/* Writing objects, so that what a reference names afterwards is on the disk. */
#include <unistd.h>

#include "core/file.h"
#include "core/repo_private.h"

static const char *unsettled_mark(struct arena *arena, const struct repo *repo)
{
	return repo_git_path(arena, repo, "atelier/unsettled");
}

/*
 * An object that is there is not written again, though the run that wrote it may have been
 * killed before it was on the disk. Such a run has left the mark.
 */
static void begin_objects(const struct repo *repo)
{
	struct arena arena = {0};
	const char *mark = unsettled_mark(&arena, repo);

	if (access(mark, F_OK) == 0) {
		err_free(file_sync_all(repo_git_path(&arena, repo, "objects")));
	} else {
		err_free(file_make_folders(file_folder_of(&arena, mark)));
		err_free(file_append_cache(mark, (struct str){0}));
	}
	arena_free(&arena);
}

/* libgit2 makes the folders of objects, and makes only what is in them last. */
err repo_objects_settle(struct repo *repo)
{
	struct arena arena = {0};
	err e = repo->has_new_objects ? file_sync_folder(repo_git_path(&arena, repo, "objects"))
				      : NULL;

	if (!e && repo->has_new_objects) {
		unlink(unsettled_mark(&arena, repo));
		repo->has_new_objects = false;
	}
	arena_free(&arena);
	return e;
}

bool repo_object_write(struct repo *repo, struct str bytes, git_object_t type,
		       struct object_id *out)
{
	git_oid id;

	if (!repo->has_new_objects)
		begin_objects(repo);
	repo->has_new_objects = true;
	if (git_odb_write(&id, repo->objects, bytes.len ? bytes.at : "", bytes.len, type) < 0)
		return false;
	*out = repo_id_from(&id);
	return true;
}
