/*
 * What a person saved in a file before a command writes there is recorded first, with the
 * care of a sync: an old text is merged from the version that it was made from, the label
 * goes off a wording of which the others were deleted, and a note without a word left is
 * not taken for meant.
 *
 * Invariant: a command never records a save that a sync would have asked about.
 */
#ifndef CMD_SAVED_FIRST_H
#define CMD_SAVED_FIRST_H

#include "cmd/app.h"
#include "core/record.h"

/*
 * Records what people saved in the files that a command is about to write.
 * errors: STATUS_BUSY: a file holds more than was read now: read again, try again;
 *         STATUS_BAD_INPUT: one has lost all its words.
 * cost: nothing to speak of where all is recorded.
 */
err saved_first(struct app *app, const struct repo *repo, const struct recorded_file *files,
		size_t count) ERR_MUST_CHECK;
/* Records what people saved in any file, before a command reads them. */
err saved_first_everywhere(struct app *app) ERR_MUST_CHECK;

#endif
