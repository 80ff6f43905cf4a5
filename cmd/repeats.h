/* What a new point repeats: a line after add and sync, that never stands in the way. */
#ifndef CMD_REPEATS_H
#define CMD_REPEATS_H

#include "cmd/notes.h"
#include "core/repo_object.h"

/*
 * Tells which of the `count` points of a file from `line` on repeat an older one. The
 * notes, as they are now, are taken over. Silent with --json and --quiet, and where anything
 * goes wrong.
 */
void repeats_tell_added(struct app *app, struct notes *notes, struct str file, uint32_t line,
			size_t count);
/* The same for the points that came between two recorded states. */
void repeats_tell_between(struct app *app, const struct repo *repo, struct object_id from,
			  struct object_id to);

#endif
