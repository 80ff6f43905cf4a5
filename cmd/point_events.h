/*
 * What happened to a point, in order: what it went through itself, and what others
 * became part of it; and who wrote it beside its author.
 */
#ifndef CMD_POINT_EVENTS_H
#define CMD_POINT_EVENTS_H

#include "cmd/attribution.h"

struct point_event {
	const struct trace_event *event;
	uint32_t other; /* the point it has to do with, TRACE_NONE: none */
	bool taken_in;	/* the other was joined to this one */
	size_t place;	/* among those of one commit */
};

struct point_events {
	struct point_event *all;
	size_t count, room;
};

struct point_events point_events_of(struct arena *arena, struct attribution *attribution,
				    const struct trace_point *point);

/*
 * The next behind `last` (NULL: the first) of those who wrote the same as the author, neither
 * knowing of the other: each person once, whatever versions it was in. NULL: no more.
 */
const struct trace_also *other_writer(const struct attribution *attribution,
				      const struct trace_point *point,
				      const struct trace_also *last);

#endif
