/*
 * How many others send at the same time, as this clone has met them: how long to wait
 * before the next try, so that all get through, and in turn.
 *
 * Who has just sent goes on without a pause where nobody else is; where there are others
 * its next sync waits as they do, or they would find it faster each time.
 */
#ifndef CMD_CROWD_H
#define CMD_CROWD_H

#include "core/repo.h"

struct crowd {
	unsigned window; /* a try is put off by up to so many milliseconds; 0: nobody was met */
	bool met;	 /* somebody was faster in this sync */
};

/* What the last sync of this clone knew, where that was a moment ago. */
struct crowd crowd_read(struct arena *arena, const struct repo *repo);
/* Keeps it for the next sync; it is no loss where that fails. */
void crowd_write(struct arena *arena, const struct repo *repo, const struct crowd *crowd);

/* Somebody was faster than a try of `milliseconds`. */
void crowd_meet(struct crowd *crowd, unsigned milliseconds);
/* Waits, never as long as another who does so at the same time. */
void crowd_wait(const struct crowd *crowd);

#endif
