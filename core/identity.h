/*
 * Who writes: what `git var GIT_AUTHOR_IDENT` says, or --as "Name <mail>".
 */
#ifndef CORE_IDENTITY_H
#define CORE_IDENTITY_H

#include "core/repo_object.h"

/*
 * The note-taker, with the time as it is now.
 * `given`: "Name <mail>", NULL: ask git.
 * errors: STATUS_SETUP where git knows no name or no address; STATUS_USAGE where `given` is none.
 */
err identity_find(struct arena *arena, const char *folder, const char *given,
		  struct signature *out) ERR_MUST_CHECK;
/* Reads "Name <mail> 1700000000 +0100"; the time may be missing. out: false: it is none. */
bool identity_read(struct str text, struct signature *out);

#endif
