#include "merge/similar_many.h"

static bool is_short(struct numbers text)
{
	return text.count > 0 && text.count <= CROWD_WORDS;
}

/* The slot of a word, or the free one where it would stand. */
static struct crowd_word *word_of(const struct crowd *crowd, uint32_t number)
{
	uint32_t at = number & crowd->slot_mask;

	while (crowd->slots[at].number && crowd->slots[at].number != number)
		at = (at + 1) & crowd->slot_mask;
	return &crowd->slots[at];
}

/* Gives each word the room for its postings, none of which is there yet. */
static void make_room(struct crowd *crowd)
{
	uint32_t next = 0;

	for (int i = 0; i < crowd->count; i++)
		for (int place = 0; is_short(crowd->texts[i]) && place < crowd->texts[i].count;
		     place++) {
			uint32_t number = crowd->texts[i].at[place];
			struct crowd_word *word = word_of(crowd, number);

			word->number = number;
			word->end++;
		}
	for (uint32_t slot = 0; slot <= crowd->slot_mask; slot++) {
		struct crowd_word *word = &crowd->slots[slot];
		uint32_t count = word->end;

		word->from = word->end = next;
		next += count;
	}
}

/* Notes that the text has the word at `place`; texts come in order. */
static void post(struct crowd *crowd, int text, uint32_t number, int place)
{
	struct crowd_word *word = word_of(crowd, number);

	if (word->from == word->end || crowd->postings[word->end - 1].text != text)
		crowd->postings[word->end++].text = text;
	crowd->postings[word->end - 1].places |= (uint64_t)1 << place;
}

struct crowd crowd_new(struct arena *arena, const struct numbers *texts, int count)
{
	struct crowd crowd = {.texts = texts, .count = count};
	size_t words = 0, slots = 1;

	for (int i = 0; i < count; i++)
		words += is_short(texts[i]) ? (size_t)texts[i].count : 0;
	while (slots < 2 * words + 1)
		slots *= 2;
	crowd.postings = arena_array(arena, struct posting, words);
	crowd.slots = arena_array(arena, struct crowd_word, slots);
	crowd.slot_mask = (uint32_t)slots - 1;
	crowd.rows = arena_array(arena, uint64_t, (size_t)count);
	make_room(&crowd);
	for (int i = 0; i < count; i++)
		for (int place = 0; is_short(texts[i]) && place < texts[i].count; place++)
			post(&crowd, i, texts[i].at[place], place);
	return crowd;
}

void crowd_compare(struct crowd *crowd, struct numbers other, int *alike)
{
	for (int i = 0; i < crowd->count; i++) {
		crowd->rows[i] = UINT64_MAX;
		alike[i] = is_short(crowd->texts[i]) && is_short(other) ? 0 : NOT_COMPARED;
	}
	for (int j = 0; j < other.count && is_short(other); j++) {
		const struct crowd_word *word = word_of(crowd, other.at[j]);

		for (uint32_t at = word->from; at < word->end; at++) {
			uint64_t *row = &crowd->rows[crowd->postings[at].text];
			uint64_t match = *row & crowd->postings[at].places;

			*row = (*row + match) | (*row ^ match);
		}
	}
	for (int i = 0; i < crowd->count; i++)
		if (crowd->rows[i] != UINT64_MAX)
			alike[i] = 2 * SAME * count_bits(~crowd->rows[i]) /
				   (crowd->texts[i].count + other.count);
}
