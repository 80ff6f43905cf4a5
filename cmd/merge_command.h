/*
 * What merge-file and merge-driver do, for both programs: it uses nothing that
 * only build/atelier links, so that git can start the small one for each file.
 *
 * Invariant: a failure leaves every file as it was.
 */
#ifndef CMD_MERGE_COMMAND_H
#define CMD_MERGE_COMMAND_H

#include <stdbool.h>

#include "cmd/app.h"
#include "core/err.h"

struct merge_order {
	const char *base, *ours, *theirs;
	const char *named;  /* the path whose ending tells the format; NULL: that of ours */
	bool to_output;	    /* the result goes to standard output, not into ours */
	bool json;	    /* what was decided goes as JSON into the report's file, or, where
			       there is none, to standard output: with the result in it where
			       that is wanted there */
	const char *report; /* file for what was decided; "": standard error; NULL: none */
};

/* The order that git's driver arguments stand for: %O %A %B %L %P. */
struct merge_order merge_order_of_driver(char **arguments);

/*
 * Reads the three files, merges them, and puts the report and then the result where the
 * order says.
 * errors: STATUS_BAD_INPUT, a file that cannot be read or is over the limit; nothing is
 * written then.
 */
err merge_order_run(struct app *app, const struct merge_order *order) ERR_MUST_CHECK;

#endif
