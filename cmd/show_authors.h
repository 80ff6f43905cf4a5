/* A workshop with who wrote what, or only with what is new: `show --authors`, `show --since`. */
#ifndef CMD_SHOW_AUTHORS_H
#define CMD_SHOW_AUTHORS_H

#include "cmd/app.h"

/*
 * Prints the workshop of a folder, only one of its files where `file` is not
 * empty, as the options of the running command say.
 */
err show_authors(struct app *app, struct str folder, struct str file) ERR_MUST_CHECK;

#endif
