#include "cmd/point_events.h"

#include <stdlib.h>

static void add(struct arena *arena, struct point_events *events, struct point_event event)
{
	arena_push(arena, events->all, events->count, events->room);
	event.place = events->count;
	events->all[events->count++] = event;
}

/* Commits are numbered parents first; what a commit did to the point itself comes first. */
static int compare_events(const void *left, const void *right)
{
	const struct point_event *a = left, *b = right;

	if (a->event->commit != b->event->commit)
		return a->event->commit < b->event->commit ? -1 : 1;
	if (a->taken_in != b->taken_in)
		return a->taken_in ? 1 : -1;
	return (a->place > b->place) - (a->place < b->place);
}

static int compare_joinings(const void *left, const void *right)
{
	const struct joining *a = left, *b = right;

	if (a->into != b->into)
		return a->into < b->into ? -1 : 1;
	return (a->point > b->point) - (a->point < b->point);
}

/* All that were joined to another, by that one. */
static void find_joinings(struct arena *arena, struct attribution *attribution)
{
	const struct trace *trace = &attribution->history.trace;
	struct joining *all = NULL;
	size_t count = 0, room = 0;

	for (uint32_t i = 0; i < trace->point_count; i++)
		for (const struct trace_event *event = trace->points[i].events; event;
		     event = event->next) {
			if (event->kind != TRACE_JOIN)
				continue;
			arena_push(arena, all, count, room);
			all[count++] = (struct joining){event->other, i, event};
		}
	if (count)
		qsort(all, count, sizeof *all, compare_joinings);
	attribution->joinings = all;
	attribution->joining_count = count;
	attribution->joinings_known = true;
}

/* The first that was joined to `point` or one behind it. */
static size_t first_joining(const struct attribution *attribution, uint32_t point)
{
	size_t low = 0, high = attribution->joining_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (attribution->joinings[middle].into < point)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct point_events point_events_of(struct arena *arena, struct attribution *attribution,
				    const struct trace_point *point)
{
	uint32_t number = (uint32_t)(point - attribution->history.trace.points);
	struct point_events events = {0};
	size_t own, at;

	if (!attribution->joinings_known)
		find_joinings(arena, attribution);
	for (const struct trace_event *event = point->events; event; event = event->next)
		add(arena, &events, (struct point_event){.event = event, .other = event->other});
	own = events.count;
	for (at = first_joining(attribution, number);
	     at < attribution->joining_count && attribution->joinings[at].into == number; at++)
		add(arena, &events,
		    (struct point_event){attribution->joinings[at].event,
					 attribution->joinings[at].point, .taken_in = true});
	if (events.count > own)
		qsort(events.all, events.count, sizeof *events.all, compare_events);
	return events;
}

static bool is_told_before(const struct attribution *attribution, const struct trace_point *point,
			   const struct trace_also *also)
{
	const struct person *person = author_of(attribution, also->commit);

	if (person == author_of(attribution, point->origin))
		return true;
	for (const struct trace_also *at = point->also; at != also; at = at->next)
		if (person == author_of(attribution, at->commit))
			return true;
	return false;
}

const struct trace_also *other_writer(const struct attribution *attribution,
				      const struct trace_point *point,
				      const struct trace_also *last)
{
	const struct trace_also *also = last ? last->next : point->also;

	while (also && is_told_before(attribution, point, also))
		also = also->next;
	return also;
}
