#include "core/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/message.h"

struct failure {
	enum status status;
	char *message; /* NULL where memory was short */
	char *advice;  /* NULL: none */
	bool outrun;
};

/* Stands in where there is no memory left to word a failure; never freed. */
static struct failure no_memory = {.status = STATUS_IO};

__attribute__((format(printf, 1, 0))) static char *word(const char *format, va_list args)
{
	char *text;

	return vasprintf(&text, format, args) < 0 ? NULL : text;
}

err err_new(enum status status, const char *format, ...)
{
	err failure = calloc(1, sizeof *failure);
	va_list args;

	if (!failure)
		return &no_memory;
	failure->status = status;
	va_start(args, format);
	failure->message = word(format, args);
	va_end(args);
	return failure;
}

static enum status status_of_errno(int code)
{
	switch (code) {
	case ENOENT:
	case ENOTDIR:
	case EISDIR:
	case ENAMETOOLONG:
		return STATUS_BAD_INPUT;
	case EACCES:
	case EPERM:
	case EROFS:
		return STATUS_CANNOT_CREATE;
	case EAGAIN:
	case EBUSY:
	case ETXTBSY:
		return STATUS_BUSY;
	default:
		return STATUS_IO;
	}
}

const char *err_reason(int code)
{
	static const struct {
		int code;
		const char *reason;
	} reasons[] = {
		{ENOENT, N_("no such file or folder")},
		{ENOTDIR, N_("a folder is needed and this is none")},
		{EISDIR, N_("this is a folder")},
		{ENAMETOOLONG, N_("the name is too long")},
		{EACCES, N_("permission denied")},
		{EPERM, N_("the system does not allow it")},
		{EROFS, N_("the disk is read-only")},
		{ENOSPC, N_("the disk is full")},
		{EDQUOT, N_("your share of the disk is full")},
		{EFBIG, N_("the file is too large")},
		{EIO, N_("the disk reports a fault")},
		{EEXIST, N_("it exists already")},
		{ENOTEMPTY, N_("the folder is not empty")},
		{EBUSY, N_("it is in use")},
		{ETXTBSY, N_("it is in use")},
		{EAGAIN, N_("not available for the moment")},
		{EMFILE, N_("too many files are open")},
		{ENFILE, N_("too many files are open")},
		{ELOOP, N_("links lead round in a circle")},
		{EXDEV, N_("it is on another disk")},
		{EPIPE, N_("the reader has gone")},
		{ENOMEM, N_("not enough memory")},
	};

	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (reasons[i].code == code)
			return _(reasons[i].reason);
	return strerror(code);
}

err err_errno(const char *path, const char *what)
{
	int code = errno;

	return err_new(status_of_errno(code), _("%s: %s: %s"), path, what, err_reason(code));
}

err err_advise(err failure, const char *format, ...)
{
	va_list args;

	if (!failure || failure == &no_memory)
		return failure;
	free(failure->advice);
	va_start(args, format);
	failure->advice = word(format, args);
	va_end(args);
	return failure;
}

err err_outrun(err failure)
{
	if (failure && failure != &no_memory)
		failure->outrun = true;
	return failure;
}

bool err_is_outrun(const struct failure *failure)
{
	return failure && failure->outrun;
}

enum status err_status(const struct failure *failure)
{
	return failure ? failure->status : STATUS_DONE;
}

const char *err_message(const struct failure *failure)
{
	return failure && failure->message ? failure->message : "out of memory / mémoire épuisée";
}

const char *err_advice(const struct failure *failure)
{
	return failure ? failure->advice : NULL;
}

void err_free(err failure)
{
	if (!failure || failure == &no_memory)
		return;
	free(failure->message);
	free(failure->advice);
	free(failure);
}
