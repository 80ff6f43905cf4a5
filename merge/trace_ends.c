/*
 * How points end: deleted, joined to another, or as what another is as well.
 */
#include "merge/trace_inside.h"

/* Whether who deleted a point did so knowing of the candidate's wording, or of the same words. */
static bool knew_wording(const struct work *work, const struct trace_event *deletion,
			 const struct candidate *candidate)
{
	const struct tracer *tracer = work->tracer;
	const struct trace_wording *wording = &tracer->wordings[candidate->wording];

	for (size_t i = 0; i < work->input->parent_count; i++) {
		uint32_t parent = work->input->parents[i].commit;

		if (parent != TRACE_NONE &&
		    tree_has_ancestor(&tracer->trees[parent], deletion->seen) &&
		    tree_has_ancestor(&tracer->trees[parent], wording->commit))
			return true;
	}
	return key_equal(tracer->wordings[deletion->wording].key, wording->key);
}

/* One of the parents deleted it as it is or as it later was, and the merge only follows. */
static bool is_followed(const struct work *work, const struct candidate *candidate)
{
	const struct tracer *tracer = work->tracer;
	uint32_t parent = work->input->parents[candidate->parent].commit;
	uint32_t point = tracer->wordings[candidate->wording].point;
	const struct trace_event *event = tracer->points[point].events;

	for (; event; event = event->next) {
		if (event->kind != TRACE_DELETE && event->kind != TRACE_JOIN)
			continue;
		if (event->seen == work->commit)
			return true;
		if (tree_has_ancestor(work->tree, event->seen) &&
		    !tree_has_ancestor(&tracer->trees[parent], event->seen) &&
		    (event->kind == TRACE_JOIN || knew_wording(work, event, candidate)))
			return true;
	}
	return false;
}

/* Of the wordings that parents have of a point that is gone, the last one ends. */
static bool is_last_to_end(struct work *work, const struct candidate *candidate)
{
	size_t count;
	const struct listed *all =
		candidates_of(work, work->tracer->wordings[candidate->wording].point, &count);

	for (size_t i = 0; i < count; i++) {
		const struct candidate *other = &work->candidates[all[i].what];

		if (other->wording > candidate->wording && !is_followed(work, other))
			return false;
	}
	return true;
}

/* Most of its words stand in another point now. */
static bool is_joined(const struct work *work, const struct candidate *candidate)
{
	uint32_t count = work->tracer->wordings[candidate->wording].word_count, consumed = 0;

	for (uint32_t i = 0; candidate->consumed && i < count; i++)
		consumed += candidate->consumed[i];
	return candidate->taker != TRACE_NONE && 2 * consumed >= count;
}

bool stands_beside(struct work *work, const struct candidate *candidate, uint32_t wording)
{
	const struct tracer *tracer = work->tracer;
	struct present *present;

	if (!work->in_parents)
		work->in_parents =
			arena_array(&work->scratch, struct present, work->input->parent_count);
	present = &work->in_parents[candidate->parent];
	if (!present->bits) {
		uint32_t parent = work->input->parents[candidate->parent].commit;

		*present = present_in_tree(&work->scratch, tracer, &tracer->trees[parent]);
	}
	return is_present(present, wording);
}

/*
 * What a merge made one of two: both sides wrote the same text, neither knowing
 * of the other, and one block is left. Both are credited.
 */
static bool is_same_as_another(struct work *work, const struct candidate *candidate,
			       uint32_t *other)
{
	const struct tracer *tracer = work->tracer;
	uint32_t at = find_wording(tracer, tracer->wordings[candidate->wording].key);

	if (work->input->parent_count < 2)
		return false;
	for (; at != TRACE_NONE; at = tracer->wordings[at].same_key) {
		if (tracer->taken[at] == work->commit + 1 && !stands_beside(work, candidate, at)) {
			*other = tracer->wordings[at].point;
			return true;
		}
	}
	return false;
}

/* The wordings that a parent lacked, under the points that they are of or were split off. */
struct fittings {
	struct listing list;
	bool listed; /* when first asked for */
};

static void add_fitting(struct work *work, struct fittings *fittings, uint32_t wording)
{
	const struct tracer *tracer = work->tracer;
	uint32_t point = tracer->wordings[wording].point;
	const struct trace_event *split = split_of(tracer, point);

	listing_add(&work->scratch, &fittings->list, point, wording);
	if (split)
		listing_add(&work->scratch, &fittings->list, split->other, wording);
}

static void list_fittings(struct work *work, const struct candidate *candidate,
			  struct fittings *fittings)
{
	fittings->listed = true;
	for (uint32_t i = 0; i < work->tree->count; i++) {
		const struct file_state *file = work->tree->files[i].file;

		for (uint32_t j = 0; j < file->count; j++) {
			uint32_t wording = file->entries[j].wording;

			if (wording != TRACE_NONE && !stands_beside(work, candidate, wording))
				add_fitting(work, fittings, wording);
		}
	}
	listing_order(&fittings->list);
}

/* Most words of `part` stand in `whole`. */
static bool holds_most(struct work *work, uint32_t whole, uint32_t part)
{
	struct words words = wording_words(work->tracer, part);
	uint32_t *match = arena_array(&work->scratch, uint32_t, words.count + 1), held = 0;

	words_align(wording_words(work->tracer, whole), words, match);
	for (uint32_t i = 0; i < words.count; i++)
		held += match[i] != UINT32_MAX;
	return 2 * held >= words.count;
}

/* out: the point of a wording of the whole, or of another part of it, that holds the part */
static bool find_holder(struct work *work, const struct fittings *fittings, uint32_t whole,
			uint32_t part, uint32_t *out)
{
	size_t count;
	const struct listed *all = listing_find(&fittings->list, whole, &count);

	for (size_t i = 0; i < count; i++) {
		if (holds_most(work, all[i].what, part)) {
			*out = work->tracer->wordings[all[i].what].point;
			return true;
		}
	}
	return false;
}

/*
 * A part that was split off stands in its whole again, or still, in what the whole was
 * joined to, or in parts that somebody else made of it: in what was known and lacked in
 * the version that had the part, so that no words were taken for it.
 */
static bool is_back_in_whole(struct work *work, struct fittings *of_parents,
			     const struct candidate *candidate, uint32_t *other)
{
	const struct tracer *tracer = work->tracer;
	struct fittings *fittings = &of_parents[candidate->parent];
	uint32_t part = candidate->wording;
	const struct trace_event *split = split_of(tracer, tracer->wordings[part].point), *event;

	if (!split)
		return false;
	if (!fittings->listed)
		list_fittings(work, candidate, fittings);
	if (find_holder(work, fittings, split->other, part, other))
		return true;
	for (event = tracer->points[split->other].events; event; event = event->next)
		if (event->kind == TRACE_JOIN &&
		    find_holder(work, fittings, event->other, part, other))
			return true;
	return false;
}

static void record_end(struct work *work, struct fittings *of_parents,
		       const struct candidate *candidate)
{
	struct tracer *tracer = work->tracer;
	uint32_t point = tracer->wordings[candidate->wording].point;
	struct trace_event event = {
		.kind = TRACE_DELETE,
		.commit = work->commit,
		.other = TRACE_NONE,
		.wording = candidate->wording,
	};

	point_wording(tracer, point, candidate->wording);
	if (is_joined(work, candidate)) {
		event.kind = TRACE_JOIN;
		event.other = work->fresh[candidate->taker].point;
	} else if (is_same_as_another(work, candidate, &event.other)) {
		event.kind = TRACE_JOIN;
		point_also_of(tracer, event.other, point);
		point_event(tracer, point, event);
		return; /* to no grave: it stands, as the other */
	} else if (is_back_in_whole(work, of_parents, candidate, &event.other) ||
		   point_stands_in_row(work, point, &event.other)) {
		event.kind = TRACE_JOIN;
	} else {
		event.place = place_of(work, candidate);
	}
	event.commit = who_ended(work, candidate, &event);
	point_event_in(tracer, point, event, work->commit);
	bury(tracer, candidate->wording);
}

void record_ends(struct work *work)
{
	struct fittings *of_parents =
		arena_array(&work->scratch, struct fittings, work->input->parent_count);

	for (uint32_t i = 0; i < work->candidate_count; i++) {
		const struct candidate *candidate = &work->candidates[i];
		uint32_t point = work->tracer->wordings[candidate->wording].point;

		if (candidate->heir == TRACE_NONE && !point_is_alive(work, point) &&
		    !is_followed(work, candidate) && is_last_to_end(work, candidate))
			record_end(work, of_parents, candidate);
	}
}
