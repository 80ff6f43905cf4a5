/*
 * Files as whole byte strings: read under a limit, replaced in one step.
 *
 * Invariant: a path that file_replace() was asked to replace holds, at every
 * moment and after a power cut, either all of the old bytes or all of the new.
 */
#ifndef CORE_FILE_H
#define CORE_FILE_H

#include <sys/types.h>

#include "core/err.h"
#include "core/str.h"

/*
 * Reads a file, or a pipe up to its end, that holds at most `limit` bytes.
 * out: the bytes, in the arena, followed by a NUL.
 * errors: STATUS_BAD_INPUT where there is none, or it is a folder or over the limit.
 */
err file_read(struct arena *arena, const char *path, size_t limit, struct str *out) ERR_MUST_CHECK;
/* The same of a file that may be missing. out: `found`, whether it is there; else nothing */
err file_read_if_there(struct arena *arena, const char *path, size_t limit, struct str *out,
		       bool *found) ERR_MUST_CHECK;
/* As file_read(), from an open descriptor, which stays open; `path` is for messages. */
err file_read_open(struct arena *arena, int descriptor, const char *path, size_t limit,
		   struct str *out) ERR_MUST_CHECK;

/*
 * Puts `bytes` in the place of what `path` held, durably: temporary file beside
 * it, fsync, rename, fsync of the folder. Permissions of an old file are kept.
 */
err file_replace(const char *path, struct str bytes) ERR_MUST_CHECK;
/*
 * The same for a path that a person names: what a link leads to is replaced, not the
 * link; a pipe, a device, a file that has no name any more, or one that our own output
 * goes to, is written to.
 */
err file_put(const char *path, struct str bytes) ERR_MUST_CHECK;
/* Writes all of `bytes`; `path` is for messages. */
err file_write_open(int descriptor, const char *path, struct str bytes) ERR_MUST_CHECK;
/* Adds `bytes` at the end of `path`, made if there is none, durably, its name too. */
err file_append(const char *path, struct str bytes) ERR_MUST_CHECK;
/* The same, not durably: what a power cut leaves of it is known as torn and made again. */
err file_append_cache(const char *path, struct str bytes) ERR_MUST_CHECK;

/* Makes a folder and those above it, durably; one that is there already is fine. */
err file_make_folders(const char *path) ERR_MUST_CHECK;
/* Makes the bytes of a file durable that another program or library wrote; no link is followed. */
err file_sync(const char *path) ERR_MUST_CHECK;
/* Makes what was created, renamed or removed in a folder durable. */
err file_sync_folder(const char *path) ERR_MUST_CHECK;
/* Makes all durable that is on the file system of a folder, whoever wrote it; it may take long. */
err file_sync_all(const char *folder) ERR_MUST_CHECK;
/* The one path of what is there, through all links, or NULL with errno. */
const char *file_real(struct arena *arena, const char *path);
/*
 * The same of what file_put() would make there, which need not be there yet.
 * out: NULL: nothing can be made there
 */
const char *file_real_to_be(struct arena *arena, const char *path);
/* The folder part of a path: "." where it has none. */
const char *file_folder_of(struct arena *arena, const char *path);

#endif
