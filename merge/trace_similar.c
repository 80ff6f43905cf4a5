/*
 * Similar words: which vanished block a new one was, and which of its words go on.
 */
#include <stdlib.h>
#include <string.h>

#include "merge/trace_inside.h"

enum {
	/* Thousandths from which a vanished block counts as reworded: between the same
	 * neighbours, beside one of them, and where neither is. */
	LIKE_IN_PLACE = 150,
	LIKE_BESIDE = 330,
	LIKE_ELSEWHERE = 450,
	LIKE_CERTAINLY = 700, /* also where what both have tells little */
	FEW_CANDIDATES = 64,  /* up to so many, every word proposes; more: only rarer ones */
};

void fresh_read_words(struct work *work, struct fresh *fresh)
{
	struct tracer *tracer = work->tracer;

	if (fresh->origins)
		return;
	fresh->words = words_of(tracer->arena, &tracer->vocabulary,
				doc_normal(&work->scratch, &fresh->block));
	fresh->sorted = words_sorted(&work->scratch, fresh->words);
	fresh->origins = arena_array(&work->scratch, uint32_t, fresh->words.count + 1);
	memset(fresh->origins, 0xff, (fresh->words.count + 1) * sizeof *fresh->origins);
}

static void expand_runs(const struct trace_wording *wording, uint32_t *commits)
{
	for (uint32_t i = 0; i < wording->run_count; i++)
		for (uint32_t j = 0; j < wording->runs[i].words; j++)
			*commits++ = wording->runs[i].commit;
}

void fresh_take_words(struct work *work, struct fresh *fresh, struct words from,
		      const struct trace_wording *wording, bool *consumed)
{
	uint32_t *match = arena_array(&work->scratch, uint32_t, fresh->words.count + 1);
	uint32_t *commits = arena_array(&work->scratch, uint32_t, from.count + 1);

	expand_runs(wording, commits);
	words_align(from, fresh->words, match);
	for (uint32_t i = 0; i < fresh->words.count; i++) {
		if (match[i] == UINT32_MAX)
			continue;
		if (fresh->origins[i] == TRACE_NONE)
			fresh->origins[i] = commits[match[i]];
		if (consumed)
			consumed[match[i]] = true;
	}
}

struct pair {
	uint32_t likeness, fresh, candidate;
	bool in_place;
};

static int compare_pairs(const void *left, const void *right)
{
	const struct pair *a = left, *b = right;
	uint32_t a_rank = a->likeness + (a->in_place ? LIKE_BESIDE - LIKE_IN_PLACE : 0);
	uint32_t b_rank = b->likeness + (b->in_place ? LIKE_BESIDE - LIKE_IN_PLACE : 0);

	if (a_rank != b_rank)
		return a_rank > b_rank ? -1 : 1;
	if (a->fresh != b->fresh)
		return a->fresh < b->fresh ? -1 : 1;
	return (a->candidate > b->candidate) - (a->candidate < b->candidate);
}

struct proposals {
	struct listing holders; /* candidates, by the words that they hold */
	uint32_t *seen; /* by candidate: 1 + the last fresh block that was compared with it */
	struct pair *pairs;
	size_t pair_count, pair_room;
};

static bool is_open(const struct work *work, const struct candidate *candidate)
{
	const struct tracer *tracer = work->tracer;
	uint32_t point = tracer->wordings[candidate->wording].point;

	return !is_taken(work, candidate) && tracer->alive[point] != work->commit + 1;
}

static void list_holders(struct work *work, struct proposals *proposals)
{
	size_t count = 0;

	for (uint32_t i = 0; i < work->candidate_count; i++) {
		struct candidate *candidate = &work->candidates[i];

		if (!is_open(work, candidate))
			continue;
		candidate->sorted = words_sorted(&work->scratch,
						 wording_words(work->tracer, candidate->wording));
		count += candidate->sorted.count;
	}
	proposals->holders.at = arena_array(&work->scratch, struct listed, count);
	proposals->holders.room = count;
	for (uint32_t i = 0; i < work->candidate_count; i++) {
		const struct words *sorted = &work->candidates[i].sorted;

		for (uint32_t j = 0; j < sorted->count; j++)
			if (j == 0 || sorted->at[j] != sorted->at[j - 1])
				listing_add(&work->scratch, &proposals->holders, sorted->at[j], i);
	}
	listing_order(&proposals->holders);
}

static uint32_t least_likeness(const struct fresh *fresh, const struct candidate *candidate,
			       uint32_t telling)
{
	if (is_in_place(fresh, candidate))
		return LIKE_IN_PLACE;
	if (is_beside(fresh, candidate))
		return LIKE_BESIDE;
	return telling < TELLING ? LIKE_CERTAINLY : LIKE_ELSEWHERE;
}

static void propose(struct work *work, struct proposals *proposals, uint32_t fresh_index,
		    uint32_t index)
{
	struct fresh *fresh = &work->fresh[fresh_index];
	const struct candidate *candidate = &work->candidates[index];
	const struct tracer *tracer = work->tracer;
	struct pair pair = {.fresh = fresh_index, .candidate = index};
	struct word_likeness likeness;

	if (proposals->seen[index] == fresh_index + 1 ||
	    tracer->wordings[candidate->wording].heading != fresh->heading)
		return;
	proposals->seen[index] = fresh_index + 1;
	pair.in_place = is_in_place(fresh, candidate);
	likeness = words_likeness(&tracer->vocabulary, fresh->sorted, candidate->sorted);
	pair.likeness = likeness.share;
	if (likeness.share < least_likeness(fresh, candidate, likeness.telling))
		return;
	arena_push(&work->scratch, proposals->pairs, proposals->pair_count, proposals->pair_room);
	proposals->pairs[proposals->pair_count++] = pair;
}

static void propose_for(struct work *work, struct proposals *proposals, uint32_t index)
{
	struct fresh *fresh = &work->fresh[index];
	bool few = work->candidate_count <= FEW_CANDIDATES;

	for (uint32_t i = 0; i < fresh->sorted.count; i++) {
		size_t count;
		const struct listed *holders =
			listing_find(&proposals->holders, fresh->sorted.at[i], &count);

		if (!few && count > FEW_CANDIDATES)
			continue;
		for (size_t j = 0; j < count; j++)
			propose(work, proposals, index, holders[j].what);
	}
}

static bool is_unknown(const struct fresh *fresh)
{
	return fresh->wording == TRACE_NONE && fresh->how == TRACE_ADD;
}

/*
 * Words that stood between the same words in an earlier wording of the point are
 * no new words: somebody put them back.
 */
static void put_back(struct fresh *fresh, uint32_t from, uint32_t to,
		     const struct trace_wording *earlier)
{
	const uint32_t *words = fresh->words.at;
	uint32_t count = to - from;

	for (uint32_t at = 0; at + count <= earlier->word_count; at++) {
		const uint32_t *old = earlier->words + at;
		bool before = from == 0 ? at == 0 : at > 0 && old[-1] == words[from - 1];
		bool after = to == fresh->words.count
				     ? at + count == earlier->word_count
				     : at + count < earlier->word_count && old[count] == words[to];

		if (!before || !after || memcmp(old, words + from, count * sizeof *old) != 0)
			continue;
		for (uint32_t i = 0; i < count; i++)
			fresh->origins[from + i] = trace_word_commit(earlier, at + i);
		return;
	}
}

static void put_back_words(struct work *work, struct fresh *fresh)
{
	enum { WORDINGS_LOOKED_AT = 16 };
	const struct tracer *tracer = work->tracer;
	uint32_t at = tracer->wordings[work->candidates[fresh->candidate].wording].earlier;

	for (uint32_t tries = 0; at != TRACE_NONE && tries < WORDINGS_LOOKED_AT; tries++) {
		const struct trace_wording *earlier = &tracer->wordings[at];

		for (uint32_t i = 0, end; i < fresh->words.count; i = end + 1) {
			for (end = i;
			     end < fresh->words.count && fresh->origins[end] == TRACE_NONE;)
				end++;
			if (end > i)
				put_back(fresh, i, end, earlier);
		}
		at = earlier->earlier;
	}
}

static void take_wording(struct work *work, struct fresh *fresh, uint32_t index)
{
	struct tracer *tracer = work->tracer;
	struct candidate *from = &work->candidates[index];
	const struct trace_wording *wording = &tracer->wordings[from->wording];

	if (!from->consumed)
		from->consumed = arena_array(&work->scratch, bool, wording->word_count + 1);
	fresh_take_words(work, fresh, wording_words(tracer, from->wording), wording,
			 from->consumed);
}

/* Takes the words of every wording of the point that a parent has, the likest first. */
static void take_wordings(struct work *work, struct fresh *fresh)
{
	size_t count;
	const struct listed *all = candidates_of(work, fresh->point, &count);

	take_wording(work, fresh, fresh->candidate);
	for (size_t i = 0; i < count; i++)
		if (all[i].what != fresh->candidate)
			take_wording(work, fresh, all[i].what);
	put_back_words(work, fresh);
}

void match_similar(struct work *work)
{
	struct tracer *tracer = work->tracer;
	struct proposals proposals = {
		.seen = arena_array(&work->scratch, uint32_t, work->candidate_count + 1)};

	for (uint32_t i = 0; i < work->fresh_count; i++)
		if (is_unknown(&work->fresh[i]))
			fresh_read_words(work, &work->fresh[i]);
	list_holders(work, &proposals);
	for (uint32_t i = 0; i < work->fresh_count && proposals.holders.count; i++)
		if (is_unknown(&work->fresh[i]))
			propose_for(work, &proposals, i);
	if (proposals.pair_count)
		qsort(proposals.pairs, proposals.pair_count, sizeof *proposals.pairs,
		      compare_pairs);
	for (size_t i = 0; i < proposals.pair_count; i++) {
		struct fresh *fresh = &work->fresh[proposals.pairs[i].fresh];
		struct candidate *candidate = &work->candidates[proposals.pairs[i].candidate];

		if (!is_unknown(fresh) || !is_open(work, candidate))
			continue;
		fresh->candidate = proposals.pairs[i].candidate;
		fresh->point = tracer->wordings[candidate->wording].point;
		fresh->how = TRACE_REWORD;
		candidate->heir = proposals.pairs[i].fresh;
		tracer->alive[fresh->point] = work->commit + 1;
		take_wordings(work, fresh);
	}
}
