#include "core/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/file.h"
#include "core/message.h"

enum { TRIES_PER_SECOND = 50 };

/* out: 0: it is taken; EWOULDBLOCK: whoever holds it still does; else why it cannot be had */
static int wait_for(int descriptor, int seconds)
{
	for (int tries = seconds * TRIES_PER_SECOND;; tries--) {
		if (flock(descriptor, LOCK_EX | LOCK_NB) == 0)
			return 0;
		if ((errno != EWOULDBLOCK && errno != EINTR) || tries <= 0)
			return errno == EINTR ? EWOULDBLOCK : errno;
		clock_pause(1000 / TRIES_PER_SECOND);
	}
}

err lock_take(const char *path, int seconds, struct lock *out)
{
	struct arena arena = {0};
	err e = file_make_folders(file_folder_of(&arena, path));
	int descriptor;

	arena_free(&arena);
	if (e)
		return e;
	descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (descriptor < 0)
		return err_errno(path, _("cannot open"));
	int failed = wait_for(descriptor, seconds);
	if (failed) {
		close(descriptor);
		errno = failed;
		if (failed != EWOULDBLOCK)
			return err_errno(path, _("cannot lock"));
		return err_advise(
			err_new(STATUS_BUSY, _("another atelier is at work in this folder")),
			_("Wait until it has finished, then try again."));
	}
	out->descriptor = descriptor;
	return NULL;
}

void lock_folder(const char *path, int seconds, struct lock *out)
{
	int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (descriptor >= 0 && wait_for(descriptor, seconds)) {
		close(descriptor);
		descriptor = -1;
	}
	out->descriptor = descriptor < 0 ? 0 : descriptor;
}

void lock_release(struct lock *lock)
{
	if (lock->descriptor > 0)
		close(lock->descriptor);
	lock->descriptor = 0;
}
