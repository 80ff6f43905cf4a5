/*
 * What each fresh block makes of a point: a new one, another wording, a copy.
 */
#include "merge/trace_inside.h"

static uint32_t author_of(const struct tracer *tracer, uint32_t commit)
{
	return tracer->input->commits[commit].author;
}

/*
 * Who first wrote what was split off: as the whole, unless its author wrote none
 * of it.
 */
static uint32_t origin_of_part(const struct work *work, const struct fresh *fresh)
{
	const struct tracer *tracer = work->tracer;
	uint32_t origin = tracer->points[fresh->other].origin;

	for (uint32_t i = 0; i < fresh->words.count; i++)
		if (author_of(tracer, fresh->origins[i]) == author_of(tracer, origin))
			return origin;
	return fresh->words.count ? fresh->origins[0] : origin;
}

static uint32_t new_point(struct work *work, const struct fresh *fresh)
{
	struct tracer *tracer = work->tracer;
	uint32_t origin = work->commit, point;

	if (fresh->how == TRACE_COPY)
		origin = tracer->points[fresh->other].origin;
	else if (fresh->how == TRACE_SPLIT)
		origin = origin_of_part(work, fresh);
	point = point_new(tracer, origin, fresh->heading);
	/* Who else wrote the whole wrote the same words. */
	if (fresh->other != TRACE_NONE && origin == tracer->points[fresh->other].origin)
		point_also_of(tracer, point, fresh->other);
	return point;
}

static uint32_t earlier_wording(const struct work *work, const struct fresh *fresh)
{
	if (fresh->how == TRACE_REWORD)
		return work->candidates[fresh->candidate].wording;
	return fresh->how == TRACE_RESTORE ? fresh->other : TRACE_NONE;
}

/* How many words the commit brought in, and how many of the earlier wording are gone. */
static uint32_t changed_words(const struct work *work, const struct fresh *fresh)
{
	const struct candidate *was = NULL;
	uint32_t changed = fresh->new_words;

	if (fresh->candidate == TRACE_NONE)
		return changed;
	was = &work->candidates[fresh->candidate];
	for (uint32_t i = 0; was->consumed && i < work->tracer->wordings[was->wording].word_count;
	     i++)
		changed += !was->consumed[i];
	return changed;
}

static bool is_earlier(const struct tracer *tracer, uint32_t wording, uint32_t later)
{
	enum { WORDINGS_LOOKED_AT = 16 };

	for (uint32_t i = 0; i < WORDINGS_LOOKED_AT && later != TRACE_NONE; i++) {
		if (later == wording)
			return true;
		later = tracer->wordings[later].earlier;
	}
	return false;
}

/*
 * The wordings that the parents have of a point are one, or lead to one: a merge that
 * adds nothing of its own takes that.
 */
static bool parents_agree(struct work *work, uint32_t point)
{
	const struct tracer *tracer = work->tracer;
	uint32_t latest = TRACE_NONE;
	size_t count;
	const struct listed *all = candidates_of(work, point, &count);

	for (size_t i = 0; i < count; i++) {
		uint32_t wording = work->candidates[all[i].what].wording;

		if (latest == TRACE_NONE || is_earlier(tracer, latest, wording))
			latest = wording;
		else if (!is_earlier(tracer, wording, latest))
			return false;
	}
	return true;
}

/* Words that only went to or came from another point are told as split or joined. */
static bool is_reworded(struct work *work, const struct fresh *fresh, uint32_t changed)
{
	enum { JOINING_WORDS = 1 }; /* "and" between what stood apart */

	/* In words that the parents have, it was they who reworded it. */
	if (work->input->automatic && fresh->new_words == 0)
		return false;
	if (!fresh->origins)
		return true;
	if (work->input->parent_count > 1 &&
	    (fresh->gathered || !parents_agree(work, fresh->point)))
		return fresh->new_words > 0;
	return changed > (fresh->gathered ? JOINING_WORDS : 0);
}

static void settle_new_wording(struct work *work, struct fresh *fresh)
{
	struct tracer *tracer = work->tracer;

	for (uint32_t i = 0; i < fresh->words.count; i++) {
		if (fresh->origins[i] == TRACE_NONE) {
			fresh->origins[i] = work->commit;
			fresh->new_words++;
		}
	}
	if (fresh->point == TRACE_NONE)
		fresh->point = new_point(work, fresh);
	fresh_settle(work, fresh,
		     wording_new(tracer,
				 &(struct trace_wording){
					 .key = fresh->key,
					 .point = fresh->point,
					 .commit = work->commit,
					 .words = fresh->words.at,
					 .word_count = fresh->words.count,
					 .earlier = earlier_wording(work, fresh),
					 .heading = fresh->heading,
				 },
				 fresh->origins));
}

static void record_arrival(struct work *work, const struct fresh *fresh)
{
	struct trace_event event = {
		.kind = fresh->how,
		.commit = work->commit,
		.other = fresh->other,
	};

	if (fresh->how == TRACE_REWORD || fresh->how == TRACE_RESTORE) {
		event.other = TRACE_NONE;
		event.words = fresh->origins ? changed_words(work, fresh) : 0;
		if (fresh->how == TRACE_REWORD && !is_reworded(work, fresh, event.words))
			return;
	}
	if (fresh->how == TRACE_RESTORE)
		event.wording = fresh->wording;
	if (fresh->how == TRACE_SPLIT)
		event.commit = who_split(work, fresh);
	point_event_in(work->tracer, fresh->point, event, work->commit);
}

static void settle_one(struct work *work, struct fresh *fresh)
{
	bool known = fresh->wording != TRACE_NONE;

	if (!known)
		settle_new_wording(work, fresh);
	point_wording(work->tracer, fresh->point, fresh->wording);
	if (!known || fresh->how != TRACE_ADD)
		record_arrival(work, fresh);
}

/* New points come last: one may be a copy of what the same commit made of another. */
void settle_fresh(struct work *work)
{
	for (uint32_t i = 0; i < work->fresh_count; i++)
		if (work->fresh[i].point != TRACE_NONE)
			settle_one(work, &work->fresh[i]);
	for (uint32_t i = 0; i < work->fresh_count; i++) {
		struct fresh *fresh = &work->fresh[i];

		if (fresh->wording != TRACE_NONE)
			continue;
		if (fresh->how == TRACE_ADD)
			match_copy(work, fresh);
		settle_one(work, fresh);
	}
}
