/*
 * The person's own editor, as $VISUAL or $EDITOR names it.
 */
#ifndef CMD_EDITOR_H
#define CMD_EDITOR_H

#include "cmd/app.h"

/*
 * Opens `path` in the editor and waits until it is closed.
 * errors: STATUS_SETUP where none can be started; STATUS_BAD_INPUT where it ends with a failure.
 */
err editor_open(struct arena *arena, const char *path) ERR_MUST_CHECK;

/*
 * Lets the person change `text` in a temporary file whose name ends with `ending`.
 * out: what the file holds then. errors: as above.
 */
err editor_change(struct arena *arena, struct str text, const char *ending,
		  struct str *out) ERR_MUST_CHECK;

#endif
