/*
 * Words in a row that left one block and stand in another.
 */
#include <stdlib.h>
#include <string.h>

#include "merge/trace_inside.h"

enum {
	RUN_WORDS = 3,
	SPLIT_SHARE = 3, /* a block is split off when one word in so many came along */
	MOST_PLACES = 32,
};

/* Three words of a candidate in a row, none of which went on elsewhere yet. */
struct place {
	uint64_t hash;
	uint32_t candidate, word;
};

struct places {
	struct place *at; /* ordered by hash */
	size_t count;
};

struct found_run {
	uint32_t candidate, from, to, words; /* first word there, first word here, how many */
};

static uint64_t hash_words(const uint32_t *words)
{
	uint64_t hash = words[0];

	for (int i = 1; i < RUN_WORDS; i++)
		hash = hash * UINT64_C(0x9e3779b97f4a7c15) + words[i];
	return hash;
}

static int compare_places(const void *left, const void *right)
{
	const struct place *a = left, *b = right;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	if (a->candidate != b->candidate)
		return a->candidate < b->candidate ? -1 : 1;
	return (a->word > b->word) - (a->word < b->word);
}

static bool is_free(const struct candidate *candidate, uint32_t word)
{
	return !candidate->consumed || !candidate->consumed[word];
}

static struct places list_places(struct work *work)
{
	struct tracer *tracer = work->tracer;
	struct places places = {0};
	size_t room = 0;

	for (uint32_t i = 0; i < work->candidate_count; i++) {
		const struct candidate *candidate = &work->candidates[i];
		struct words words = wording_words(tracer, candidate->wording);

		if (tracer->taken[candidate->wording] == work->commit + 1)
			continue;
		for (uint32_t j = 0; j + RUN_WORDS <= words.count; j++) {
			if (!is_free(candidate, j) || !is_free(candidate, j + 1) ||
			    !is_free(candidate, j + 2))
				continue;
			arena_push(&work->scratch, places.at, places.count, room);
			places.at[places.count++] = (struct place){hash_words(words.at + j), i, j};
		}
	}
	if (places.count)
		qsort(places.at, places.count, sizeof *places.at, compare_places);
	return places;
}

static uint32_t run_length(const struct work *work, const struct fresh *fresh, uint32_t at,
			   const struct candidate *candidate, uint32_t word)
{
	struct words words = wording_words(work->tracer, candidate->wording);
	uint32_t length = 0;

	while (at + length < fresh->words.count && word + length < words.count &&
	       fresh->origins[at + length] == TRACE_NONE && is_free(candidate, word + length) &&
	       fresh->words.at[at + length] == words.at[word + length])
		length++;
	return length;
}

/* Words so common that they stand in a row by chance show nothing where no neighbour does. */
static bool is_evidence(const struct work *work, const struct fresh *fresh,
			const struct candidate *candidate, struct found_run run)
{
	uint32_t telling = 0;

	for (uint32_t i = 0; i < run.words; i++)
		telling +=
			vocabulary_weight(&work->tracer->vocabulary, fresh->words.at[run.to + i]);
	return telling >= TELLING || is_beside(fresh, candidate);
}

/* The places of a hash, of which no more than a few are looked at. out: where they end */
static const struct place *find_places(const struct places *places, uint64_t hash,
				       const struct place **end)
{
	size_t low = 0, high = places->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (places->at[middle].hash < hash)
			low = middle + 1;
		else
			high = middle;
	}
	for (high = low;
	     high < places->count && places->at[high].hash == hash && high - low < MOST_PLACES;)
		high++;
	*end = places->at + high;
	return places->at + low;
}

/* The longest run that begins with word `at` of the fresh block. */
static struct found_run find_run(const struct work *work, const struct fresh *fresh, uint32_t at,
				 const struct places *places)
{
	struct found_run best = {0};
	const struct place *end;
	const struct place *place = find_places(places, hash_words(fresh->words.at + at), &end);

	for (; place < end; place++) {
		const struct candidate *candidate = &work->candidates[place->candidate];
		struct found_run run = {place->candidate, place->word, at, 0};

		run.words = run_length(work, fresh, at, candidate, run.from);
		if (run.words >= RUN_WORDS && run.words > best.words &&
		    is_evidence(work, fresh, candidate, run))
			best = run;
	}
	return best;
}

static void take_run(struct work *work, struct fresh *fresh, struct found_run run)
{
	struct candidate *candidate = &work->candidates[run.candidate];
	const struct trace_wording *wording = &work->tracer->wordings[candidate->wording];

	if (!candidate->consumed)
		candidate->consumed = arena_array(&work->scratch, bool, wording->word_count + 1);
	candidate->taker = (uint32_t)(fresh - work->fresh);
	for (uint32_t i = 0; i < run.words; i++) {
		candidate->consumed[run.from + i] = true;
		fresh->origins[run.to + i] = trace_word_commit(wording, run.from + i);
	}
}

/*
 * A run shows that two blocks have to do with each other; what stands around it
 * is then aligned as well, since a part that was split off is often reworded.
 */
static void take_around(struct work *work, struct fresh *fresh, uint32_t index)
{
	struct candidate *candidate = &work->candidates[index];
	const struct trace_wording *wording = &work->tracer->wordings[candidate->wording];
	uint32_t *free_words = arena_array(&work->scratch, uint32_t, wording->word_count + 1);
	uint32_t *free_index = arena_array(&work->scratch, uint32_t, wording->word_count + 1);
	uint32_t *match = arena_array(&work->scratch, uint32_t, fresh->words.count + 1);
	uint32_t count = 0;

	for (uint32_t i = 0; i < wording->word_count; i++) {
		if (!is_free(candidate, i))
			continue;
		free_words[count] = wording->words[i];
		free_index[count++] = i;
	}
	words_align((struct words){free_words, count}, fresh->words, match);
	for (uint32_t i = 0; i < fresh->words.count; i++) {
		if (match[i] == UINT32_MAX || fresh->origins[i] != TRACE_NONE)
			continue;
		fresh->origins[i] = trace_word_commit(wording, free_index[match[i]]);
		candidate->consumed[free_index[match[i]]] = true;
	}
}

/* out: how many words of the candidate stand in the fresh block by now */
static uint32_t count_run(struct work *work, const struct fresh *fresh, struct found_run run)
{
	struct candidate *candidate = &work->candidates[run.candidate];
	uint32_t index = (uint32_t)(fresh - work->fresh);

	if (candidate->runs_in != index)
		candidate->run_words = 0;
	candidate->runs_in = index;
	candidate->run_words += run.words;
	return candidate->run_words;
}

/*
 * Points that are joined may begin with the same words, which are then taken for those of
 * the one that the block was known as, be it the second: they go with what follows them.
 */
static struct found_run with_beginning(const struct work *work, const struct fresh *fresh,
				       struct found_run run)
{
	const struct candidate *candidate = &work->candidates[run.candidate];
	struct words words = wording_words(work->tracer, candidate->wording);

	if (fresh->how != TRACE_REWORD || run.from != run.to)
		return run;
	for (uint32_t i = 0; i < run.to; i++)
		if (words.at[i] != fresh->words.at[i] || !is_free(candidate, i))
			return run;
	run.words += run.to;
	run.from = run.to = 0;
	return run;
}

/* Collects the runs of one fresh block. out: the candidate most of its words came from. */
static struct found_run take_runs(struct work *work, struct fresh *fresh,
				  const struct places *places)
{
	struct found_run most = {0};

	for (uint32_t i = 0; i + RUN_WORDS <= fresh->words.count;) {
		struct found_run run = {0};

		if (fresh->origins[i] == TRACE_NONE)
			run = find_run(work, fresh, i, places);
		if (run.words == 0) {
			i++;
			continue;
		}
		run = with_beginning(work, fresh, run);
		take_run(work, fresh, run);
		if (run.to == 0 && fresh->how == TRACE_REWORD)
			go_on_as_first(work, fresh, run.candidate);
		uint32_t words = count_run(work, fresh, run);
		if (words > most.words) {
			most.candidate = run.candidate;
			most.words = words;
		}
		i = run.to + run.words;
	}
	return most;
}

/* Words of a fresh block that nobody is known to have brought in, and some that stand around. */
struct unknown {
	uint32_t from, end;
	uint32_t first, behind;
};

/* Whether a parent has all that at a place. */
static bool has_at(const struct work *work, const struct fresh *fresh, struct unknown words,
		   const struct place *place)
{
	const struct candidate *candidate = &work->candidates[place->candidate];
	const struct trace_wording *wording = &work->tracer->wordings[candidate->wording];
	uint32_t count = words.behind - words.first;

	/* What stands around on one hand only was joined there: the block of the parent ends. */
	return place->word + count <= wording->word_count &&
	       (words.end < words.behind || words.end == fresh->words.count ||
		place->word + count == wording->word_count) &&
	       (words.first < words.from || words.from == 0 || place->word == 0) &&
	       memcmp(wording->words + place->word, fresh->words.at + words.first,
		      count * sizeof *wording->words) == 0 &&
	       is_evidence(work, fresh, candidate,
			   (struct found_run){.to = words.first, .words = count});
}

/* Takes the words from a parent that has them beside what stands around. out: whether one has */
static bool take_beside(const struct work *work, struct fresh *fresh, struct unknown words,
			const struct places *places)
{
	const struct place *place, *end;

	place = find_places(places, hash_words(fresh->words.at + words.first), &end);
	while (place < end && !has_at(work, fresh, words, place))
		place++;
	if (place == end)
		return false;
	const struct candidate *candidate = &work->candidates[place->candidate];
	const struct trace_wording *wording = &work->tracer->wordings[candidate->wording];

	for (uint32_t i = words.from; i < words.end; i++)
		fresh->origins[i] = trace_word_commit(wording, place->word + i - words.first);
	fresh->gathered = true;
	return true;
}

/* The same with a word on both hands, or else with two on one. */
static void take_unknown(const struct work *work, struct fresh *fresh, uint32_t from, uint32_t end,
			 const struct places *places)
{
	uint32_t count = fresh->words.count;
	struct unknown both = {from, end, from ? from - 1 : 0, end < count ? end + 1 : end};
	struct unknown before = {from, end, from >= 2 ? from - 2 : 0, end};
	struct unknown behind = {from, end, from, end + 2 <= count ? end + 2 : count};

	if (both.first + RUN_WORDS > count)
		both.first = count - RUN_WORDS;
	if (take_beside(work, fresh, both, places))
		return;
	if (before.first + RUN_WORDS <= end && take_beside(work, fresh, before, places))
		return;
	if (from + RUN_WORDS <= behind.behind)
		take_beside(work, fresh, behind, places);
}

/*
 * What one side split or joined and the other reworded is a merge of blocks of several
 * points: a word that came in has no run of its own, but stands in one with known words.
 */
static void take_single_words(const struct work *work, struct fresh *fresh,
			      const struct places *places)
{
	if (work->input->parent_count < 2 || fresh->words.count < RUN_WORDS)
		return;
	for (uint32_t i = 0, end; i < fresh->words.count; i = end + 1) {
		for (end = i; end < fresh->words.count && fresh->origins[end] == TRACE_NONE;)
			end++;
		if (end > i && end - i < fresh->words.count)
			take_unknown(work, fresh, i, end, places);
	}
}

void match_runs(struct work *work)
{
	struct places places = list_places(work);

	for (uint32_t i = 0; i < work->fresh_count && places.count; i++) {
		struct fresh *fresh = &work->fresh[i];

		if (fresh->wording != TRACE_NONE || fresh->how == TRACE_COPY || fresh->heading)
			continue;

		struct found_run most = take_runs(work, fresh, &places);

		take_single_words(work, fresh, &places);
		if (most.words == 0)
			continue;
		fresh->gathered = true;
		if (fresh->how == TRACE_ADD && most.words * SPLIT_SHARE >= fresh->words.count) {
			take_around(work, fresh, most.candidate);
			go_on_as_part(work, fresh, most.candidate);
		}
	}
}
