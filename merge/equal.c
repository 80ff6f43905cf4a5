#include "merge/equal.h"

#include <string.h>

#include "merge/rising.h"

enum { ANCHOR_WORDS = 3, ANCHOR_DEPTH = 32 };

/* How often each number stands in the ranges looked at, and where. */
struct seen {
	int in_a, in_b;
	int at_b;
};

struct finder {
	const struct side *a, *b;
	struct seen *seen; /* by number; all zero between two looks */
	int *partners;
	int *at_a, *at_b; /* anchors of the range looked at */
};

struct range {
	int a, a_end, b, b_end;
};

static void trim(struct finder *finder, struct range *range)
{
	const uint32_t *a = finder->a->ids, *b = finder->b->ids;

	while (range->a < range->a_end && range->b < range->b_end && a[range->a] == b[range->b])
		finder->partners[range->a++] = range->b++;
	while (range->a < range->a_end && range->b < range->b_end &&
	       a[range->a_end - 1] == b[range->b_end - 1])
		finder->partners[--range->a_end] = --range->b_end;
}

static bool can_anchor(const struct side *side, int piece)
{
	return side->pieces[piece].word_count >= ANCHOR_WORDS ||
	       piece_block(side, piece)->kind == BLOCK_HEADING;
}

/* Partners the pieces that stand once in either range. out: how many */
static int anchor(struct finder *finder, struct range range)
{
	int count = 0, *at_a = finder->at_a, *at_b = finder->at_b;

	for (int j = range.b; j < range.b_end; j++) {
		struct seen *seen = finder->seen + finder->b->ids[j];
		seen->in_b++;
		seen->at_b = j;
	}
	for (int i = range.a; i < range.a_end; i++)
		finder->seen[finder->a->ids[i]].in_a++;
	for (int i = range.a; i < range.a_end; i++) {
		const struct seen *seen = finder->seen + finder->a->ids[i];

		if (seen->in_a == 1 && seen->in_b == 1 && can_anchor(finder->a, i)) {
			at_a[count] = i;
			at_b[count++] = seen->at_b - range.b;
		}
	}
	for (int i = range.a; i < range.a_end; i++)
		finder->seen[finder->a->ids[i]] = (struct seen){0};
	for (int j = range.b; j < range.b_end; j++)
		finder->seen[finder->b->ids[j]] = (struct seen){0};
	if (count == 0)
		return 0;
	struct arena scratch = {0};
	const bool *keep = NULL;
	if (!is_rising(at_b, count))
		keep = keep_rising(&scratch, at_b, NULL, count, range.b_end - range.b);
	for (int i = 0; i < count; i++)
		if (!keep || keep[i])
			finder->partners[at_a[i]] = at_b[i] + range.b;
	arena_free(&scratch);
	return count;
}

static void find(struct finder *finder, struct range range, int depth)
{
	trim(finder, &range);
	if (range.a == range.a_end || range.b == range.b_end)
		return;
	if (depth == ANCHOR_DEPTH || anchor(finder, range) == 0) {
		diff_into((struct numbers){finder->a->ids + range.a, range.a_end - range.a},
			  (struct numbers){finder->b->ids + range.b, range.b_end - range.b},
			  finder->partners + range.a, range.b);
		return;
	}
	struct range gap = {.a = range.a, .b = range.b};
	for (int i = range.a; i <= range.a_end; i++) {
		if (i < range.a_end && finder->partners[i] < 0)
			continue;
		gap.a_end = i;
		gap.b_end = i < range.a_end ? finder->partners[i] : range.b_end;
		/* The pieces that find() partners lie before this anchor. */
		if (gap.a < gap.a_end && gap.b < gap.b_end)
			find(finder, gap, depth + 1);
		gap.a = i + 1;
		gap.b = gap.b_end + 1;
	}
}

int *match_equal(struct arena *arena, const struct side *a, const struct side *b)
{
	uint32_t most = a->largest > b->largest ? a->largest : b->largest;
	struct finder finder = {.a = a, .b = b};
	struct arena scratch = {0};

	finder.seen = arena_array(&scratch, struct seen, (size_t)most + 1);
	finder.at_a = arena_array(&scratch, int, (size_t)a->count + 1);
	finder.at_b = arena_array(&scratch, int, (size_t)a->count + 1);
	finder.partners = arena_array(arena, int, (size_t)a->count + 1);
	memset(finder.partners, -1, ((size_t)a->count + 1) * sizeof *finder.partners);
	find(&finder, (struct range){0, a->count, 0, b->count}, 0);
	arena_free(&scratch);
	return finder.partners;
}
