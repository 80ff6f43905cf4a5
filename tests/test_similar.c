/*
 * How alike two texts are, held against the plain way to reckon it, for each way
 * that knows a quicker one. SEED=n replays one case.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "merge/similar_many.h"
#include "tests/support_seeded.h"

enum { CASES = 150, TEXTS = 4, LONGEST = ORDERED_WORDS + 2 };

/* Of some hundred words or of few, so that most stand in both or some do. */
static struct numbers text_new(struct seeded *seeded, uint32_t words)
{
	static const uint32_t lengths[] = {0,	1,   2,	  62,  63,  64,	 65,
					   126, 127, 130, 504, 511, 512, LONGEST};
	uint32_t count = seeded_next(seeded, 2) ? lengths[seeded_next(seeded, 14)]
						: seeded_next(seeded, 200);
	uint32_t *ids = arena_array(seeded->arena, uint32_t, count + 1);

	for (uint32_t i = 0; i < count; i++)
		ids[i] = 1 + seeded_next(seeded, words);
	return (struct numbers){ids, (int)count};
}

static int longest_common_plainly(struct numbers a, struct numbers b)
{
	int row[LONGEST + 1] = {0};

	for (int i = 0; i < a.count; i++)
		for (int j = 0, before = 0; j < b.count; j++) {
			int above = row[j + 1];

			if (a.at[i] == b.at[j])
				row[j + 1] = before + 1;
			else if (row[j] > above)
				row[j + 1] = row[j];
			before = above;
		}
	return row[b.count];
}

static int plainly(struct numbers a, struct numbers b)
{
	int total = a.count + b.count;

	return total ? 2 * SAME * longest_common_plainly(a, b) / total : SAME;
}

static bool is_ordered(struct numbers text)
{
	return text.count <= ORDERED_WORDS;
}

static bool is_in_crowd(struct numbers text)
{
	return text.count > 0 && text.count <= CROWD_WORDS;
}

/* Each text held against another in all ways. */
static void compare(struct arena *arena, struct numbers other, const struct numbers texts[TEXTS],
		    uint64_t seed)
{
	struct crowd crowd = crowd_new(arena, texts, TEXTS);
	struct ready_text ready;
	int alike[TEXTS];

	crowd_compare(&crowd, other, alike);
	ready.text = (struct numbers){0};
	for (int i = 0; i < TEXTS; i++) {
		struct numbers text = texts[i];
		bool in_crowd = is_in_crowd(text) && is_in_crowd(other);
		int want = plainly(other, text);

		if (!is_ordered(text) || !is_ordered(other))
			continue;
		if (similarity(arena, other, text) != want ||
		    similarity(arena, text, other) != want ||
		    similarity_of_ready(arena, &ready, other, text, want) != want ||
		    similarity_of_ready(arena, &ready, other, text, 0) != want ||
		    alike[i] != (in_crowd ? want : NOT_COMPARED))
			fail_msg("SEED=%llu: %d and %d words, %d per mille wanted",
				 (unsigned long long)seed, other.count, text.count, want);
	}
}

static void is_reckoned_as_plainly(void **state)
{
	struct seeds seeds = seeds_from(1, CASES);

	(void)state;
	for (uint64_t seed = seeds.first; seed < seeds.end; seed++) {
		struct arena arena = {0};
		struct seeded seeded = {.arena = &arena, .state = seed};
		uint32_t words = seeded_next(&seeded, 2) ? 12 : 300;
		struct numbers texts[TEXTS], other = text_new(&seeded, words);

		for (int i = 0; i < TEXTS; i++)
			texts[i] = text_new(&seeded, words);
		compare(&arena, other, texts, seed);
		arena_free(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(is_reckoned_as_plainly)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
