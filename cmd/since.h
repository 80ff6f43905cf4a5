/*
 * "Since when", as people say it: a date, "yesterday", "3 days", or "last", the
 * last time they looked, which the clone remembers for itself.
 */
#ifndef CMD_SINCE_H
#define CMD_SINCE_H

#include "cmd/history_trace.h"
#include "cmd/notes.h"

struct since {
	bool given;
	bool last_look;
	int64_t time;	       /* seconds since 1970; of the last look where there was one */
	struct object_id seen; /* last look: what was recorded then; none: never looked */
};

/*
 * Reads what a person typed; NULL: nothing given. French or English.
 * `chosen`: by workshop, whether its last look counts; of several the oldest does, and
 * what was never looked at is all new.
 * errors: STATUS_USAGE: that is no time
 */
err since_read(struct app *app, const struct notes *notes, const char *text, const bool *chosen,
	       struct since *out) ERR_MUST_CHECK;
/* For each commit number, and one more, whether it counts as new. */
bool *since_marks(struct arena *arena, const struct history_trace *history,
		  const struct since *since);
/* Was anything that happened to a point done in a commit that is marked? */
bool since_concerns(const bool *marks, const struct history_trace *history,
		    const struct trace_point *point);
/*
 * Remembers that all of a workshop was looked at, as it was read. A clone that cannot be
 * written to forgets.
 */
void since_remember(struct app *app, const struct notes *notes, struct str workshop);

#endif
