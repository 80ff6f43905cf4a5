/*
 * Split and joined points: as which of its parts a point goes on, and as which of
 * several points one block does.
 */
#include "merge/trace_inside.h"

void go_on_as_first(struct work *work, struct fresh *fresh, uint32_t index)
{
	struct tracer *tracer = work->tracer;
	struct candidate *first = &work->candidates[index];
	struct candidate *second = &work->candidates[fresh->candidate];
	uint32_t point = tracer->wordings[first->wording].point;

	if (first->heir != TRACE_NONE || tracer->alive[point] == work->commit + 1)
		return;
	first->heir = second->heir;
	second->heir = TRACE_NONE;
	second->taker = first->heir;
	tracer->alive[fresh->point] = 0;
	tracer->alive[point] = work->commit + 1;
	fresh->candidate = index;
	fresh->point = point;
}

/* What is left of a block that stands nowhere else is no part of it, but the point itself. */
static bool go_on_as_whole(struct work *work, struct fresh *fresh, uint32_t index)
{
	struct candidate *candidate = &work->candidates[index];
	uint32_t point = work->tracer->wordings[candidate->wording].point;

	if (candidate->heir != TRACE_NONE || point_is_alive(work, point))
		return false;
	fresh->how = TRACE_REWORD;
	fresh->point = point;
	fresh->candidate = index;
	candidate->heir = (uint32_t)(fresh - work->fresh);
	work->tracer->alive[point] = work->commit + 1;
	return true;
}

static void split_off(struct work *work, struct fresh *fresh, uint32_t index)
{
	uint32_t point = work->tracer->wordings[work->candidates[index].wording].point;

	fresh->how = TRACE_SPLIT;
	fresh->other = point;
	fresh->candidate = index;
}

/* The first word of a candidate that goes on in a fresh block. */
static uint32_t first_word_in(struct work *work, const struct candidate *candidate,
			      const struct fresh *fresh)
{
	struct words from = wording_words(work->tracer, candidate->wording);
	uint32_t *match = arena_array(&work->scratch, uint32_t, fresh->words.count + 1);
	uint32_t first = UINT32_MAX;

	words_align(from, fresh->words, match);
	for (uint32_t i = 0; i < fresh->words.count; i++)
		if (match[i] < first)
			first = match[i];
	return first;
}

/* Before the rest, or where the whole stood when the rest went elsewhere. */
static bool stands_before(const struct fresh *part, const struct fresh *rest,
			  const struct candidate *whole)
{
	if (is_beside(part, whole) && !is_beside(rest, whole))
		return true;
	return part->path == rest->path && part->index < rest->index;
}

/* A point that was split goes on as what stood first in it, be it the shorter part. */
static void go_on_as_first_part(struct work *work, struct fresh *part)
{
	struct candidate *whole = &work->candidates[part->candidate];
	struct fresh *rest;

	if (whole->heir == TRACE_NONE)
		return;
	rest = &work->fresh[whole->heir];
	if (rest->how != TRACE_REWORD || rest->wording != TRACE_NONE ||
	    rest->heading != part->heading || !stands_before(part, rest, whole) ||
	    first_word_in(work, whole, rest) < first_word_in(work, whole, part))
		return;
	whole->heir = (uint32_t)(part - work->fresh);
	part->point = rest->point;
	part->how = TRACE_REWORD;
	part->other = TRACE_NONE;
	rest->point = TRACE_NONE;
	rest->gathered = true;
	split_off(work, rest, part->candidate);
}

void go_on_as_part(struct work *work, struct fresh *fresh, uint32_t index)
{
	if (go_on_as_whole(work, fresh, index))
		return;
	split_off(work, fresh, index);
	go_on_as_first_part(work, fresh);
}
