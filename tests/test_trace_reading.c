#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "tests/support_seeded.h"
#include "tests/support_trace.h"

/* Reading only what differs gives what reading everything gives. */
static void check_agreement(const struct version *both, const struct version *last)
{
	struct history twice = {0}, once = {0};

	trace_versions(&twice, both, 2);
	trace_versions(&once, last, 1);

	const struct trace_file *a = twice.trace.files, *b = once.trace.files;
	bool agree = a->entry_count == b->entry_count;

	for (size_t j = 0; agree && j < a->entry_count; j++)
		agree = a->entries[j].offset == b->entries[j].offset &&
			a->entries[j].hash == b->entries[j].hash;
	if (!agree)
		fail_msg("from:\n%s\nto:\n%s", both[0].text, both[1].text);
	arena_free(&twice.arena);
	arena_free(&once.arena);
}

static void entries_agree_with_a_whole_reading(void **state)
{
	static const char *const texts[] = {
		"# A\n\n- one\n- two\n\n```\n- code\n",
		"# A\n\n- one\n- two\n\n```\n- code\n```\n- three\n",
		"# A\n\n```\n- one\n- two\n\n```\n- code\n```\n- three\n",
		"---\na: b\n---\n# A\n- one\n- two\n# B\n- three\n",
		"# A\n- one\n- two\nlazy\n# B\n- three\n",
		"# A\n- one\n- two\n  - deep\n\n    more\n# B\n<div>\n# C\n- three\n",
		"<div>\n# A\n- one\n- two\n# B\n- three\n",
		"- two\n- one\n",
		"",
	};
	enum { COUNT = sizeof texts / sizeof *texts };

	(void)state;
	for (size_t i = 0; i < (size_t)COUNT * COUNT; i++) {
		const struct version both[] = {{"", texts[i / COUNT]}, {"a", texts[i % COUNT]}};
		const struct version last[] = {{"", texts[i % COUNT]}};

		check_agreement(both, last);
	}
}

/* Lines of all kinds, those that change what stands far behind them among them. */
static const char *const long_note_lines[] = {
	"- an item",
	"- another item",
	"# Heading",
	"",
	"  and more of it",
	"  - deeper",
	"```",
	"<div>",
	"</div>",
	"<!--",
	"-->",
	"---",
	"1. first",
	"> said",
	"| a | b |",
	"| - | - |",
	"lazy",
	"===",
	"* * *",
	"- - x",
	"~~~",
};

static void long_note(struct seeded *seeded, struct str *lines, uint32_t count)
{
	enum { KINDS = sizeof long_note_lines / sizeof *long_note_lines, PLAIN = 3 };

	for (uint32_t i = 0; i < count; i++) {
		uint32_t kind = seeded_next(seeded, seeded_next(seeded, 8) ? PLAIN : KINDS);

		lines[i] = str_printf(seeded->arena, kind < PLAIN ? "%s %u" : "%s",
				      long_note_lines[kind], seeded_next(seeded, 60));
	}
}

static const char *joined(struct arena *arena, const struct str *lines, uint32_t count)
{
	struct buf out = {.arena = arena};

	for (uint32_t i = 0; i < count; i++)
		buf_printf(&out, "%.*s\n", STR_ARGS(lines[i]));
	return str_c(arena, buf_str(&out));
}

/* Some lines are taken out and put in elsewhere, some are new. */
static void change_lines(struct seeded *seeded, struct str *lines, uint32_t count)
{
	for (uint32_t left = 1 + seeded_next(seeded, 4); left; left--) {
		uint32_t from = seeded_next(seeded, count), to = seeded_next(seeded, count);
		struct str line = lines[from];

		if (seeded_next(seeded, 2)) {
			long_note(seeded, &lines[to], 1);
			continue;
		}
		memmove(lines + from, lines + from + 1, (count - 1 - from) * sizeof *lines);
		memmove(lines + to + 1, lines + to, (count - 1 - to) * sizeof *lines);
		lines[to] = line;
	}
}

static void long_notes_agree_with_a_whole_reading(void **state)
{
	enum { CASES = 3000, LINES = 60 };

	(void)state;
	for (uint32_t i = 0; i < CASES; i++) {
		struct arena arena = {0};
		struct seeded seeded = {.arena = &arena, .state = i + 1};
		struct str lines[LINES];
		struct version both[2] = {{"", ""}, {"a", ""}}, last = {"", ""};

		long_note(&seeded, lines, LINES);
		if (i % 4 == 0) /* front matter, where another such line follows */
			lines[0] = STR("---");
		both[0].text = joined(&arena, lines, LINES);
		change_lines(&seeded, lines, LINES);
		if (i % 8 < 2)
			lines[seeded_next(&seeded, 2) * 9] = STR("---");
		last.text = both[1].text = joined(&arena, lines, LINES);
		check_agreement(both, &last);
		arena_free(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_agree_with_a_whole_reading),
		cmocka_unit_test(long_notes_agree_with_a_whole_reading),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
