#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "tests/support_notes.h"
#include "tests/support_trace.h"

/* Versions that grow out of one or two earlier ones. */
static void seeded_history(struct history *history, uint64_t seed, struct version *versions)
{
	struct seeded seeded = {.arena = &history->arena, .state = seed};
	static const char letters[] = "a\0b\0c\0d\0e\0f\0g\0h\0i\0j\0k\0l";

	versions[0] = (struct version){"", str_c(seeded.arena, seeded_note(&seeded))};
	for (uint32_t i = 1; i < 12; i++) {
		uint32_t first = i - 1 - seeded_next(&seeded, i < 3 ? i : 3);
		uint32_t second = seeded_next(&seeded, i);
		struct str parents = str_of(letters + 2 * (size_t)first);
		struct str text = seeded_edit(&seeded, str_of(versions[first].text), 'x');

		if (seeded_next(&seeded, 3) == 0 && second != first)
			parents = str_printf(seeded.arena, "%s%s", parents.at,
					     letters + 2 * (size_t)second);
		versions[i] = (struct version){parents.at, str_c(seeded.arena, text)};
	}
	trace_versions(history, versions, 12);
}

enum { LINES = 300, PLACES = 3, LONG_VERSIONS = 8 };

/* A long list, each version of which changes a few places of the one before. */
static void long_history(struct history *history, uint64_t seed, struct version *versions)
{
	struct seeded seeded = {.arena = &history->arena, .state = seed};
	static const char letters[] = "a\0b\0c\0d\0e\0f\0g";
	uint32_t lines[LINES];

	for (uint32_t i = 0; i < LINES; i++)
		lines[i] = i;
	for (uint32_t version = 0; version < LONG_VERSIONS; version++) {
		struct buf text = {.arena = &history->arena};

		for (uint32_t i = 0; version && i < PLACES; i++)
			lines[seeded_next(&seeded, LINES)] =
				seeded_next(&seeded, 2) ? 1000 * version + i
							: lines[seeded_next(&seeded, LINES)];
		for (uint32_t i = 0; i < LINES; i++)
			buf_printf(&text, "- task%u is for them%u\n", lines[i], lines[i] % 7);
		versions[version] =
			(struct version){version ? letters + 2 * (size_t)(version - 1) : "",
					 str_c(&history->arena, buf_str(&text))};
	}
	trace_versions(history, versions, LONG_VERSIONS);
}

static void records_stand_for_commits(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 60; seed++) {
		struct history history = {0}, longer = {0};
		struct version versions[12];

		seeded_history(&history, seed, versions);
		check_records(&history, "seeded");
		arena_free(&history.arena);
		long_history(&longer, seed, versions);
		check_records(&longer, "long");
		arena_free(&longer.arena);
	}
}

/* Between the places that change, what stays is told as one run. */
static void records_are_short(void **state)
{
	enum { PLACE_BYTES = 120 };
	struct history history = {0};
	struct version versions[LONG_VERSIONS];

	(void)state;
	long_history(&history, 1, versions);
	for (uint32_t i = 1; i < LONG_VERSIONS; i++)
		if (history.records[i].len > PLACES * PLACE_BYTES)
			fail_msg("%zu bytes for %u places of %u lines", history.records[i].len,
				 PLACES, LINES);
	arena_free(&history.arena);
}

/* A record that is not what was kept is refused, or does no harm. */
static void harm_records(struct history *history, uint32_t count)
{
	struct seeded seeded = {.state = 7, .arena = &history->arena};

	history->input.record_count = count;
	for (int i = 0; i < 3000; i++) {
		struct str *record = &history->records[seeded_next(&seeded, count)];
		struct str kept = *record;

		if (kept.len == 0)
			continue;
		size_t at = seeded_next(&seeded, (uint32_t)kept.len);
		char *bytes = arena_alloc(&history->arena, kept.len, 1);

		memcpy(bytes, kept.at, kept.len);
		bytes[at] = (char)(bytes[at] ^ (1 << seeded_next(&seeded, 8)));
		*record = (struct str){bytes, seeded_next(&seeded, 4) ? kept.len : at};
		trace_history(&history->arena, &history->input);
		*record = kept;
	}
}

static void bad_records_do_no_harm(void **state)
{
	struct history history = {0}, longer = {0};
	struct version versions[12];

	(void)state;
	seeded_history(&history, 3, versions);
	harm_records(&history, 12);
	arena_free(&history.arena);
	long_history(&longer, 3, versions);
	harm_records(&longer, LONG_VERSIONS);
	arena_free(&longer.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_stand_for_commits),
		cmocka_unit_test(records_are_short),
		cmocka_unit_test(bad_records_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
