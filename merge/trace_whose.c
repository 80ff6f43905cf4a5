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

/* Of the files that a parent has otherwise: candidates are of them all. */
static void list_standing(struct work *work)
{
	const struct tracer *tracer = work->tracer;
	const struct file_state *file = NULL;

	work->standing_listed = true;
	for (uint32_t i = 0; i < work->candidate_count; i++) {
		const struct file_state *at = tree_find(work->tree, work->candidates[i].path);

		if (!at || at == file)
			continue;
		file = at;
		for (uint32_t j = 0; j < file->count; j++) {
			uint32_t wording = file->entries[j].wording;

			if (wording != TRACE_NONE && wording < work->before.wordings)
				listing_add(&work->scratch, &work->standing,
					    tracer->wordings[wording].point, wording);
		}
	}
	listing_order(&work->standing);
}

const struct listed *standing_of(struct work *work, uint32_t point, size_t *count)
{
	if (!work->standing_listed)
		list_standing(work);
	return listing_find(&work->standing, point, count);
}

/* A person's version that the merge has and parent `number` lacks. */
static bool is_news(const struct work *work, uint32_t number, uint32_t commit)
{
	const struct tracer *tracer = work->tracer;

	return commit != work->commit && !tracer->input->commits[commit].automatic &&
	       tree_has_ancestor(work->tree, commit) &&
	       !tree_has_ancestor(&tracer->trees[work->input->parents[number].commit], commit);
}

static void take_later(const struct work *work, uint32_t number, uint32_t commit, uint32_t *last)
{
	if (is_news(work, number, commit) && (*last == TRACE_NONE || commit > *last))
		*last = commit;
}

/* out: the last version that changed the point and that parent `number` lacks, TRACE_NONE: none */
static uint32_t last_change(struct work *work, uint32_t point, uint32_t number)
{
	const struct tracer *tracer = work->tracer;
	uint32_t last = TRACE_NONE;
	size_t count;
	const struct listed *all = candidates_of(work, point, &count);

	for (size_t i = 0; i < count; i++)
		take_later(work, number,
			   tracer->wordings[work->candidates[all[i].what].wording].commit, &last);
	all = standing_of(work, point, &count);
	for (size_t i = 0; i < count; i++)
		take_later(work, number, tracer->wordings[all[i].what].commit, &last);
	for (const struct trace_event *event = tracer->points[point].events; event;
	     event = event->next)
		take_later(work, number, event->commit, &last);
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
	/* Of a point that nobody else touched, nobody is said to have deleted it. */
	if (who == TRACE_NONE)
		who = last_change_of_whole(work, point, candidate->parent);
	return who == TRACE_NONE ? work->commit : who;
}

static bool was_joined_to(const struct tracer *tracer, uint32_t point, uint32_t other)
{
	for (const struct trace_event *event = tracer->points[point].events; event;
	     event = event->next)
		if (event->kind == TRACE_JOIN && event->other == other)
			return true;
	return false;
}

/* The same as last_change() of what parent `number` has joined to the point. */
static uint32_t last_change_of_joined(struct work *work, uint32_t point, uint32_t number)
{
	const struct tracer *tracer = work->tracer;
	uint32_t last = TRACE_NONE;

	for (uint32_t i = 0; i < work->candidate_count; i++) {
		uint32_t part = tracer->wordings[work->candidates[i].wording].point;
		uint32_t change =
			work->candidates[i].parent != number && was_joined_to(tracer, part, point)
				? last_change(work, part, number)
				: TRACE_NONE;

		if (change != TRACE_NONE && (last == TRACE_NONE || change > last))
			last = change;
	}
	return last;
}

uint32_t who_split(struct work *work, const struct fresh *part)
{
	uint32_t who, number;

	if (!work->input->automatic || part->candidate == TRACE_NONE)
		return work->commit;
	number = work->candidates[part->candidate].parent;
	who = last_change_of_whole(work, part->other, number);
	if (who == TRACE_NONE)
		who = last_change_of_joined(work, part->other, number);
	return who == TRACE_NONE ? work->commit : who;
}
