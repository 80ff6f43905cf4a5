#include "merge/similar.h"

#include <stdlib.h>
#include <string.h>

#include "core/ascending.h"

const uint32_t *numbers_sorted(struct arena *arena, struct numbers numbers)
{
	uint32_t *copy = arena_array(arena, uint32_t, (size_t)numbers.count + 1);

	if (numbers.count)
		memcpy(copy, numbers.at, (size_t)numbers.count * sizeof *copy);
	qsort(copy, (size_t)numbers.count, sizeof *copy, ascending_u32);
	return copy;
}

int sorted_common(const uint32_t *a, int a_count, const uint32_t *b, int b_count)
{
	int i = 0, j = 0, both = 0;

	/* Which is the smaller cannot be foreseen, so nothing branches on it. */
	while (i < a_count && j < b_count) {
		uint32_t x = a[i], y = b[j];

		both += x == y;
		i += x <= y;
		j += y <= x;
	}
	return both;
}

/* The slot of a number, or the free one (0) where it would stand. */
static uint32_t slot_of(const struct ready_text *ready, uint32_t number)
{
	uint32_t mask = ready->slots - 1, slot = number & mask;

	while (ready->numbers[slot] && ready->numbers[slot] != number)
		slot = (slot + 1) & mask;
	return slot;
}

static void make_ready(struct ready_text *ready, struct numbers text)
{
	ready->text = text;
	ready->lanes = (text.count + LANE_BITS - 1) / LANE_BITS;
	for (ready->slots = 2; ready->slots < 2 * (uint32_t)text.count;)
		ready->slots *= 2;
	memset(ready->numbers, 0, ready->slots * sizeof *ready->numbers);
	memset(ready->counts, 0, ready->slots * sizeof *ready->counts);
	for (int i = 0; i < text.count; i++) {
		uint32_t slot = slot_of(ready, text.at[i]);
		uint64_t *places = ready->places + slot * (uint32_t)ready->lanes;

		if (!ready->numbers[slot])
			memset(places, 0, (size_t)ready->lanes * sizeof *places);
		ready->numbers[slot] = text.at[i];
		ready->counts[slot]++;
		places[i / LANE_BITS] |= (uint64_t)1 << (i % LANE_BITS);
	}
}

/* The slots of the numbers that another text has of it, in the order of the other. */
struct met {
	uint16_t slots[ORDERED_WORDS];
	int count;
};

/* Looks up the other text. out: false as soon as fewer than `least` numbers can be met */
static bool meet(const struct ready_text *ready, struct numbers other, int least, struct met *met)
{
	int missing = other.count - least; /* that many may be */

	met->count = 0;
	for (int j = 0; j < other.count && missing >= 0; j++) {
		uint32_t slot = slot_of(ready, other.at[j]);

		if (ready->numbers[slot])
			met->slots[met->count++] = (uint16_t)slot;
		else
			missing--;
	}
	return missing >= 0;
}

/* How many numbers both have, order aside. */
static int common(const struct ready_text *ready, const struct met *met)
{
	uint16_t left[READY_SLOTS];
	int both = 0;

	memcpy(left, ready->counts, ready->slots * sizeof *left);
	for (int j = 0; j < met->count; j++) {
		int more = left[met->slots[j]] > 0;

		left[met->slots[j]] = (uint16_t)(left[met->slots[j]] - more);
		both += more;
	}
	return both;
}

/*
 * One bit for each number of the text that is ready; a zero says that the longest
 * common subsequence grew there. The last bit of a lane is left free for the carry.
 */
static int longest_common(const struct ready_text *ready, const struct met *met)
{
	const uint64_t all = ((uint64_t)1 << LANE_BITS) - 1;
	uint64_t row[LANES];
	int lanes = ready->lanes, length = 0;

	for (int lane = 0; lane < lanes; lane++)
		row[lane] = all;
	for (int j = 0; j < met->count; j++) {
		const uint64_t *places = ready->places + met->slots[j] * lanes;
		uint64_t carry = 0;

		for (int lane = 0; lane < lanes; lane++) {
			uint64_t match = row[lane] & places[lane];
			uint64_t sum = row[lane] + match + carry;

			row[lane] = (sum & all) | (row[lane] ^ match);
			carry = sum >> LANE_BITS;
		}
	}
	for (int lane = 0; lane < lanes; lane++)
		length += count_bits(row[lane] ^ all);
	return length;
}

/* Whether the order of its numbers is looked at. */
static bool can_be_ready(struct numbers text)
{
	return text.count > 0 && text.count <= ORDERED_WORDS;
}

int similarity(struct arena *arena, struct numbers a, struct numbers b)
{
	int head = 0, tail = 0, total = a.count + b.count, length = 0;
	struct ready_text ready;
	struct met met;

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
	if (can_be_ready(a) && can_be_ready(b)) {
		make_ready(&ready, a);
		meet(&ready, b, 0, &met);
		length = longest_common(&ready, &met);
	} else if (a.count > 0 && b.count > 0) {
		length = sorted_common(numbers_sorted(arena, a), a.count, numbers_sorted(arena, b),
				       b.count);
	}
	return (int)((int64_t)2 * SAME * (head + tail + length) / total);
}

int similarity_of_ready(struct arena *arena, struct ready_text *ready, struct numbers a,
			struct numbers b, int least)
{
	int total = a.count + b.count;
	struct met met;

	if (!can_be_ready(a) || !can_be_ready(b))
		return similarity(arena, a, b);
	if (ready->text.at != a.at || ready->text.count != a.count)
		make_ready(ready, a);
	if (!meet(ready, b, (least * total + 2 * SAME - 1) / (2 * SAME), &met))
		return 0;
	/* Of one lane the order is found as soon as the counts are. */
	if (ready->lanes > 1 && 2 * SAME * common(ready, &met) < least * total)
		return 0;
	return 2 * SAME * longest_common(ready, &met) / total;
}

bool is_subsequence(struct numbers part, struct numbers whole)
{
	int i = 0;

	for (int j = 0; i < part.count && j < whole.count; j++)
		i += part.at[i] == whole.at[j];
	return i == part.count;
}
