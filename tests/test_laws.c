/*
 * Laws of the merge of one text, on seeded notes. CASES=n sets how many, SEED=n
 * replays one. What breaks a law is printed without the lines that do not matter.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/support_laws.h"
#include "tests/support_notes.h"

enum { CASES = 5000 };

/*
 * These notes are far more tangled than real ones: lines move in and out of what stands
 * above them without a mark, and what one repeats the other deletes. How many of the first
 * so many change when merged again, or double a word, is held to what the merge reaches,
 * so that it can only get better: none may be bought with text that is said twice.
 */
static const struct reached {
	uint64_t notes;
	size_t restless, doubled;
} reached[] = {{CASES, 0, 117}, {50000, 0, 1169}};

typedef const char *law_breach(struct arena *arena, struct merge_input input);

/* What one seed stands for. */
static struct merge_input notes_of(struct arena *arena, uint64_t seed)
{
	struct seeded_versions note = seeded_versions_of(arena, seed);

	return (struct merge_input){note.base, note.ours, note.theirs, FORMAT_NOTE};
}

static struct merge_input bytes_of(struct arena *arena, uint64_t seed)
{
	static const enum text_format formats[] = {FORMAT_NOTE, FORMAT_YAML, FORMAT_TEXT};
	struct seeded seeded = {arena, seed * 0x9E3779B97F4A7C15u};
	struct str base = seeded_bytes(&seeded);
	struct str ours = seeded_bytes(&seeded);
	struct str theirs = seeded_bytes(&seeded);

	return (struct merge_input){base, ours, theirs, formats[seed % 3]};
}

static const char *note_law(struct arena *arena, struct merge_input input)
{
	const char *breach = merge_breach(arena, input);

	if (!breach)
		breach = merge_undoing(arena, input);
	return breach ? breach : merge_loss(arena, input);
}

/* The text without the first line that is equal to `line`. */
static struct str without(struct arena *arena, struct str text, struct str line)
{
	struct buf out = {.arena = arena};
	struct str at;
	bool dropped = false;

	while (str_next_line(&text, &at)) {
		if (!dropped && str_equal(at, line))
			dropped = true;
		else
			buf_add(&out, at);
	}
	return buf_str(&out);
}

/* Takes the line off the texts named by the bits of `which`. */
static struct merge_input drop(struct arena *arena, struct merge_input input, struct str line,
			       unsigned which)
{
	if (which & 1)
		input.base = without(arena, input.base, line);
	if (which & 2)
		input.ours = without(arena, input.ours, line);
	if (which & 4)
		input.theirs = without(arena, input.theirs, line);
	return input;
}

static size_t size_of(struct merge_input input)
{
	return input.base.len + input.ours.len + input.theirs.len;
}

/* One line less, from all texts or from some, and still a breach; else what was given. */
static struct merge_input smaller(struct arena *arena, law_breach *law, struct merge_input input)
{
	const struct str texts[] = {input.base, input.ours, input.theirs};

	for (unsigned which = 7; which > 0; which--)
		for (size_t i = 0; i < 3; i++)
			for (struct str rest = texts[i], line; str_next_line(&rest, &line);) {
				struct merge_input less = drop(arena, input, line, which);

				if (size_of(less) < size_of(input) && law(arena, less))
					return less;
			}
	return input;
}

static void report(struct arena *arena, law_breach *law, struct merge_input input, uint64_t seed)
{
	struct merge_input less = smaller(arena, law, input);

	while (size_of(less) < size_of(input)) {
		input = less;
		less = smaller(arena, law, input);
	}
	fail_msg("SEED=%llu: %s\n--- base\n%.*s--- ours\n%.*s--- theirs\n%.*s--- result\n%.*s",
		 (unsigned long long)seed, law(arena, input), STR_ARGS(input.base),
		 STR_ARGS(input.ours), STR_ARGS(input.theirs),
		 STR_ARGS(merge_texts(arena, input).text));
}

static void hold(law_breach *law, struct merge_input cases(struct arena *, uint64_t))
{
	struct seeds seeds = seeds_from(0, CASES);

	for (uint64_t seed = seeds.first; seed < seeds.end; seed++) {
		struct arena arena = {0};
		struct merge_input input = cases(&arena, seed);

		if (law(&arena, input))
			report(&arena, law, input, seed);
		arena_free(&arena);
	}
}

static void notes_keep_the_laws(void **state)
{
	(void)state;
	hold(note_law, notes_of);
}

static void any_bytes_keep_the_laws(void **state)
{
	(void)state;
	hold(merge_breach, bytes_of);
}

/* How many of the seeded notes a law does not hold for. */
static size_t count_breaches(law_breach *law, struct seeds seeds)
{
	size_t count = 0;

	for (uint64_t seed = seeds.first; seed < seeds.end; seed++) {
		struct arena arena = {0};

		count += law(&arena, notes_of(&arena, seed)) != NULL;
		arena_free(&arena);
	}
	return count;
}

/* What is reached with these seeds; NULL: it was not counted for as many. */
static const struct reached *reached_with(struct seeds seeds)
{
	for (size_t i = 0; i < sizeof(reached) / sizeof(*reached) && !seeds.replayed; i++)
		if (reached[i].notes == seeds.end)
			return &reached[i];
	return NULL;
}

/* How many break a law that does not hold for all yet; LAW_SHOW=1 prints the first, made small. */
static size_t told_breaches(law_breach *law, struct seeds seeds, const char *what)
{
	size_t breaches = count_breaches(law, seeds);

	print_message("%zu of %llu: %s\n", breaches, (unsigned long long)(seeds.end - seeds.first),
		      what);
	if (getenv("LAW_SHOW"))
		hold(law, notes_of);
	return breaches;
}

static const char *rest_law(struct arena *arena, struct merge_input input)
{
	return merge_rests(arena, input) ? NULL : "merging the result again changes nothing";
}

static void merging_again_changes_nothing(void **state)
{
	struct seeds seeds = seeds_from(0, CASES);
	const struct reached *most = reached_with(seeds);
	size_t breaches = told_breaches(rest_law, seeds, "merges that change when merged again");

	(void)state;
	assert_true(!most || breaches <= most->restless);
}

static void few_words_are_doubled(void **state)
{
	struct seeds seeds = seeds_from(0, CASES);
	const struct reached *most = reached_with(seeds);
	size_t breaches = told_breaches(merge_doubling, seeds,
					"merges that double a word which all have once");

	(void)state;
	assert_true(!most || breaches <= most->doubled);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(notes_keep_the_laws),
		cmocka_unit_test(any_bytes_keep_the_laws),
		cmocka_unit_test(merging_again_changes_nothing),
		cmocka_unit_test(few_words_are_doubled),
	};

	return cmocka_run_group_tests_name("laws", tests, NULL, NULL);
}
