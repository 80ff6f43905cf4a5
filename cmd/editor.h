/*
 * The person's own editor, as $VISUAL or $EDITOR names it.
 */
#ifndef CMD_EDITOR_H
#define CMD_EDITOR_H

#include "core/err.h"
#include "core/str.h"

/*
 * Opens `path` in the editor and waits until it is closed.
 * errors: STATUS_SETUP where none can be started; STATUS_BAD_INPUT where it ends with a failure.
 */
err editor_open(struct arena *arena, const char *path) ERR_MUST_CHECK;

/*
 * Lets the person change `text` in a file of its own in `folder`, whose name ends with `ending`.
 * out: `path`: the file, to be removed once the words are safe elsewhere; what it holds.
 * errors: as above, and the advice names the file where words are in it; else it is gone.
 */
err editor_change(struct arena *arena, const char *folder, struct str text, const char *ending,
		  const char **path, struct str *out) ERR_MUST_CHECK;

/* Adds to the advice that what the person wrote is in the file at `path`. */
err editor_words_kept(struct arena *arena, err failure, const char *path) ERR_MUST_CHECK;

#endif
