/*
 * What a person is asked once: the language of new notes, a name, an address.
 *
 * Invariant: only on a terminal, never with --json or --as, and only what is not
 * known; so at most three questions between the first command and the first
 * shared point.
 */
#ifndef CMD_FIRST_RUN_H
#define CMD_FIRST_RUN_H

#include "cmd/app.h"
#include "core/repo.h"

/*
 * Makes sure that git knows who writes in this copy, by asking; the answer is kept
 * in the copy's own settings.
 * errors: STATUS_SETUP: no usable answer. Where nobody can be asked: none.
 */
err first_run_introduce(struct app *app, struct repo *repo) ERR_MUST_CHECK;
/* The language of new notes, "fr" or "en": `language` unless the person answers otherwise. */
const char *first_run_language(struct app *app, const char *language);

#endif
