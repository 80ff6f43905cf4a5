/*
 * What makes an answer about a history less sure: versions that are not here,
 * and merges of many or across, of which less can be told.
 */
#ifndef CMD_HISTORY_DOUBTS_H
#define CMD_HISTORY_DOUBTS_H

#include "cmd/app.h"
#include "cmd/history_trace.h"

struct doubt {
	const char *name;    /* "shallow", "missing"…; never translated */
	uint32_t count;	     /* of what it is about, 1: the whole history */
	struct str sentence; /* for people */
};

enum { MOST_DOUBTS = 5 };

/* out: how many there are */
size_t history_doubts(struct arena *arena, const struct history_trace *history,
		      struct doubt out[MOST_DOUBTS]);
/* Prints each, beside the answer. */
void history_doubts_note(struct app *app, const struct history_trace *history);

#endif
