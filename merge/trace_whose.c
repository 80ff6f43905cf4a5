/*
 * Whose doing it is what an automatic merge shows: that of the last one among its parents'
 * authors who changed the point, and of whom the parent that has it otherwise knew nothing.
 */
#include "merge/trace_inside.h"

const struct trace_event *split_of(const struct tracer *tracer, uint32_t point)
{
	const struct trace_event *event = tracer->points[point].events;

	while (event && event->kind != TRACE_SPLIT)
		event = event->next;
	return event;
}

/* A person's version that the merge has and parent `number` lacks. */
static bool is_news(const struct work *work, uint32_t number, uint32_t commit)
{
	const struct tracer *tracer = work->tracer;

	return commit != work->commit && !tracer->input->commits[commit].automatic &&
	       tree_has_ancestor(work->tree, commit) &&
	       !tree_has_ancestor(&tracer->trees[work->input->parents[number].commit], commit);
}

/* out: the last version that changed the point and that parent `number` lacks, TRACE_NONE: none */
static uint32_t last_change(struct work *work, uint32_t point, uint32_t number)
{
	const struct tracer *tracer = work->tracer;
	uint32_t last = TRACE_NONE;
	size_t count;
	const struct listed *all = candidates_of(work, point, &count);

	for (size_t i = 0; i < count; i++) {
		uint32_t wording = work->candidates[all[i].what].wording;
		uint32_t commit = tracer->wordings[wording].commit;

		if (is_news(work, number, commit) && (last == TRACE_NONE || commit > last))
			last = commit;
	}
	for (const struct trace_event *event = tracer->points[point].events; event;
	     event = event->next)
		if (is_news(work, number, event->commit) &&
		    (last == TRACE_NONE || event->commit > last))
			last = event->commit;
	return last;
}

/* The same of the point, or of what it was split off. */
static uint32_t last_change_of_whole(struct work *work, uint32_t point, uint32_t number)
{
	enum { SPLITS_LOOKED_AT = 8 };
	uint32_t last = last_change(work, point, number);

	for (int tries = 0; last == TRACE_NONE && tries < SPLITS_LOOKED_AT; tries++) {
		const struct trace_event *split = split_of(work->tracer, point);

		if (!split)
			break;
		point = split->other;
		last = last_change(work, point, number);
	}
	return last;
}

/* The last version that changed a point and that one of the parents lacks. */
static uint32_t last_change_of_any(struct work *work, uint32_t point)
{
	uint32_t last = TRACE_NONE;

	for (uint32_t i = 0; i < work->input->parent_count; i++) {
		uint32_t change = work->input->parents[i].commit == TRACE_NONE
					  ? TRACE_NONE
					  : last_change(work, point, i);

		if (change != TRACE_NONE && (last == TRACE_NONE || change > last))
			last = change;
	}
	return last;
}

uint32_t who_ended(struct work *work, const struct candidate *candidate,
		   const struct trace_event *end)
{
	uint32_t point = work->tracer->wordings[candidate->wording].point, who = TRACE_NONE;

	if (!work->input->automatic)
		return work->commit;
	/* Who joined a point to another changed that. */
	if (end->kind == TRACE_JOIN)
		who = last_change(work, end->other, candidate->parent);
	if (who == TRACE_NONE && end->kind == TRACE_JOIN)
		who = last_change_of_any(work, end->other);
	if (who == TRACE_NONE)
		who = last_change_of_whole(work, point, candidate->parent);
	return who == TRACE_NONE ? work->commit : who;
}

uint32_t who_split(struct work *work, const struct fresh *part)
{
	uint32_t who = TRACE_NONE;

	if (work->input->automatic && part->candidate != TRACE_NONE)
		who = last_change_of_whole(work, part->other,
					   work->candidates[part->candidate].parent);
	return who == TRACE_NONE ? work->commit : who;
}
