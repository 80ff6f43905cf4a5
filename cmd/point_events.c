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

/* Points that became part of others, by those. */
static void find_joined(struct arena *arena, struct attribution *attribution)
{
	const struct trace *trace = &attribution->history.trace;

	for (uint32_t i = 0; i < trace->point_count; i++)
		for (const struct trace_event *event = trace->points[i].events; event;
		     event = event->next)
			if (event->kind == TRACE_JOIN)
				listing_add(arena, &attribution->joined, event->other, i);
	listing_order(&attribution->joined);
	attribution->joined_is_known = true;
}

/* Adds that `point` went into `into`, as often as it did. */
static void add_taken_in(struct arena *arena, struct point_events *events,
			 const struct trace *trace, uint32_t point, uint32_t into)
{
	for (const struct trace_event *event = trace->points[point].events; event;
	     event = event->next)
		if (event->kind == TRACE_JOIN && event->other == into)
			add(arena, events, (struct point_event){event, point, .taken_in = true});
}

struct point_events point_events_of(struct arena *arena, struct attribution *attribution,
				    const struct trace_point *point)
{
	const struct trace *trace = &attribution->history.trace;
	uint32_t number = (uint32_t)(point - trace->points);
	struct point_events events = {0};
	size_t own, count;

	if (!attribution->joined_is_known)
		find_joined(arena, attribution);
	for (const struct trace_event *event = point->events; event; event = event->next)
		add(arena, &events, (struct point_event){.event = event, .other = event->other});
	own = events.count;
	const struct listed *joined = listing_find(&attribution->joined, number, &count);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || joined[i].what != joined[i - 1].what)
			add_taken_in(arena, &events, trace, joined[i].what, number);
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
