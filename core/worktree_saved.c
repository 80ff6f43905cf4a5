#include <fcntl.h>
#include <unistd.h>

#include "core/path.h"
#include "core/worktree_private.h"

/* What the system or the disk cannot make last is recorded all the same: in git it is safe. */
static void settle_and_close(int descriptor)
{
	if (descriptor < 0)
		return;
	(void)fsync(descriptor);
	close(descriptor);
}

static void settle_file(const struct repo *repo, struct str path)
{
	int folder = worktree_open_folder(repo, path_folder(path), false);
	struct arena arena = {0};

	if (folder >= 0) {
		settle_and_close(openat(folder, str_c(&arena, path_name(path)),
					O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
		close(folder);
	}
	arena_free(&arena);
}

/* The names in a folder; `above`: also those of the folders that it is in, as it is new or gone. */
static void settle_folders(const struct repo *repo, struct str folder, bool above)
{
	for (;; folder = path_folder(folder)) {
		settle_and_close(worktree_open_folder(repo, folder, false));
		if (!above || folder.len == 0)
			return;
	}
}

void worktree_settle_saved(const struct repo *repo, const struct file_changes *saved)
{
	for (size_t i = 0; i < saved->count; i++) {
		const struct file_change *change = &saved->files[i];
		struct str folder = path_folder(change->path);
		bool gone = object_id_is_none(change->to);

		if (!gone)
			settle_file(repo, change->path);
		/* By path, those of one folder are neighbours, but for folders in between. */
		if (i == 0 || !str_equal(folder, path_folder(saved->files[i - 1].path)))
			settle_folders(repo, folder, gone || object_id_is_none(change->from));
	}
}
