/*
 * What is left of an automatic merge when all else was asked: as it writes no word of its
 * own, each is a parent's, be it from where it stood among the same words only.
 */
#include "merge/trace_inside.h"

enum {
	NEAR_WORDS = 8,	       /* compared on each hand */
	PLACES_LOOKED_AT = 64, /* of one word */
};

struct word_place {
	uint32_t wording, word;
	uint32_t candidate; /* that it is, TRACE_NONE: it stands where it stood */
};

/* Every word of the files that a parent has otherwise. */
struct left {
	struct word_place *places;
	size_t count, room;
	struct listing by_word;
};

static void add_words(struct work *work, struct left *left, uint32_t wording, uint32_t candidate)
{
	struct words words = wording_words(work->tracer, wording);

	for (uint32_t i = 0; i < words.count; i++) {
		arena_push(&work->scratch, left->places, left->count, left->room);
		listing_add(&work->scratch, &left->by_word, words.at[i], (uint32_t)left->count);
		left->places[left->count++] = (struct word_place){wording, i, candidate};
	}
}

static void list_words(struct work *work, struct left *left)
{
	const struct file_state *file = NULL;

	for (uint32_t i = 0; i < work->candidate_count; i++)
		add_words(work, left, work->candidates[i].wording, i);
	for (uint32_t i = 0; i < work->fresh_count; i++) {
		if (work->fresh[i].file == file)
			continue;
		file = work->fresh[i].file;
		for (uint32_t j = 0; j < file->count; j++)
			if (file->entries[j].wording != TRACE_NONE)
				add_words(work, left, file->entries[j].wording, TRACE_NONE);
	}
	listing_order(&left->by_word);
}

/* How many words around two places are the same, without a gap. */
static uint32_t count_near(struct words a, uint32_t at, struct words b, uint32_t word)
{
	uint32_t before = 0, behind = 0;

	while (before < NEAR_WORDS && before < at && before < word &&
	       a.at[at - before - 1] == b.at[word - before - 1])
		before++;
	while (behind < NEAR_WORDS && at + behind + 1 < a.count && word + behind + 1 < b.count &&
	       a.at[at + behind + 1] == b.at[word + behind + 1])
		behind++;
	return before + behind;
}

/* The place among the most words that stand around it here. out: whether there is any */
static bool find_source(const struct work *work, const struct left *left, const struct fresh *fresh,
			uint32_t at, struct word_place *out)
{
	uint32_t most = 0;
	size_t count;
	const struct listed *all = listing_find(&left->by_word, fresh->words.at[at], &count);

	for (size_t i = 0; i < count && i < PLACES_LOOKED_AT; i++) {
		struct word_place place = left->places[all[i].what];
		uint32_t near =
			1 + count_near(fresh->words, at, wording_words(work->tracer, place.wording),
				       place.word);

		if (near > most) {
			most = near;
			*out = place;
		}
	}
	return most > 0;
}

/* A new block of known words alone is a part of what the first of them stood in. */
static void take_left(struct work *work, const struct left *left, struct fresh *fresh)
{
	struct word_place source, first = {.candidate = TRACE_NONE};
	bool whole = fresh->words.count > 0;

	for (uint32_t i = 0; i < fresh->words.count; i++) {
		if (fresh->origins[i] != TRACE_NONE)
			continue;
		if (!find_source(work, left, fresh, i, &source)) {
			whole = false;
			continue;
		}
		fresh->origins[i] =
			trace_word_commit(&work->tracer->wordings[source.wording], source.word);
		if (first.candidate == TRACE_NONE)
			first = source;
	}
	if (whole && first.candidate != TRACE_NONE && fresh->how == TRACE_ADD && !fresh->heading)
		go_on_as_part(work, fresh, first.candidate);
}

static bool has_unknown(const struct fresh *fresh)
{
	if (fresh->wording != TRACE_NONE || !fresh->origins)
		return false;
	for (uint32_t i = 0; i < fresh->words.count; i++)
		if (fresh->origins[i] == TRACE_NONE)
			return true;
	return false;
}

void match_left(struct work *work)
{
	struct left left = {0};

	for (uint32_t i = 0; i < work->fresh_count && work->input->automatic; i++) {
		if (!has_unknown(&work->fresh[i]))
			continue;
		if (!left.by_word.at)
			list_words(work, &left);
		take_left(work, &left, &work->fresh[i]);
	}
}
