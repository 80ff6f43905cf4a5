#include "core/displaced.h"

#include <dirent.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/file.h"
#include "core/late.h"
#include "core/limits.h"
#include "core/path.h"
#include "core/worktree_aside.h"

enum { KEPT_SECONDS = 24 * 3600, ABOUT_BYTES = 4096 };

static const struct str ending = {".about", sizeof ".about" - 1};

struct displaced {
	const char *file, *about; /* paths */
	struct str path;
	struct object_id holds, seen;
};

static err write_about(struct arena *arena, const struct displaced *displaced)
{
	return file_replace(displaced->about, str_printf(arena, "%s %s %.*s\n",
							 object_id_hex(arena, displaced->holds).at,
							 object_id_hex(arena, displaced->seen).at,
							 STR_ARGS(displaced->path)));
}

err displaced_keep(struct arena *arena, const struct repo *repo, struct str name, struct str path,
		   struct object_id holds, struct object_id seen)
{
	struct displaced displaced = {
		.about = str_printf(arena, "%s/%.*s%.*s", worktree_aside_path(arena, repo),
				    STR_ARGS(name), STR_ARGS(ending))
				 .at,
		.path = path,
		.holds = holds,
		.seen = seen,
	};

	return write_about(arena, &displaced);
}

/* Nothing but what write_about() makes is believed. */
static bool read_about(struct arena *arena, struct displaced *displaced)
{
	struct str text, holds, seen;
	err e = file_read(arena, displaced->about, ABOUT_BYTES, &text);

	if (e) {
		err_free(e);
		return false;
	}
	text = str_chomp(text);
	if (!str_next_part(&text, ' ', &holds) || !str_next_part(&text, ' ', &seen) ||
	    !object_id_read(holds, &displaced->holds) || !object_id_read(seen, &displaced->seen))
		return false;
	displaced->path = text;
	return path_judge(text) == PATH_FINE;
}

static void drop(const struct displaced *displaced)
{
	unlink(displaced->file);
	unlink(displaced->about);
}

static err take(struct arena *arena, struct repo *repo, struct displaced *displaced,
		const struct signature *author)
{
	struct file_change change = {.path = displaced->path, .to_mode = MODE_FILE};
	struct file_changes saved = {.files = &change, .count = 1};
	struct object_id commit;
	struct str bytes;
	err e = file_read(arena, displaced->file, LIMIT_FILE_BYTES, &bytes);

	if (e) {
		/* Gone, or grown beyond what is taken in: it stays where it is until its day is
		 * over. */
		err_free(e);
		return NULL;
	}
	if (object_id_equal(blob_id_of(bytes), displaced->holds))
		return NULL;
	if ((e = repo_blob_write(repo, bytes, &change.to)) ||
	    (e = late_record(arena, repo, displaced->seen, &saved, author, &commit)))
		return e;
	/* A next save is made on top of what is now recorded. */
	displaced->holds = change.to;
	displaced->seen = commit;
	return write_about(arena, displaced);
}

bool displaced_waits(struct arena *arena, const struct repo *repo)
{
	DIR *folder = opendir(worktree_aside_path(arena, repo));
	struct dirent *entry;
	bool found = false;

	while (folder && !found && (entry = readdir(folder)))
		found = str_ends(str_of(entry->d_name), ending);
	if (folder)
		closedir(folder);
	return found;
}

err displaced_take(struct arena *arena, struct repo *repo, const struct signature *author)
{
	const char *path = worktree_aside_path(arena, repo);
	DIR *folder = opendir(path);
	struct dirent *entry;
	err e = NULL;

	while (folder && !e && (entry = readdir(folder))) {
		struct str name = str_of(entry->d_name);
		struct displaced displaced = {0};
		struct stat about;

		if (!str_ends(name, ending))
			continue;
		displaced.about = str_printf(arena, "%s/%s", path, entry->d_name).at;
		displaced.file =
			str_printf(arena, "%s/%.*s", path, (int)(name.len - ending.len), name.at)
				.at;
		bool known = read_about(arena, &displaced);
		if (known)
			e = take(arena, repo, &displaced, author);
		if (!e && (!known || (stat(displaced.about, &about) == 0 &&
				      time(NULL) - about.st_mtime > KEPT_SECONDS)))
			drop(&displaced);
	}
	if (folder)
		closedir(folder);
	return e;
}
