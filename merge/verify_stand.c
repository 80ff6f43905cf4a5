#include "merge/verify_stand.h"

enum { STEPS_PER_WORD = 64, STEPS_AT_LEAST = 1 << 18 };

struct run_search search_new(struct arena *arena, const struct reading *reading)
{
	struct run_search search = {.arena = arena, .reading = reading, .steps = STEPS_AT_LEAST};

	for (int of = OF_BASE; of < TEXT_COUNT; of++)
		search.steps += STEPS_PER_WORD * (uint64_t)reading->views[of].word_count;
	return search;
}

bool search_spend(struct run_search *search, uint64_t steps)
{
	if (search->steps < steps)
		return false;
	search->steps -= steps;
	return true;
}

/* Where the words of a text stand, found at first need. */
static const struct places *places_in(struct run_search *search, enum text_of of)
{
	const struct reading *reading = search->reading;
	const struct view *view = &reading->views[of];
	struct places *places = &search->places[of];

	if (places->last)
		return places;
	places->last = arena_array(search->arena, uint32_t, reading->words.count);
	places->before = arena_array(search->arena, uint32_t, view->word_count + 1);
	places->count = arena_array(search->arena, uint32_t, reading->words.count);
	for (uint32_t i = 0; i < view->word_count; i++) {
		if (view->words[i] == PASSAGE_END)
			continue;
		places->count[view->words[i]]++;
		places->before[i + 1] = places->last[view->words[i]];
		places->last[view->words[i]] = i + 1;
	}
	return places;
}

/* Which word of the run has the fewest places. */
static size_t find_rarest(const struct places *places, struct word_run run)
{
	size_t rarest = 0;

	for (size_t i = 1; i < run.count; i++)
		if (places->count[run.at[i]] < places->count[run.at[rarest]])
			rarest = i;
	return rarest;
}

/* Whether the words stand together, within one passage of the text. */
static bool stands(struct run_search *search, enum text_of of, struct word_run run)
{
	const struct view *view = &search->reading->views[of];
	const struct places *places = places_in(search, of);
	size_t rarest = find_rarest(places, run);

	for (uint32_t at = places->last[run.at[rarest]]; at > rarest; at = places->before[at]) {
		const uint32_t *words = view->words + at - 1 - rarest;
		size_t same = 0;

		while (same < run.count && words[same] == run.at[same])
			same++;
		if (same == run.count || !search_spend(search, same + 1))
			return true;
	}
	return false;
}

/* Whether they stand together in the result but for the end of one passage: others cut it there. */
static bool stands_across(struct run_search *search, struct word_run run)
{
	const struct view *view = &search->reading->views[OF_RESULT];
	const struct places *places = places_in(search, OF_RESULT);

	for (uint32_t at = places->last[run.at[0]]; at; at = places->before[at]) {
		size_t same = 0, ends = 0;

		while (same < run.count && ends < 2 && at - 1 + same + ends < view->word_count) {
			uint32_t word = view->words[at - 1 + same + ends];

			if (word != PASSAGE_END && word != run.at[same])
				break;
			ends += word == PASSAGE_END;
			same += word != PASSAGE_END;
		}
		if (same == run.count || !search_spend(search, same + 1))
			return true;
	}
	return false;
}

/*
 * Whether a stretch of the other side that stands in the result holds the words
 * in order: the other said the same and more.
 */
static bool stands_within_other(struct run_search *search, enum text_of side, struct word_run run)
{
	enum text_of other = side == OF_OURS ? OF_THEIRS : OF_OURS;
	const struct view *view = &search->reading->views[other];
	const struct places *places = places_in(search, other);

	if (places->count[run.at[find_rarest(places, run)]] == 0)
		return false;
	for (uint32_t at = places->last[run.at[0]]; at; at = places->before[at]) {
		size_t found = 0, length = 0, limit = 4 * run.count + 16;

		for (; found < run.count && length < limit; length++) {
			uint32_t word = view->words[at - 1 + length];
			if (word == PASSAGE_END)
				break;
			found += word == run.at[found];
		}
		if (!search_spend(search, length + 1))
			return true;
		if (found == run.count &&
		    stands(search, OF_RESULT, (struct word_run){view->words + at - 1, length}))
			return true;
	}
	return false;
}

/*
 * A run that begins with the word behind it, or ends with the one before it,
 * can be seen one word further on: "a [b a] c" is "[a b] a c" as well.
 */
static bool stands_somehow(struct run_search *search, enum text_of side, struct word_run passage,
			   size_t from, size_t to)
{
	size_t first = from, last = to;
	struct word_run run = {passage.at + from, to - from};

	if (stands(search, OF_RESULT, run) || stands_across(search, run) ||
	    stands_within_other(search, side, run))
		return true;
	while (first > 0 && passage.at[first - 1] == passage.at[--last]) {
		first--;
		if (stands(search, OF_RESULT, (struct word_run){passage.at + first, run.count}))
			return true;
	}
	for (first = from, last = to; last < passage.count && passage.at[first] == passage.at[last];
	     first++, last++)
		if (stands(search, OF_RESULT, (struct word_run){passage.at + first + 1, run.count}))
			return true;
	return false;
}

bool runs_stand(struct run_search *search, enum text_of side, struct word_run passage,
		const uint8_t *flags, const bool *kept)
{
	size_t from = 0, to;

	for (; from < passage.count; from = to) {
		to = from + 1;
		if (kept[from])
			continue;
		while (to < passage.count && !kept[to] && !(flags[to] & WORD_BREAKS))
			to++;
		if (to - from > 1 && !stands_somehow(search, side, passage, from, to))
			return false;
	}
	return true;
}
