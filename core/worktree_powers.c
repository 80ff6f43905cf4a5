#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/file.h"
#include "core/message.h"
#include "core/worktree_aside.h"
#include "core/worktree_private.h"

enum { WRITER_POLL_MILLISECONDS = 2 };

static const char first[] = "tried-one", second[] = "tried-two", third[] = "tried-three",
		  upper[] = "TRIED-ONE";

bool worktree_is_without(const char *power)
{
	const char *without = getenv("ATELIER_WITHOUT");

	return without && strstr(without, power);
}

int worktree_take_name(int folder, const char *file, int to, const char *name)
{
	if (!worktree_is_without("link") && linkat(folder, file, to, name, 0) == 0)
		return 0;
	if (!worktree_is_without("link") && errno != EPERM && errno != EOPNOTSUPP &&
	    errno != ENOSYS)
		return -1;
	if (!worktree_is_without("noreplace"))
		return renameat2(folder, file, to, name, RENAME_NOREPLACE);
	errno = EINVAL;
	return -1;
}

enum writers worktree_await_writers(int descriptor, enum patience patience)
{
	/* Who opens the file while we hold it makes the kernel tell us; by a signal that is
	 * ignored. */
	if (worktree_is_without("lease") || fcntl(descriptor, F_SETSIG, SIGURG) < 0)
		return WRITERS_UNKNOWN;
	for (int waited = 0; fcntl(descriptor, F_SETLEASE, F_RDLCK) < 0;
	     waited += WRITER_POLL_MILLISECONDS) {
		if (errno != EAGAIN && errno != EINTR)
			return WRITERS_UNKNOWN;
		if (waited >= (int)patience)
			return WRITERS_AT_WORK;
		clock_pause(WRITER_POLL_MILLISECONDS);
	}
	return WRITERS_NONE;
}

bool worktree_is_wanted(int descriptor)
{
	/* It tells what the lease is to become for who waits. source: fcntl(2) */
	return fcntl(descriptor, F_GETLEASE) != F_RDLCK;
}

static bool make(int folder, const char *name)
{
	int descriptor = openat(folder, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);

	if (descriptor >= 0)
		close(descriptor);
	return descriptor >= 0;
}

static bool gives_leases(int folder)
{
	int descriptor = openat(folder, first, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	bool given = descriptor >= 0 && !worktree_is_without("lease") &&
		     fcntl(descriptor, F_SETLEASE, F_RDLCK) == 0;

	if (descriptor >= 0)
		close(descriptor);
	return given;
}

static bool takes_names(int folder)
{
	return worktree_take_name(folder, second, folder, third) == 0;
}

err worktree_try_powers(struct arena *arena, const struct repo *repo, struct worktree_powers *out)
{
	const char *path = worktree_aside_path(arena, repo);
	err e = file_make_folders(path);
	int folder = e ? -1 : open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (e)
		return e;
	if (folder < 0)
		return err_errno(path, _("cannot open"));
	if (make(folder, first) && make(folder, second))
		*out = (struct worktree_powers){
			.exchanges = !worktree_is_without("exchange") &&
				     renameat2(folder, first, folder, second, RENAME_EXCHANGE) == 0,
			.leases = gives_leases(folder),
			.takes_names = takes_names(folder),
			.folds_names = faccessat(folder, upper, F_OK, 0) == 0,
		};
	else
		e = err_errno(path, _("cannot create"));
	unlinkat(folder, first, 0);
	unlinkat(folder, second, 0);
	unlinkat(folder, third, 0);
	close(folder);
	return e;
}
