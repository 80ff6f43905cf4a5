/*
 * Templates of workshops: documents in the folder "templates" of the repository,
 * which end with .txt so that nobody takes them for notes.
 */
#ifndef CMD_TEMPLATE_H
#define CMD_TEMPLATE_H

#include "core/repo.h"
#include "core/str.h"

/*
 * Reads the template that `wanted` names, case and accents aside; NULL: the one
 * called "default", if there is one.
 * out: `at` NULL: none was asked for, and there is no default.
 * errors: STATUS_BAD_INPUT: it is not there (with a list of those that are), or is no text.
 */
err template_read(struct arena *arena, const struct repo *repo, const char *wanted,
		  struct str *out) ERR_MUST_CHECK;

#endif
