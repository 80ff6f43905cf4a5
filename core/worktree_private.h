/*
 * What reading (worktree.c), replacing (worktree_put.c, worktree_aside.c) and making last
 * (worktree_saved.c) of people's files share, and the powers of the file system
 * (worktree_powers.c) that they ask for.
 */
#ifndef CORE_WORKTREE_PRIVATE_H
#define CORE_WORKTREE_PRIVATE_H

#include <sys/stat.h>

#include "core/worktree.h"

struct file_stamp file_stamp_of(const struct stat *status);
/* MODE_FILE, MODE_PROGRAM, or 0 for what is no plain file. */
uint32_t mode_of(const struct stat *status);
/* Had the disk's clock, by CLOCK_REALTIME_COARSE, not ticked at `now` since a file was written? */
bool worktree_is_fresh(const struct timespec *written, const struct timespec *now);

/*
 * Opens a folder below the root, made on demand, following no link.
 * out: a descriptor to close, or -1 with errno.
 */
int worktree_open_folder(const struct repo *repo, struct str folder, bool make);

/* How long somebody who has a file open for writing is waited for. */
enum patience { NO_PATIENCE = 0, USUAL_PATIENCE = 2000 /* milliseconds */ };

/* Reads an open file as worktree_read() does. */
err worktree_read_open(struct arena *arena, int descriptor, struct str path, enum patience patience,
		       struct saved_file *out) ERR_MUST_CHECK;
/* A power that the file system is made to lack: "exchange", "lease", "link", "noreplace". */
bool worktree_is_without(const char *power);
/*
 * Gives a file a name that nothing has: a second one or, where files can have but one,
 * instead of its own.
 * out: 0, or -1 with errno: EEXIST; EINVAL: the file system knows neither
 */
int worktree_take_name(int folder, const char *file, int to, const char *name);

enum writers { WRITERS_NONE, WRITERS_AT_WORK, WRITERS_UNKNOWN };

/*
 * Waits until nobody has the file open for writing, then keeps writers waiting
 * until `descriptor` is closed. WRITERS_UNKNOWN: there are no leases here.
 */
enum writers worktree_await_writers(int descriptor, enum patience patience);
/* Does anybody wait there, since no writer was found, to open the file for writing? */
bool worktree_is_wanted(int descriptor);

#endif
