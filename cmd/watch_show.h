/*
 * What `watch` prints: one line of state, written over on a terminal, and what waits
 * for a person.
 */
#ifndef CMD_WATCH_SHOW_H
#define CMD_WATCH_SHOW_H

#include "cmd/sync_steps.h"
#include "core/hash.h"

enum watch_state {
	STATE_SHARED,
	STATE_RECEIVED,
	STATE_SENT,
	STATE_OFFLINE,
	STATE_DEFERRED,
	STATE_FAILED
};

/* How one round ended. */
struct watch_round {
	enum watch_state state;
	struct str told;    /* a sentence; empty: none is needed */
	const char *reason; /* for programs: why not, of STATE_OFFLINE and STATE_FAILED */
};

struct watch_shown {
	enum watch_state state;
	struct key told;   /* the sentence that told it */
	bool line_is_open; /* the state on the terminal is to be written over */
	struct key held;   /* what was held back when it was told last */
};

/*
 * On a terminal one line that is written over; elsewhere a line where the state, or why
 * it is so, changes.
 */
void watch_show(struct watch_shown *shown, struct app *app, const struct watch_round *round);
/*
 * What a person would have to say again, were it meant: nobody is asked for it otherwise.
 * What is held back is told once.
 */
void watch_tell_questions(struct watch_shown *shown, struct app *app, const struct sync *sync);

#endif
