#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/repo_ahead.h"
#include "core/repo_places.h"
#include "support_notes.h"
#include "support_repo.h"
#include "support_seeded.h"

enum {
	TEXTS = 48,
	IDS = 3000,
	MOST = 300 << 10, /* bytes of a text that may be read */
	MISSING = 1000,	  /* index of an id that no text has */
	TOO_LARGE = 2000, /* index of the id of a text of more than MOST bytes */
};

struct fixture {
	struct arena arena;
	char folder[MADE_FOLDER_BYTES];
	struct repo *repo;
	struct object_id ids[IDS];
	uint64_t files[IDS];
	uint32_t compared; /* texts that were taken, with others */
};

static struct object_id write_text(struct fixture *fixture, struct seeded *seeded, size_t size)
{
	char *bytes = arena_alloc(&fixture->arena, size, 1);
	struct object_id id;

	for (size_t i = 0; i < size; i++)
		bytes[i] = (char)('a' + i % 23);
	if (size)
		bytes[seeded_next(seeded, (uint32_t)size)] = 'A';
	check(repo_blob_write(fixture->repo, (struct str){bytes, size}, &id));
	return id;
}

/* A few texts, recorded again and again. */
static int begin(void **state)
{
	struct fixture *fixture = calloc(1, sizeof *fixture);
	struct seeded seeded = {.arena = &fixture->arena, .state = 1};
	struct object_id texts[TEXTS];

	fixture->repo = repo_make(fixture->folder);
	for (size_t i = 0; i < TEXTS; i++)
		texts[i] = write_text(fixture, &seeded, i % 4 ? 1 + i * 40 : i * 4096);
	for (uint32_t i = 0; i < IDS; i++) {
		fixture->ids[i] = texts[seeded_next(&seeded, TEXTS)];
		fixture->files[i] = seeded_next(&seeded, 5);
	}
	fixture->ids[MISSING] = (struct object_id){{1}};
	fixture->ids[TOO_LARGE] = write_text(fixture, &seeded, MOST + 1);
	*state = fixture;
	return 0;
}

static int end(void **state)
{
	struct fixture *fixture = *state;

	repo_unmake(fixture->repo, fixture->folder);
	arena_free(&fixture->arena);
	free(fixture);
	return 0;
}

static struct repo_ahead *start_reading(struct fixture *fixture)
{
	struct repo_ahead *ahead =
		repo_ahead_start(fixture->repo, fixture->ids, fixture->files, IDS, MOST);

	assert_non_null(ahead);
	return ahead;
}

/* What it is said to have in common with another, it has, and no more. */
static void check_beside(struct fixture *fixture, uint32_t index, struct str text,
			 struct ahead_beside beside)
{
	struct lent_blob other;

	if (!beside.compared)
		return;
	check(repo_blob_lend(fixture->repo, fixture->ids[beside.index], MOST, &other));
	size_t start = str_common_start(text, other.text);
	size_t most = text.len < other.text.len ? text.len : other.text.len;
	if (fixture->files[index] != fixture->files[beside.index] || beside.start != start ||
	    beside.end != str_common_end(text, other.text, most - start))
		fail_msg("text %u is compared wrongly", index);
	fixture->compared++;
	repo_blob_give_back(other.handle);
}

/* What is taken is the text of its id. out: whether it was taken */
static bool take(struct fixture *fixture, struct repo_ahead *ahead, uint32_t index)
{
	struct lent_blob taken, wanted;

	if (!repo_ahead_take(ahead, index, &taken))
		return false;
	check(repo_blob_lend(fixture->repo, fixture->ids[index], MOST, &wanted));
	if (!str_equal(taken.text, wanted.text))
		fail_msg("text %u is another", index);
	check_beside(fixture, index, taken.text, repo_ahead_beside(ahead, index));
	repo_blob_give_back(taken.handle);
	repo_blob_give_back(wanted.handle);
	return true;
}

static void test_in_order(void **state)
{
	struct fixture *fixture = *state;
	struct repo_ahead *ahead = start_reading(fixture);

	for (uint32_t i = 0; i < IDS; i++)
		if (take(fixture, ahead, i) == (i == MISSING || i == TOO_LARGE))
			fail_msg("text %u", i);
	assert_true(fixture->compared > IDS / 2);
	assert_false(repo_ahead_take(ahead, IDS, &(struct lent_blob){0}));
	repo_ahead_stop(ahead);
}

static void test_twice(void **state)
{
	struct fixture *fixture = *state;
	struct repo_ahead *ahead = start_reading(fixture);

	for (uint32_t i = 8; i < MISSING; i++)
		for (uint32_t back = 0; back <= 8; back += 8)
			if (!take(fixture, ahead, i - back))
				fail_msg("text %u", i - back);
	repo_ahead_stop(ahead);
}

/* Ahead and back, near and far; ended in the middle. */
static void test_any_order(void **state)
{
	struct fixture *fixture = *state;
	struct seeds seeds = seeds_from(1, 2);

	for (uint64_t seed = seeds.first; seed < seeds.end; seed++) {
		struct seeded seeded = {.arena = &fixture->arena, .state = seed};
		struct repo_ahead *ahead = start_reading(fixture);
		uint32_t index = 0, taken = 0, most = seeded_next(&seeded, IDS);

		for (uint32_t i = 0; i < 200; i++) {
			uint32_t far = seeded_next(&seeded, 20) == 0 ? 900 : 30;
			uint32_t back = seeded_next(&seeded, far);

			index += seeded_next(&seeded, 2 * far);
			index = index > back ? index - back : 0;
			if (index < most)
				taken += take(fixture, ahead, index);
		}
		repo_ahead_stop(ahead);
		if (most > 100 && taken == 0)
			fail_msg("seed %llu: nothing was taken", (unsigned long long)seed);
	}
}

/* None of them can be read: each is said to be so, and nobody waits for ever. */
static void test_none(void **state)
{
	struct fixture *fixture = *state;
	struct object_id *ids = arena_array(&fixture->arena, struct object_id, IDS);

	for (uint32_t i = 0; i < IDS; i++)
		ids[i] = (struct object_id){{2, (unsigned char)i, (unsigned char)(i >> 8)}};
	for (uint32_t turn = 0; turn < 20; turn++) {
		struct lent_blob taken;
		struct repo_ahead *ahead = repo_ahead_start(fixture->repo, ids, fixture->files,
							    IDS - 100 * turn, MOST);

		assert_false(repo_ahead_take(ahead, turn, &taken));
		assert_false(repo_ahead_take(ahead, IDS - 100 * turn - 1, &taken));
		repo_ahead_stop(ahead);
	}
}

/* No numbers of files: as they come. */
static void test_without_files(void **state)
{
	struct fixture *fixture = *state;
	struct repo_ahead *ahead = repo_ahead_start(fixture->repo, fixture->ids, NULL, IDS, MOST);
	uint32_t compared = fixture->compared;

	for (uint32_t i = 0; i < IDS; i += 7)
		if (i != MISSING && i != TOO_LARGE && !take(fixture, ahead, i))
			fail_msg("text %u", i);
	assert_int_equal(fixture->compared, compared);
	repo_ahead_stop(ahead);
}

/* What is in no pack has none. */
static void test_places(void **state)
{
	struct fixture *fixture = *state;
	uint32_t *places = arena_array(&fixture->arena, uint32_t, IDS);

	places[0] = 1;
	repo_places_find(fixture->repo, fixture->ids, IDS, places);
	for (uint32_t i = 0; i < IDS; i++)
		if (places[i])
			fail_msg("text %u", i);
}

static void test_imported(void **state)
{
	static const struct {
		const char *why;
		uint32_t places[6];
		bool imported;
	} rows[] = {
		{"as they came", {1, 2, 3, 4, 5, 6}, true},
		{"file by file, as they came", {1, 4, 2, 5, 3, 6}, true},
		{"the latest first", {6, 5, 4, 3, 2, 1}, false},
		{"file by file, the latest first", {3, 6, 2, 5, 1, 4}, false},
		{"some later, some earlier", {3, 4, 1, 2, 5, 6}, false},
		{"in no pack", {0}, false},
	};
	static const uint64_t files[6] = {7, 9, 7, 9, 7, 9};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (repo_places_are_imported(rows[i].places, files, 6) != rows[i].imported)
			fail_msg("%s", rows[i].why);
	assert_false(repo_places_are_imported(NULL, NULL, 0));
}

static void test_few(void **state)
{
	struct fixture *fixture = *state;

	assert_null(repo_ahead_start(fixture->repo, fixture->ids, fixture->files, 3, MOST));
	repo_ahead_stop(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_in_order),      cmocka_unit_test(test_twice),
		cmocka_unit_test(test_any_order),     cmocka_unit_test(test_none),
		cmocka_unit_test(test_without_files), cmocka_unit_test(test_places),
		cmocka_unit_test(test_imported),      cmocka_unit_test(test_few),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
