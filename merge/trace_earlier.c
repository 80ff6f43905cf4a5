/*
 * The same words as a wording of earlier: of a point that is gone and stands again, or
 * of one that stands elsewhere and was copied.
 */
#include <string.h>

#include "merge/trace_inside.h"

enum {
	COPIED_WORDS = 4, /* a shorter text said again is no copy */
	RESTORED_WORDS = 3,
	MOST_SAME_KEY = 64,
};

void mark_alive(struct work *work)
{
	struct tracer *tracer = work->tracer;

	if (work->alive_known)
		return;
	work->alive_known = true;
	for (uint32_t i = 0; i < work->tree->count; i++) {
		const struct file_state *file = work->tree->files[i].file;

		for (uint32_t j = 0; j < file->count; j++) {
			uint32_t wording = file->entries[j].wording;

			if (wording == TRACE_NONE)
				continue;
			tracer->alive[tracer->wordings[wording].point] = work->commit + 1;
			tracer->taken[wording] = work->commit + 1;
		}
	}
}

bool point_is_alive(struct work *work, uint32_t point)
{
	mark_alive(work);
	return work->tracer->alive[point] == work->commit + 1;
}

/* The vanished block of `point`, TRACE_NONE: there is none. */
static uint32_t vanished_block(struct work *work, uint32_t point)
{
	size_t count;
	const struct listed *all = candidates_of(work, point, &count);

	return count ? all[0].what : TRACE_NONE;
}

static void copy_point(struct work *work, struct fresh *fresh, uint32_t wording)
{
	struct tracer *tracer = work->tracer;
	const struct trace_wording *from = &tracer->wordings[wording];

	fresh_read_words(work, fresh);
	fresh_take_words(work, fresh, wording_words(tracer, wording), from, NULL);
	fresh->how = TRACE_COPY;
	fresh->other = from->point;
}

static bool has_run(struct words words, struct words run)
{
	for (uint32_t at = 0; at + run.count <= words.count; at++)
		if (memcmp(words.at + at, run.at, run.count * sizeof *run.at) == 0)
			return true;
	return false;
}

/* A candidate's file and one of its neighbours; seldom the same for two places. */
static uint32_t place_beside(uint32_t path, uint64_t neighbour, bool after)
{
	uint64_t place = (neighbour ^ path) * 2 + after;

	return (uint32_t)(place ^ place >> 32);
}

/* Each candidate under both places beside it. */
static void list_besides(struct work *work, struct listing *besides)
{
	for (uint32_t i = 0; i < work->candidate_count; i++) {
		const struct candidate *at = &work->candidates[i];

		listing_add(&work->scratch, besides, place_beside(at->path, at->before, false), i);
		listing_add(&work->scratch, besides, place_beside(at->path, at->after, true), i);
	}
	listing_order(besides);
}

static bool is_part_of_one_at(const struct work *work, const struct listing *besides,
			      uint32_t place, const struct fresh *fresh, struct words words)
{
	size_t count;
	const struct listed *all = listing_find(besides, place, &count);

	for (size_t i = 0; i < count; i++) {
		const struct candidate *candidate = &work->candidates[all[i].what];

		if (is_beside(fresh, candidate) && !is_taken(work, candidate) &&
		    has_run(wording_words(work->tracer, candidate->wording), words))
			return true;
	}
	return false;
}

/* It was a part of what stood here: that it once stood alone does not count. */
static bool is_part_of_neighbour(struct work *work, struct listing *besides,
				 const struct fresh *fresh, struct words words)
{
	uint32_t before = place_beside(fresh->path, fresh->before, false);
	uint32_t after = place_beside(fresh->path, fresh->after, true);

	if (!besides->at)
		list_besides(work, besides);
	return is_part_of_one_at(work, besides, before, fresh, words) ||
	       is_part_of_one_at(work, besides, after, fresh, words);
}

/* Somebody deleted it in these words, be it that others went on with it in other words. */
static bool was_deleted(const struct tracer *tracer, uint32_t wording)
{
	uint32_t point = tracer->wordings[wording].point;

	for (const struct trace_event *event = tracer->points[point].events; event;
	     event = event->next)
		if (event->kind == TRACE_DELETE && event->wording == wording)
			return true;
	return false;
}

/* What stands is copied; what it was before it was reworded is not. */
static bool can_be_copied(const struct work *work, uint32_t wording)
{
	return work->tracer->taken[wording] == work->commit + 1 ||
	       was_deleted(work->tracer, wording);
}

static bool has_wording_of(const struct tracer *tracer, uint32_t point, struct key key)
{
	uint32_t at = find_wording(tracer, key);

	for (uint32_t tries = 0; at != TRACE_NONE && tries < MOST_SAME_KEY; tries++) {
		if (tracer->wordings[at].point == point)
			return true;
		at = tracer->wordings[at].same_key;
	}
	return false;
}

/* A merge made it one with another point of these very words, which stands for both. */
static bool was_made_one(const struct work *work, uint32_t wording)
{
	const struct tracer *tracer = work->tracer;
	const struct trace_wording *at = &tracer->wordings[wording];

	for (const struct trace_event *event = tracer->points[at->point].events; event;
	     event = event->next)
		if (event->kind == TRACE_JOIN && tree_has_ancestor(work->tree, event->seen) &&
		    has_wording_of(tracer, event->other, at->key))
			return true;
	return false;
}

static void match_one_earlier(struct work *work, struct fresh *fresh, struct listing *besides)
{
	struct tracer *tracer = work->tracer;
	uint32_t copied = TRACE_NONE, restored = TRACE_NONE;
	uint32_t at = find_wording(tracer, fresh->key);

	if (at == TRACE_NONE ||
	    is_part_of_neighbour(work, besides, fresh, wording_words(tracer, at)))
		return;
	for (uint32_t tries = 0; at != TRACE_NONE && tries < MOST_SAME_KEY; tries++) {
		const struct trace_wording *wording = &tracer->wordings[at];

		if (!tree_has_ancestor(work->tree, wording->commit)) {
			at = wording->same_key;
			continue;
		}
		if (point_is_alive(work, wording->point)) {
			if (copied == TRACE_NONE && can_be_copied(work, at))
				copied = at;
		} else if (restored == TRACE_NONE && wording->word_count >= RESTORED_WORDS &&
			   !was_made_one(work, at)) {
			restored = at;
		}
		at = wording->same_key;
	}
	if (restored != TRACE_NONE) {
		uint32_t vanished = vanished_block(work, tracer->wordings[restored].point);

		fresh_settle(work, fresh, restored);
		fresh->how = vanished == TRACE_NONE ? TRACE_RESTORE : TRACE_REWORD;
		fresh->candidate = vanished;
		if (vanished != TRACE_NONE)
			work->candidates[vanished].heir = (uint32_t)(fresh - work->fresh);
	} else if (copied != TRACE_NONE && !fresh->heading &&
		   tracer->wordings[copied].word_count >= COPIED_WORDS) {
		copy_point(work, fresh, copied);
	}
}

void match_copy(struct work *work, struct fresh *fresh)
{
	const struct tracer *tracer = work->tracer;
	uint32_t newest = find_wording(tracer, fresh->key);

	if (newest == TRACE_NONE || fresh->heading || fresh->words.count < COPIED_WORDS)
		return;
	const struct trace_wording *wording = &tracer->wordings[newest];
	if (wording->commit == work->commit &&
	    tracer->points[wording->point].origin != work->commit)
		copy_point(work, fresh, newest);
}

void match_earlier(struct work *work)
{
	struct listing besides = {0};

	for (uint32_t i = 0; i < work->fresh_count; i++)
		if (work->fresh[i].wording == TRACE_NONE)
			match_one_earlier(work, &work->fresh[i], &besides);
}
