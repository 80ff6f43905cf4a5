#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "merge/ideas.h"
#include "tests/support_points.h"

enum { POINTS = 300, SHUFFLES = 100, CHECKED = 3000 };

static int by_text(const void *left, const void *right)
{
	return str_compare(*(const struct str *)left, *(const struct str *)right);
}

/* The groups as text: level, score, then the wordings in order of bytes; one a line. */
static struct str groups_of(struct arena *arena, const struct str *texts, size_t count,
			    struct str verdicts[][2], size_t verdict_count)
{
	struct collection *collection = collection_read(texts, count, LANGUAGE_FRENCH);
	struct alike_pairs pairs = collection_pairs(arena, collection, ALIKE_RELATED, NULL, NULL);
	struct verdict *decided = arena_array(arena, struct verdict, verdict_count);
	uint32_t *times = arena_array(arena, uint32_t, collection->count);
	struct buf all = {.arena = arena};

	for (size_t i = 0; i < count; i++) {
		uint32_t wording = collection->wording_of[i];

		times[wording]++;
		for (size_t v = 0; v < verdict_count; v++) {
			decided[v].kind = v % 3 == 0   ? VERDICT_SAME
					  : v % 3 == 1 ? VERDICT_DIFFERENT
						       : VERDICT_PART_OF;
			if (str_equal(texts[i], verdicts[v][0]))
				decided[v].a = wording;
			if (str_equal(texts[i], verdicts[v][1]))
				decided[v].b = wording;
		}
	}
	struct ideas ideas = ideas_of(arena, collection, &pairs, decided, verdict_count, times);
	for (size_t i = 0; i < ideas.count; i++) {
		const struct idea_group *group = &ideas.groups[i];
		struct str *lines = arena_array(arena, struct str, group->count);

		for (size_t j = 0; j < group->count; j++)
			lines[j] = key_hex(arena, collection->wordings[group->wordings[j]].key, 32);
		qsort(lines, group->count, sizeof *lines, by_text);
		buf_printf(&all, "%s %u", alike_level_name(group->level), group->score);
		for (size_t j = 0; j < group->count; j++)
			buf_printf(&all, " %.*s", STR_ARGS(lines[j]));
		buf_add_byte(&all, '\n');
	}
	buf_printf(&all, "%zu clashes\n", ideas.clash_count);
	collection_close(collection);
	return buf_str(&all);
}

static void any_order_gives_the_same_groups(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct made_points made = points_made(&arena, POINTS, 3, 5);
	struct str verdicts[6][2];
	uint64_t random = 3;

	for (size_t i = 0; i < 6; i++) {
		verdicts[i][0] = made.texts[10 * i];
		verdicts[i][1] = made.texts[10 * i + 7];
	}
	struct str wanted = groups_of(&arena, made.texts, POINTS, verdicts, 6);
	assert_true(str_contains(wanted, STR("near ")));
	for (int round = 0; round < SHUFFLES; round++) {
		struct arena scratch = {0};

		for (size_t i = POINTS - 1; i > 0; i--) {
			size_t j = next_random(&random) % (i + 1);
			struct str text = made.texts[i];
			made.texts[i] = made.texts[j];
			made.texts[j] = text;
		}
		struct str got = groups_of(&scratch, made.texts, POINTS, verdicts, 6);
		assert_int_equal(got.len, wanted.len);
		assert_memory_equal(got.at, wanted.at, wanted.len);
		arena_free(&scratch);
	}
	arena_free(&arena);
}

/* Enough of them to be read in several parts. */
static void planted_copies_are_found(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct made_points made = points_made(&arena, 3 * CHECKED, 20, 9);
	struct collection *collection = collection_read(made.texts, made.count, LANGUAGE_FRENCH);
	struct alike_pairs pairs = collection_pairs(&arena, collection, ALIKE_NEAR, NULL, NULL);
	uint32_t *origin = arena_array(&arena, uint32_t, collection->count);
	size_t right = 0, same = 0;

	for (size_t i = 0; i < made.count; i++) {
		uint32_t a = collection->wording_of[i], b = collection->wording_of[made.origin[i]];

		origin[a] = made.origin[i];
		same += made.origin[i] != i &&
			collection->wordings[a].head == collection->wordings[b].head;
	}
	for (size_t i = 0; i < pairs.count; i++)
		right += origin[pairs.at[i].a] == origin[pairs.at[i].b];
	assert_true(100 * right >= 99 * pairs.count);
	assert_true(100 * (right + same) >= 97 * made.planted);
	collection_close(collection);
	arena_free(&arena);
}

static void memory_changes_nothing(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct made_points made = points_made(&arena, POINTS, 3, 21);
	struct collection *collection = collection_read(made.texts, POINTS, LANGUAGE_FRENCH);
	struct alike_memory none = alike_memory_read(&arena, STR(""));
	struct alike_pairs fresh = collection_pairs(&arena, collection, ALIKE_RELATED, &none, NULL);
	struct str bytes = alike_memory_write(&arena, &none);
	uint64_t random = 1;

	assert_true(none.used_count > 0 && none.known_count == 0);
	for (int round = 0; round < SHUFFLES; round++) {
		struct arena scratch = {0};
		struct str broken = str_copy(&scratch, bytes);
		char *at = (char *)(uintptr_t)broken.at;

		if (round > 0)
			at[next_random(&random) % broken.len] ^= (char)(1U << round % 8);
		if (round % 7 == 6)
			broken.len -= next_random(&random) % broken.len;
		struct alike_memory memory = alike_memory_read(&scratch, broken);
		if (round == 0)
			assert_int_equal(memory.known_count, none.used_count);
		struct alike_pairs again =
			collection_pairs(&scratch, collection, ALIKE_RELATED, &memory, NULL);
		assert_int_equal(again.count, fresh.count);
		assert_memory_equal(again.at, fresh.at, fresh.count * sizeof *fresh.at);
		struct str written = alike_memory_write(&scratch, &memory);
		assert_int_equal(written.len, bytes.len);
		assert_memory_equal(written.at, bytes.at, bytes.len);
		arena_free(&scratch);
	}
	collection_close(collection);
	arena_free(&arena);
}

static void one_more_point_finds_what_it_repeats(void **state)
{
	(void)state;
	const struct str notes[] = {
		STR("un besoin ressenti d'avancer ensemble"),
		STR("la coopération rime avec bienveillance"),
		STR("le budget de 12 000 euros est voté par la commune"),
	};
	static const struct {
		const char *why, *text;
		size_t count;
		uint32_t point;
		enum alike_level level;
	} cases[] = {
		{"dress aside", "- Un besoin ressenti d’avancer ensemble !", 1, 0, ALIKE_IDENTICAL},
		{"a slip of the pen", "un besoin resenti d'avancer ensemble", 1, 0, ALIKE_NEAR},
		{"another figure", "le budget de 12 500 euros est voté par la commune", 0, 0, 0},
		{"another end", "la coopération rime avec frugalité", 0, 0, 0},
		{"nothing of it", "planter des arbres", 0, 0, 0},
		{"no words", "…", 0, 0, 0},
	};
	struct collection *collection = collection_read(notes, 3, LANGUAGE_FRENCH);

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct alike_pair found[2];
		size_t count = collection_find(collection, str_of(cases[i].text), LANGUAGE_FRENCH,
					       ALIKE_NEAR, found, 2);

		if (count != cases[i].count)
			fail_msg("%s: %zu found", cases[i].why, count);
		if (count == 0)
			continue;
		assert_int_equal(found[0].b, collection->wording_of[cases[i].point]);
		assert_int_equal(found[0].level, cases[i].level);
	}
	collection_close(collection);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_order_gives_the_same_groups),
		cmocka_unit_test(planted_copies_are_found),
		cmocka_unit_test(memory_changes_nothing),
		cmocka_unit_test(one_more_point_finds_what_it_repeats),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
