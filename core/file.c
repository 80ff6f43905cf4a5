#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/message.h"

static err too_large(const char *path, size_t limit)
{
	enum { KILO = 1024 };

	if (limit < KILO * KILO)
		return err_new(STATUS_BAD_INPUT, _("%s: larger than the limit of %zu KB"), path,
			       limit / KILO);
	return err_new(STATUS_BAD_INPUT, _("%s: larger than the limit of %zu MB"), path,
		       limit / (KILO * KILO));
}

/* Reads up to the end, or one byte beyond `limit`, which tells that it is over. */
static err read_all(struct buf *buf, int descriptor, const char *path, size_t limit)
{
	char part[16 * 1024];

	while (buf->len <= limit) {
		size_t wanted = limit + 1 - buf->len;
		ssize_t got = read(descriptor, part, wanted < sizeof part ? wanted : sizeof part);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_errno(path, _("cannot read"));
		if (got == 0)
			return NULL;
		buf_add(buf, (struct str){part, (size_t)got});
	}
	return too_large(path, limit);
}

err file_read_open(struct arena *arena, int descriptor, const char *path, size_t limit,
		   struct str *out)
{
	struct buf buf = {.arena = arena};
	struct stat status;
	err e;

	if (fstat(descriptor, &status) < 0)
		return err_errno(path, _("cannot read"));
	if (S_ISREG(status.st_mode)) {
		if (status.st_size > (off_t)limit)
			return too_large(path, limit);
		/* One allocation for the usual case; the file may still grow while we read. */
		buf.room = (size_t)status.st_size + 2;
		buf.at = arena_alloc(arena, buf.room, 1);
	}
	if ((e = read_all(&buf, descriptor, path, limit)))
		return e;
	buf_add_byte(&buf, '\0');
	*out = (struct str){buf.at, buf.len - 1};
	return NULL;
}

err file_read(struct arena *arena, const char *path, size_t limit, struct str *out)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC);
	err e;

	if (descriptor < 0)
		return err_errno(path, _("cannot open"));
	e = file_read_open(arena, descriptor, path, limit, out);
	close(descriptor);
	return e;
}

err file_write_open(int descriptor, const char *path, struct str bytes)
{
	while (bytes.len > 0) {
		ssize_t put = write(descriptor, bytes.at, bytes.len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return err_errno(path, _("cannot write"));
		bytes = str_slice(bytes, (size_t)put, bytes.len);
	}
	return NULL;
}

err file_read_if_there(struct arena *arena, const char *path, size_t limit, struct str *out,
		       bool *found)
{
	*out = (struct str){0};
	*found = access(path, F_OK) == 0 || errno != ENOENT;
	return *found ? file_read(arena, path, limit, out) : NULL;
}

static err append(const char *path, struct str bytes, bool durably)
{
	int descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	struct arena arena = {0};
	struct stat before;
	err e;

	if (descriptor < 0 || fstat(descriptor, &before) < 0) {
		e = err_errno(path, _("cannot write"));
		goto done;
	}
	e = file_write_open(descriptor, path, bytes);
	if (!e && durably && fsync(descriptor) < 0)
		e = err_errno(path, _("cannot write"));
	if (!e && durably && before.st_size == 0)
		e = file_sync_folder(file_folder_of(&arena, path));
	arena_free(&arena);
done:
	if (descriptor >= 0)
		close(descriptor);
	return e;
}

err file_append(const char *path, struct str bytes)
{
	return append(path, bytes, true);
}

err file_append_cache(const char *path, struct str bytes)
{
	return append(path, bytes, false);
}

const char *file_real(struct arena *arena, const char *path)
{
	char *real = realpath(path, NULL);
	const char *copy = real ? str_copy(arena, str_of(real)).at : NULL;

	free(real);
	return copy;
}

const char *file_folder_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return ".";
	return slash == path ? "/" : str_c(arena, (struct str){path, (size_t)(slash - path)});
}

/* The one path of a file that is not there, in a folder that is. */
static const char *real_in_folder(struct arena *arena, const char *path)
{
	const char *folder = file_real(arena, file_folder_of(arena, path));
	const char *slash = strrchr(path, '/');

	return folder ? str_printf(arena, "%s/%s", folder, slash ? slash + 1 : path).at : NULL;
}

const char *file_real_to_be(struct arena *arena, const char *path)
{
	enum { MOST_LINKS = 40 }; /* as Linux follows */
	char target[PATH_MAX];

	for (int links = 0; links <= MOST_LINKS; links++) {
		const char *real = file_real(arena, path);
		ssize_t length = real ? 0 : readlink(path, target, sizeof target);

		if (real || length < 0)
			return real ? real : real_in_folder(arena, path);
		struct str onwards = {target, (size_t)length};
		path = str_starts(onwards, STR("/"))
			       ? str_c(arena, onwards)
			       : str_printf(arena, "%s/%.*s", file_folder_of(arena, path),
					    STR_ARGS(onwards))
					 .at;
	}
	return NULL;
}

/* `sync`: fsync() or syncfs(); `kind`: O_DIRECTORY or O_NOFOLLOW. */
static err sync_path(const char *path, int kind, int (*sync)(int descriptor))
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC | kind);
	err e = NULL;

	if (descriptor < 0)
		return err_errno(path, _("cannot open"));
	/* EINVAL: a file system that cannot, as some network ones. */
	if (sync(descriptor) < 0 && errno != EINVAL)
		e = err_errno(path, _("cannot write"));
	close(descriptor);
	return e;
}

err file_sync(const char *path)
{
	return sync_path(path, O_NOFOLLOW, fsync);
}

err file_sync_folder(const char *path)
{
	return sync_path(path, O_DIRECTORY, fsync);
}

err file_sync_all(const char *folder)
{
	return sync_path(folder, O_DIRECTORY, syncfs);
}

/* Who may make something in a folder need not be allowed to look into it. */
static err sync_if_readable(const char *folder)
{
	if (access(folder, R_OK) < 0)
		return NULL;
	return file_sync_folder(folder);
}

err file_make_folders(const char *path)
{
	struct arena arena = {0};
	const char *above = file_folder_of(&arena, path);
	bool made = mkdir(path, 0777) == 0;
	err e = NULL;

	if (!made && errno == ENOENT && strchr(path, '/') && !(e = file_make_folders(above)))
		made = mkdir(path, 0777) == 0;
	if (!made && !e && errno != EEXIST)
		e = err_errno(path, _("cannot create"));
	if (made)
		e = sync_if_readable(above);
	arena_free(&arena);
	return e;
}

/* What a new file would get: mkostemp makes it private, which would surprise in a shared folder. */
static mode_t permissions_for(const char *path)
{
	struct stat old;
	mode_t mask;

	if (stat(path, &old) == 0)
		return old.st_mode & 07777;
	mask = umask(022);
	umask(mask);
	return 0666 & ~mask;
}

static err write_temporary(int descriptor, const char *path, struct str bytes)
{
	err e = file_write_open(descriptor, path, bytes);

	if (e)
		return e;
	if (fchmod(descriptor, permissions_for(path)) < 0 || fsync(descriptor) < 0)
		return err_errno(path, _("cannot write"));
	return NULL;
}

err file_replace(const char *path, struct str bytes)
{
	struct arena arena = {0};
	const char *folder = file_folder_of(&arena, path);
	char *temporary = str_writable(&arena, str_printf(&arena, "%s/.atelier-XXXXXX", folder));
	int descriptor = mkostemp(temporary, O_CLOEXEC);
	err e = NULL;

	if (descriptor < 0) {
		e = err_errno(path, _("cannot create"));
		goto done;
	}
	e = write_temporary(descriptor, path, bytes);
	if (close(descriptor) < 0 && !e)
		e = err_errno(path, _("cannot write"));
	if (!e && rename(temporary, path) < 0)
		e = err_errno(path, _("cannot replace"));
	if (e)
		unlink(temporary);
	else
		e = file_sync_folder(folder);
done:
	arena_free(&arena);
	return e;
}

/* Which of our own outputs that is, under another name; -1: none of them. */
static int output_that_is(const struct stat *status)
{
	static const int outputs[] = {STDOUT_FILENO, STDERR_FILENO};
	struct stat open;

	for (size_t i = 0; i < 2; i++)
		if (fstat(outputs[i], &open) == 0 && open.st_dev == status->st_dev &&
		    open.st_ino == status->st_ino)
			return outputs[i];
	return -1;
}

static err write_into(const char *path, struct str bytes)
{
	int descriptor = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC | O_NOCTTY);
	err e;

	if (descriptor < 0)
		return err_errno(path, _("cannot open"));
	e = file_write_open(descriptor, path, bytes);
	close(descriptor);
	return e;
}

err file_put(const char *path, struct str bytes)
{
	struct arena arena = {0};
	struct stat status;
	bool there = stat(path, &status) == 0;
	int output = there ? output_that_is(&status) : -1;
	const char *real = there ? file_real(&arena, path) : file_real_to_be(&arena, path);
	err e;

	if (output >= 0)
		e = file_write_open(output, path, bytes);
	/* The link of a descriptor may lead to what has no name. */
	else if (there && (!S_ISREG(status.st_mode) || !real))
		e = write_into(path, bytes);
	else
		e = real ? file_replace(real, bytes) : err_errno(path, _("cannot create"));
	arena_free(&arena);
	return e;
}
