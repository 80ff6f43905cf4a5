/*
 * Errors as values: NULL is success; anything else says what happened, why,
 * and what the person can do, in the language of the messages.
 *
 * Invariant: an err is worded once, where the fact is known, and freed once,
 * by whoever prints it or decides to go on without.
 */
#ifndef CORE_ERR_H
#define CORE_ERR_H

#include <stdbool.h>

/* What a failure means to a caller, and the program's exit status. */
enum status {
	STATUS_DONE = 0,
	STATUS_FINDINGS = 1, /* audit --verify, doctor, status --check found something */
	STATUS_USAGE = 2,
	STATUS_BAD_INPUT = 65,
	STATUS_UNREACHABLE = 69, /* the remote, when it was required */
	STATUS_CANNOT_CREATE = 73,
	STATUS_IO = 74,
	STATUS_BUSY = 75,
	STATUS_REFUSED = 77, /* login or rights refused by the remote */
	STATUS_SETUP = 78,   /* identity missing, or a newer format */
};

struct failure;
typedef struct failure *err;

#define ERR_MUST_CHECK __attribute__((warn_unused_result))

/* Words a failure; `format` has gone through `_()`. The caller owns the result. */
err err_new(enum status status, const char *format, ...)
	__attribute__((format(printf, 2, 3))) ERR_MUST_CHECK;
/*
 * What an error number of the system says, in the language of the messages; the system's
 * own words, which it may have in English alone, for a rare one.
 */
const char *err_reason(int code);
/* "PATH: WHAT: reason of the system", from errno; the status follows errno. */
err err_errno(const char *path, const char *what) ERR_MUST_CHECK;
/* Adds what the person can do about it, in place of any earlier advice. NULL stays NULL. */
err err_advise(err failure, const char *format, ...)
	__attribute__((format(printf, 2, 3))) ERR_MUST_CHECK;

/* Says that somebody else was faster: done anew, it may go well. NULL stays NULL. */
err err_outrun(err failure) ERR_MUST_CHECK;
bool err_is_outrun(const struct failure *failure);

enum status err_status(const struct failure *failure);
/* What happened and why; valid as long as the failure. */
const char *err_message(const struct failure *failure);
/* What to do, or NULL. */
const char *err_advice(const struct failure *failure);
/* Releases it; NULL is fine. */
void err_free(err failure);

#endif
