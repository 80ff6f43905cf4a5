/*
 * One writer at a time in a clone: an advisory lock that ends with the process.
 */
#ifndef CORE_LOCK_H
#define CORE_LOCK_H

#include "core/err.h"

struct lock {
	int descriptor; /* 0: not held */
};

/*
 * Takes the lock file `path`, made with its folder if there is none; waits up
 * to `seconds` for whoever holds it.
 * errors: STATUS_BUSY when it is still held then.
 */
err lock_take(const char *path, int seconds, struct lock *out) ERR_MUST_CHECK;
/*
 * Takes a folder's own lock, for which nothing is written; one that cannot be had in
 * `seconds`, as on some network disks, is not held: it is a courtesy.
 */
void lock_folder(const char *path, int seconds, struct lock *out);
/* Gives it back; one not held is fine. */
void lock_release(struct lock *lock);

#endif
