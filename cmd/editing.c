#include "cmd/editing.h"

#include <sys/stat.h>

#include "core/path.h"

static bool stands(struct arena *arena, const struct sync *sync, struct str folder, struct str name)
{
	struct stat about;
	struct str path =
		path_join(arena, str_of(repo_folder(sync->repo)), path_join(arena, folder, name));

	return lstat(str_c(arena, path), &about) == 0;
}

static bool is_open(const struct sync *sync, struct str path)
{
	struct arena *arena = sync->arena;
	struct str folder = path_folder(path), name = path_name(path);

	return stands(arena, sync, folder, str_printf(arena, ".%.*s.swp", STR_ARGS(name))) ||
	       stands(arena, sync, folder, str_printf(arena, ".#%.*s", STR_ARGS(name)));
}

bool editing_concerns(const struct sync *sync)
{
	for (size_t i = 0; i < sync->remote_count; i++) {
		struct object_id tip = sync->remotes[i].tip;

		/* What is there already, or began here, changes nothing. */
		if (object_id_is_none(tip) || repo_descends(sync->repo, sync->head, tip))
			continue;
		for (size_t j = 0; j < sync->snapshot.files.count; j++) {
			const struct tree_file *file = &sync->snapshot.files.files[j];
			struct object_id there =
				repo_tree_entry(sync->repo, tip, str_c(sync->arena, file->path));

			if (!object_id_equal(there, file->id) && is_open(sync, file->path))
				return true;
		}
	}
	return false;
}
