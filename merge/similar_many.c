#include "merge/similar_many.h"

static bool is_short(struct numbers text)
{
	return text.count > 0 && text.count <= READY_WORDS;
}

/* The slot of a word, or the free one where it would stand. */
static uint32_t *slot_of(const struct crowd *crowd, uint32_t number)
{
	uint32_t at = number & crowd->slot_mask;

	while (crowd->slots[at] && crowd->postings[crowd->slots[at] - 1].number != number)
		at = (at + 1) & crowd->slot_mask;
	return &crowd->slots[at];
}

/* Notes that the text has the word at `place`; texts come in order. */
static void post(struct crowd *crowd, int text, uint32_t number, int place)
{
	uint32_t *slot = slot_of(crowd, number);

	if (*slot == 0 || crowd->postings[*slot - 1].text != text) {
		crowd->postings[crowd->posting_count++] =
			(struct posting){.number = number, .text = text, .next = *slot};
		*slot = crowd->posting_count;
	}
	crowd->postings[*slot - 1].places |= (uint64_t)1 << place;
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
	crowd.slots = arena_array(arena, uint32_t, slots);
	crowd.slot_mask = (uint32_t)slots - 1;
	crowd.rows = arena_array(arena, uint64_t, (size_t)count);
	for (int i = 0; i < count; i++)
		for (int place = 0; is_short(texts[i]) && place < texts[i].count; place++)
			post(&crowd, i, texts[i].at[place], place);
	return crowd;
}

/* Finds what each text has in common with another, of its short ones. */
static void compare(struct crowd *crowd, struct numbers other)
{
	crowd->other = other;
	for (int i = 0; i < crowd->count; i++)
		crowd->rows[i] = UINT64_MAX;
	for (int j = 0; j < other.count; j++)
		for (uint32_t at = *slot_of(crowd, other.at[j]); at;) {
			const struct posting *posting = &crowd->postings[at - 1];
			uint64_t row = crowd->rows[posting->text], match = row & posting->places;

			crowd->rows[posting->text] = (row + match) | (row ^ match);
			at = posting->next;
		}
}

int crowd_similarity(struct arena *arena, struct crowd *crowd, int index, struct numbers other)
{
	struct numbers text = crowd->texts[index];

	if (!is_short(text) || !is_short(other))
		return similarity(arena, text, other);
	if (crowd->other.at != other.at || crowd->other.count != other.count)
		compare(crowd, other);
	return 2 * SAME * count_bits(~crowd->rows[index]) / (text.count + other.count);
}
