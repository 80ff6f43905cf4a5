/*
 * Wordings that are no more: found again by their key, or by their rare words.
 */
#include <string.h>

#include "merge/trace_inside.h"

enum {
	LIKE_SAME = 999,       /* thousandths: the same words, in any order */
	LIKE_RESTORED = 850,   /* thousandths from which a new block is a deleted one again */
	LIKE_BUT_A_WORD = 700, /* the same where a single word differs */
	TELLING_RESTORED = 16, /* weights of what both have: common words say little */
	TELLING_WEIGHT = 3,    /* words that are rarer propose */
	COMPARED_SLOTS = 256,
	MOST_POSTINGS = 128, /* looked at for one word, newest first */
};

static uint32_t *key_slot(const struct tracer *tracer, struct key key)
{
	uint32_t mask = tracer->key_slots - 1;
	uint32_t at = (uint32_t)key.high & mask;

	while (tracer->by_key[at] && !key_equal(tracer->wordings[tracer->by_key[at] - 1].key, key))
		at = (at + 1) & mask;
	return &tracer->by_key[at];
}

static void grow_keys(struct tracer *tracer)
{
	const uint32_t *old = tracer->by_key;
	uint32_t old_slots = tracer->key_slots;

	tracer->key_slots = old_slots ? 2 * old_slots : 1024;
	tracer->by_key = arena_array(&tracer->states, uint32_t, tracer->key_slots);
	for (uint32_t i = 0; i < old_slots; i++)
		if (old[i])
			*key_slot(tracer, tracer->wordings[old[i] - 1].key) = old[i];
}

void remember_wording(struct tracer *tracer, uint32_t wording)
{
	if (2 * tracer->key_count >= tracer->key_slots)
		grow_keys(tracer);

	uint32_t *slot = key_slot(tracer, tracer->wordings[wording].key);

	tracer->key_count += *slot == 0;
	tracer->wordings[wording].same_key = *slot ? *slot - 1 : TRACE_NONE;
	*slot = wording + 1;
}

uint32_t find_wording(const struct tracer *tracer, struct key key)
{
	return tracer->key_slots ? *key_slot(tracer, key) - 1 : TRACE_NONE;
}

static void grow_graves(struct tracer *tracer)
{
	if (tracer->grave_words >= tracer->vocabulary.count)
		return;
	tracer->graves = arena_grow(&tracer->states, tracer->graves, tracer->grave_words,
				    tracer->vocabulary.room, sizeof *tracer->graves);
	memset(tracer->graves + tracer->grave_words, 0,
	       (tracer->vocabulary.room - tracer->grave_words) * sizeof *tracer->graves);
	tracer->grave_words = tracer->vocabulary.room;
}

void bury(struct tracer *tracer, uint32_t wording)
{
	const struct trace_wording *dead = &tracer->wordings[wording];

	add_deed(tracer,
		 (struct deed){.kind = DEED_BURIED, .subject = wording, .other = TRACE_NONE});
	if (tracer->all_known)
		return;
	grow_graves(tracer);
	for (uint32_t i = 0; i < dead->word_count; i++) {
		uint32_t *newest = &tracer->graves[dead->words[i]];

		if (vocabulary_weight(&tracer->vocabulary, dead->words[i]) < TELLING_WEIGHT ||
		    (*newest && tracer->postings[*newest - 1].wording == wording))
			continue;
		arena_push(&tracer->states, tracer->postings, tracer->posting_count,
			   tracer->posting_room);
		tracer->postings[tracer->posting_count++] = (struct posting){wording, *newest};
		*newest = tracer->posting_count;
	}
}

static bool can_come_back(struct work *work, const struct fresh *fresh, uint32_t wording)
{
	const struct trace_wording *dead = &work->tracer->wordings[wording];

	return dead->heading == fresh->heading && tree_has_ancestor(work->tree, dead->commit);
}

/* The first word of `a` that `b` lacks, empty: none. Both are in rising order. */
static struct str word_lacking(const struct vocabulary *vocabulary, struct words a, struct words b)
{
	for (uint32_t i = 0, j = 0; i < a.count; i++) {
		while (j < b.count && b.at[j] < a.at[i])
			j++;
		if (j == b.count || b.at[j] != a.at[i])
			return vocabulary->words[a.at[i]];
		j++;
	}
	return (struct str){0};
}

/* A figure, a handle or an address: it tells one of a kind from the next. */
static bool says_which(struct str word)
{
	for (size_t i = 0; i < word.len; i++)
		if (byte_is_digit(word.at[i]) || word.at[i] == '@' || word.at[i] == '/' ||
		    word.at[i] == '#')
			return true;
	return false;
}

/* One word may differ, unless the two of them say which one is spoken of. */
static bool is_same_but_a_word(const struct vocabulary *vocabulary, struct words now,
			       struct words dead)
{
	return !says_which(word_lacking(vocabulary, now, dead)) ||
	       !says_which(word_lacking(vocabulary, dead, now));
}

/* out: how alike they are, 0: not the same again */
static uint32_t likeness_again(const struct vocabulary *vocabulary, struct words now,
			       struct words dead)
{
	struct word_likeness likeness = words_likeness(vocabulary, now, dead);
	bool same = likeness.share > LIKE_SAME;

	if (!same && likeness.telling >= TELLING_RESTORED)
		same = likeness.share >= LIKE_RESTORED ||
		       (likeness.share >= LIKE_BUT_A_WORD && likeness.apart <= 1 &&
			is_same_but_a_word(vocabulary, now, dead));
	return same ? likeness.share : 0;
}

static uint64_t weight_of(const struct vocabulary *vocabulary, struct words words)
{
	uint64_t weight = 0;

	for (uint32_t i = 0; i < words.count; i++)
		weight += vocabulary_weight(vocabulary, words.at[i]);
	return weight;
}

/* Whether two weights are near enough for the words to be the same again but for one. */
static bool are_near(uint64_t a, uint64_t b)
{
	return 2000 * (a < b ? a : b) >= LIKE_BUT_A_WORD * (a + b);
}

/* The buried wording that is likest to the fresh block, TRACE_NONE: none is near. */
static uint32_t find_grave(struct work *work, const struct fresh *fresh)
{
	struct tracer *tracer = work->tracer;
	uint32_t best = TRACE_NONE, best_likeness = 0;
	uint64_t weight = weight_of(&tracer->vocabulary, fresh->sorted);
	uint32_t compared[COMPARED_SLOTS] = {0}; /* from 1; a word of it leads there again */

	grow_graves(tracer);
	for (uint32_t i = 0; i < fresh->words.count; i++) {
		uint32_t word = fresh->words.at[i];
		uint32_t next = tracer->graves[word];

		if (vocabulary_weight(&tracer->vocabulary, word) < TELLING_WEIGHT)
			continue;
		for (uint32_t tries = 0; next && tries < MOST_POSTINGS; tries++) {
			uint32_t wording = tracer->postings[next - 1].wording;
			uint32_t *slot = &compared[wording % COMPARED_SLOTS];
			struct words dead = wording_words(tracer, wording);

			next = tracer->postings[next - 1].next;
			if (*slot == wording + 1 || !can_come_back(work, fresh, wording))
				continue;
			*slot = wording + 1;
			if (!are_near(weight, weight_of(&tracer->vocabulary, dead)))
				continue;

			uint32_t likeness = likeness_again(&tracer->vocabulary, fresh->sorted,
							   words_sorted(&work->scratch, dead));

			/* Asked last: to know it, all of the tree is gone through. */
			if (likeness > best_likeness &&
			    !point_is_alive(work, tracer->wordings[wording].point)) {
				best = wording;
				best_likeness = likeness;
			}
		}
	}
	return best;
}

void match_graves(struct work *work)
{
	struct tracer *tracer = work->tracer;

	for (uint32_t i = 0; i < work->fresh_count; i++) {
		struct fresh *fresh = &work->fresh[i];

		if (fresh->wording != TRACE_NONE || fresh->how != TRACE_ADD)
			continue;

		uint32_t grave = find_grave(work, fresh);

		if (grave == TRACE_NONE)
			continue;
		fresh->point = tracer->wordings[grave].point;
		fresh->how = TRACE_RESTORE;
		fresh->other = grave;
		fresh_take_words(work, fresh, wording_words(tracer, grave),
				 &tracer->wordings[grave], NULL);
		tracer->alive[fresh->point] = work->commit + 1;
	}
}
