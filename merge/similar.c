#include "merge/similar.h"

#include <stdlib.h>
#include <string.h>

enum { ORDERED_WORDS = 512, WORD_BITS = 64, LANES = ORDERED_WORDS / WORD_BITS };

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static uint32_t *sorted(struct arena *arena, struct numbers numbers)
{
	uint32_t *copy = arena_array(arena, uint32_t, (size_t)numbers.count + 1);

	if (numbers.count)
		memcpy(copy, numbers.at, (size_t)numbers.count * sizeof *copy);
	qsort(copy, (size_t)numbers.count, sizeof *copy, by_number);
	return copy;
}

/* How many numbers they have in common, order aside. */
static int common(struct arena *arena, struct numbers a, struct numbers b)
{
	const uint32_t *x = sorted(arena, a), *y = sorted(arena, b);
	int i = 0, j = 0, both = 0;

	while (i < a.count && j < b.count) {
		if (x[i] == y[j])
			both++, i++, j++;
		else if (x[i] < y[j])
			i++;
		else
			j++;
	}
	return both;
}

/*
 * One bit for each number of `a`; a zero says that the longest common
 * subsequence grew there.
 */
static int longest_common(struct numbers a, struct numbers b)
{
	uint64_t row[LANES];
	int lanes = (a.count + WORD_BITS - 1) / WORD_BITS, length = 0;

	memset(row, 0xff, sizeof row);
	for (int j = 0; j < b.count; j++) {
		uint64_t carry = 0;

		for (int lane = 0; lane < lanes; lane++) {
			uint64_t match = 0, sum;
			int end = a.count - lane * WORD_BITS;

			for (int i = 0; i < end && i < WORD_BITS; i++)
				match |= (uint64_t)(a.at[lane * WORD_BITS + i] == b.at[j]) << i;
			match &= row[lane];
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
		length = common(arena, a, b);
	return (int)((int64_t)2 * SAME * (head + tail + length) / total);
}

bool is_subsequence(struct numbers part, struct numbers whole)
{
	int i = 0;

	for (int j = 0; i < part.count && j < whole.count; j++)
		i += part.at[i] == whole.at[j];
	return i == part.count;
}
