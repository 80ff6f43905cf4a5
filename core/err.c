#include "core/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct failure {
	enum status status;
	char *message; /* NULL where memory was short */
	char *advice;  /* NULL: none */
};

/* Stands in where there is no memory left to word a failure; never freed. */
static struct failure no_memory = {.status = STATUS_IO};

static char *word(const char *format, va_list args)
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

err err_errno(const char *path, const char *what)
{
	int code = errno;

	return err_new(status_of_errno(code), "%s: %s: %s", path, what, strerror(code));
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
