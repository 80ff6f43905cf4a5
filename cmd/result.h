/*
 * A result that goes to standard output or, with -o FILE, into a file: written
 * at once when all of it is there, never over what people wrote.
 */
#ifndef CMD_RESULT_H
#define CMD_RESULT_H

#include "cmd/app.h"
#include "cmd/kept_output.h"
#include "core/workshop.h"

/*
 * Which of `names` ("md", "html"; NULL ends them) is asked for: as --format of the
 * running command says, else --json, else how the file of -o ends, else the first.
 * errors: STATUS_USAGE: another format; STATUS_BAD_INPUT: an ending that tells none of them.
 */
err result_format(struct app *app, const char *const *names, size_t *out) ERR_MUST_CHECK;

struct result {
	const char *path; /* NULL: standard output */
	const struct repo *repo;
	struct kept_output kept;
};

/*
 * What the command prints from now on is the result; as -o of the running
 * command says ("-": standard output).
 * errors: STATUS_BAD_INPUT: the file is git's; or it is in the repository, was not made so,
 * and is a note, or is not recorded as it stands.
 */
err result_begin(struct app *app, const struct repo *repo, struct result *result) ERR_MUST_CHECK;
/*
 * Writes it; where the command has `failed`, nothing is written. The repository is still open.
 * errors: as of result_begin(), of what was saved in the file since.
 */
err result_end(struct app *app, struct result *result, bool failed) ERR_MUST_CHECK;

#endif
