#include "merge/similar.h"

#include <stdlib.h>
#include <string.h>

enum { WORD_BITS = 64, LANES = ORDERED_WORDS / WORD_BITS, PLACES = 2 * ORDERED_WORDS };

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

const uint32_t *numbers_sorted(struct arena *arena, struct numbers numbers)
{
	uint32_t *copy = arena_array(arena, uint32_t, (size_t)numbers.count + 1);

	if (numbers.count)
		memcpy(copy, numbers.at, (size_t)numbers.count * sizeof *copy);
	qsort(copy, (size_t)numbers.count, sizeof *copy, by_number);
	return copy;
}

int sorted_common(const uint32_t *a, int a_count, const uint32_t *b, int b_count)
{
	int i = 0, j = 0, both = 0;

	while (i < a_count && j < b_count) {
		if (a[i] == b[j])
			both++, i++, j++;
		else if (a[i] < b[j])
			i++;
		else
			j++;
	}
	return both;
}

/* The slot of a number, or the free one (0) where it would stand; `slots` is a power of two. */
static uint32_t slot_of(const uint32_t *numbers, uint32_t slots, uint32_t number)
{
	uint32_t slot = number & (slots - 1);

	while (numbers[slot] && numbers[slot] != number)
		slot = (slot + 1) & (slots - 1);
	return slot;
}

/* Where each number of a text stands in it, one bit for each place. */
struct places {
	uint32_t slots;
	int lanes;
	uint32_t numbers[PLACES];
	uint64_t bits[PLACES][LANES]; /* of the slots that are taken */
};

static void find_places(struct places *places, struct numbers text)
{
	places->lanes = (text.count + WORD_BITS - 1) / WORD_BITS;
	for (places->slots = 2; places->slots < 2 * (uint32_t)text.count;)
		places->slots *= 2;
	memset(places->numbers, 0, places->slots * sizeof *places->numbers);
	for (int i = 0; i < text.count; i++) {
		uint32_t slot = slot_of(places->numbers, places->slots, text.at[i]);

		if (!places->numbers[slot])
			memset(places->bits[slot], 0,
			       (size_t)places->lanes * sizeof *places->bits[slot]);
		places->numbers[slot] = text.at[i];
		places->bits[slot][i / WORD_BITS] |= (uint64_t)1 << (i % WORD_BITS);
	}
}

/*
 * One bit for each number of `a`; a zero says that the longest common
 * subsequence grew there.
 */
static int longest_common(struct numbers a, struct numbers b)
{
	struct places places;
	uint64_t row[LANES];
	int length = 0;

	find_places(&places, a);
	memset(row, 0xff, sizeof row);
	for (int j = 0; j < b.count; j++) {
		uint32_t slot = slot_of(places.numbers, places.slots, b.at[j]);
		uint64_t carry = 0;

		for (int lane = 0; places.numbers[slot] && lane < places.lanes; lane++) {
			uint64_t match = row[lane] & places.bits[slot][lane], sum;
			uint64_t over = __builtin_add_overflow(row[lane], match, &sum);

			over |= __builtin_add_overflow(sum, carry, &sum);
			row[lane] = sum | (row[lane] & ~match);
			carry = over;
		}
	}
	for (int i = 0; i < a.count; i++)
		length += !(row[i / WORD_BITS] >> (i % WORD_BITS) & 1);
	return length;
}

int similarity(struct arena *arena, struct numbers a, struct numbers b)
{
	int head = 0, tail = 0, total = a.count + b.count, length;

	if (a.count == 0 || b.count == 0)
		return total == 0 ? SAME : 0;
	while (head < a.count && head < b.count && a.at[head] == b.at[head])
		head++;
	a.at += head, a.count -= head;
	b.at += head, b.count -= head;
	while (tail < a.count && tail < b.count &&
	       a.at[a.count - 1 - tail] == b.at[b.count - 1 - tail])
		tail++;
	a.count -= tail, b.count -= tail;
	if (a.count == 0 || b.count == 0)
		length = 0;
	else if (a.count <= ORDERED_WORDS && b.count <= ORDERED_WORDS)
		length = longest_common(a, b);
	else
		length = sorted_common(numbers_sorted(arena, a), a.count, numbers_sorted(arena, b),
				       b.count);
	return (int)((int64_t)2 * SAME * (head + tail + length) / total);
}

static void make_ready(struct ready_text *ready, struct numbers text)
{
	memset(ready->numbers, 0, sizeof ready->numbers);
	ready->text = text;
	for (int i = 0; i < text.count; i++) {
		uint32_t slot = slot_of(ready->numbers, READY_SLOTS, text.at[i]);

		if (!ready->numbers[slot])
			ready->places[slot] = 0;
		ready->numbers[slot] = text.at[i];
		ready->places[slot] |= (uint64_t)1 << i;
	}
}

int similarity_of_ready(struct arena *arena, struct ready_text *ready, struct numbers a,
			struct numbers b)
{
	uint64_t row = UINT64_MAX;

	if (a.count == 0 || a.count > READY_WORDS || b.count == 0 || b.count > READY_WORDS)
		return similarity(arena, a, b);
	if (ready->text.at != a.at || ready->text.count != a.count)
		make_ready(ready, a);
	for (int j = 0; j < b.count; j++) {
		uint32_t slot = slot_of(ready->numbers, READY_SLOTS, b.at[j]);
		uint64_t match = ready->numbers[slot] ? row & ready->places[slot] : 0;

		row = (row + match) | (row & ~match);
	}
	if (a.count < READY_WORDS)
		row |= UINT64_MAX << a.count;
	return 2 * SAME * count_bits(~row) / (a.count + b.count);
}

bool is_subsequence(struct numbers part, struct numbers whole)
{
	int i = 0;

	for (int j = 0; i < part.count && j < whole.count; j++)
		i += part.at[i] == whole.at[j];
	return i == part.count;
}
