#include "core/repo_index.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/file.h"
#include "core/message.h"
#include "core/worktree_private.h"

enum { LOCK_WAIT_MILLISECONDS = 3000, LOCK_POLL_MILLISECONDS = 20 };

/* Opens index.lock with: a lock that a killed run of ours left is known by it. */
static const char lock_mark[] = "atelier\n";

static const char *lock_path(struct arena *arena, const struct repo *repo)
{
	return repo_own_path(arena, repo, "index.lock");
}

/* Left by a run of ours: whoever holds .git/atelier/lock may take it away. */
static bool is_ours(const char *path)
{
	char start[sizeof lock_mark] = "";
	int descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	ssize_t got = descriptor < 0 ? -1 : read(descriptor, start, sizeof start - 1);

	if (descriptor >= 0)
		close(descriptor);
	return got == sizeof lock_mark - 1 && memcmp(start, lock_mark, (size_t)got) == 0;
}

/* A name that appears with its content: a kill cannot leave a lock that nobody owns. */
static err make_marked(struct arena *arena, const struct repo *repo, const char **out)
{
	const char *path = str_printf(arena, "%s/index.mark", repo_state_folder(repo)).at;
	err e = NULL;

	/* It stays for the next run: each of its syncs takes as long as that of a note. */
	if (!is_ours(path) && !(e = file_make_folders(repo_state_folder(repo))))
		e = file_replace(path, str_of(lock_mark));
	*out = path;
	return e;
}

/* On a disk that knows no safe names a kill between the two steps does leave such a lock. */
static bool make_lock(const char *path)
{
	int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	err e;

	if (descriptor < 0)
		return false;
	e = file_write_open(descriptor, path, str_of(lock_mark));
	close(descriptor);
	if (!e)
		return true;
	err_free(e);
	unlink(path);
	return false;
}

static bool take_lock(const char *marked, const char *path)
{
	if (worktree_take_name(AT_FDCWD, marked, AT_FDCWD, path) == 0)
		return true;
	return (errno == EINVAL || errno == ENOSYS || errno == EXDEV) && make_lock(path);
}

err repo_index_lock(const struct repo *repo)
{
	struct arena arena = {0};
	const char *path = lock_path(&arena, repo), *marked = NULL;
	err e = make_marked(&arena, repo, &marked);

	for (int waited = 0; !e && !take_lock(marked, path); waited += LOCK_POLL_MILLISECONDS) {
		if (errno != EEXIST) {
			e = err_errno(path, _("cannot create"));
		} else if (is_ours(path)) {
			unlink(path);
		} else if (waited >= LOCK_WAIT_MILLISECONDS) {
			e = err_advise(
				err_new(STATUS_BUSY,
					_("plain git is at work in this folder, or was stopped "
					  "in the middle")),
				_("%s is its lock. Try again when it has finished; “atelier "
				  "doctor” tells whether it runs, and with --fix takes the lock "
				  "away."),
				path);
		} else {
			clock_pause(LOCK_POLL_MILLISECONDS);
		}
	}
	arena_free(&arena);
	return e;
}

bool repo_index_is_ours(const struct repo *repo)
{
	struct arena arena = {0};
	bool ours = is_ours(lock_path(&arena, repo));

	arena_free(&arena);
	return ours;
}

void repo_index_unlock(const struct repo *repo)
{
	struct arena arena = {0};
	const char *path = lock_path(&arena, repo);

	if (is_ours(path))
		unlink(path);
	arena_free(&arena);
}
