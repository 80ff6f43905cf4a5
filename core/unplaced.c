#include "core/unplaced.h"

#include "core/file.h"
#include "core/limits.h"

/* Lines: `SEEN HOLDS PATH`. */
enum { UNPLACED_LIMIT = LIMIT_PATHS_BYTES + LIMIT_FILES * (4 * OBJECT_ID_BYTES + 3) };

static const char *unplaced_path(struct arena *arena, const struct repo *repo)
{
	return str_printf(arena, "%s/unplaced", repo_state_folder(repo)).at;
}

/* Nothing but what unplaced_write() makes is believed. */
static bool read_line(struct str line, struct unplaced *out)
{
	struct str seen, holds;

	if (!str_next_part(&line, ' ', &seen) || !str_next_part(&line, ' ', &holds))
		return false;
	*out = (struct unplaced){.path = line};
	return object_id_read(seen, &out->seen) && object_id_read(holds, &out->holds) &&
	       path_judge(line) == PATH_FINE;
}

err unplaced_read(struct arena *arena, const struct repo *repo, struct unplaced_files *out)
{
	struct unplaced_files files = {0};
	struct str bytes, line;
	struct unplaced file;
	bool found;
	err e = file_read_if_there(arena, unplaced_path(arena, repo), UNPLACED_LIMIT, &bytes,
				   &found);

	while (!e && found && str_next_line(&bytes, &line))
		if (read_line(str_chomp(line), &file))
			unplaced_set(arena, &files, file);
	if (!e)
		*out = files;
	return e;
}

err unplaced_write(struct arena *arena, const struct repo *repo, const struct unplaced_files *files)
{
	struct buf lines = {.arena = arena};

	for (size_t i = 0; i < files->count; i++) {
		const struct unplaced *file = &files->files[i];

		if (!file->is_settled)
			buf_printf(&lines, "%s %s %.*s\n", object_id_hex(arena, file->seen).at,
				   object_id_hex(arena, file->holds).at, STR_ARGS(file->path));
	}
	return file_replace(unplaced_path(arena, repo), buf_str(&lines));
}

struct unplaced *unplaced_find(const struct unplaced_files *files, struct str path)
{
	for (size_t i = 0; i < files->count; i++)
		if (str_equal(files->files[i].path, path))
			return &files->files[i];
	return NULL;
}

void unplaced_set(struct arena *arena, struct unplaced_files *files, struct unplaced file)
{
	struct unplaced *known = unplaced_find(files, file.path);

	if (known) {
		*known = file;
		return;
	}
	arena_push(arena, files->files, files->count, files->room);
	files->files[files->count++] = file;
}

err unplaced_unseen(struct arena *arena, const struct repo *repo, struct object_id from,
		    struct str path, struct object_id *out)
{
	const char *name = str_c(arena, path);
	struct commit commit = {0};

	while (!object_id_is_none(from)) {
		err e = repo_commit_read(arena, repo, from, &commit);

		if (e)
			return e;
		if (object_id_is_none(repo_tree_entry(repo, commit.tree, name))) {
			*out = from;
			break;
		}
		from = commit.parent_count ? commit.parents[0] : OBJECT_ID_NONE;
	}
	return NULL;
}
