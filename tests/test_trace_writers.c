/* Who is told to have written what several people wrote, neither knowing of the others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support_seeded.h"
#include "tests/support_trace.h"

static const struct traced written_by_several[] = {
	{"three wrote it, neither knowing of the others, and two of them were joined before",
	 {{"", "- one two three four\n"},
	  {"a", "- one two three four\n- same idea again here\n"},
	  {"a", "- same idea again here\n- one two three four\n"},
	  {"a", "- one two three four\n- zero\n- same idea again here\n"},
	  {"bc", "- one two three four\n- same idea again here\n"},
	  {"de", "- one two three four\n- zero\n- same idea again here\n"}},
	 .events = "add a | add b, join f, also c | add c, join e | add d | add d, also c, also b"},
	{"three wrote it, and the last two versions are the same note",
	 {{"", "- one two three four\n"},
	  {"a", "- one two three four\n- same idea again here\n"},
	  {"a", "- same idea again here\n- one two three four\n"},
	  {"a", "- one two three four\n- zero\n- same idea again here\n"},
	  {"cd", "- one two three four\n- same idea again here\n"},
	  {"be", "- one two three four\n- same idea again here\n"}},
	 .events = "add a | add b, also c, also d | add c, join e | add d, delete e | "
		   "add d, join f, also c"},
	{"a copy of what two wrote is both's",
	 {{"", "- one two three four\n"},
	  {"a", "- one two three four\n- same idea again here\n"},
	  {"a", "- same idea again here\n- one two three four\n"},
	  {"bc", "- one two three four\n- same idea again here\n"},
	  {"d", "- one two three four\n- same idea again here\n- five six seven\n"
		"- same idea again here\n"}},
	 .events = "add a | add b, also c | add c, join d | add e | copy e, also c"},
	{"what two wrote and was deleted comes back as both's",
	 {{"", "- one two three four\n"},
	  {"a", "- one two three four\n- same idea again here\n"},
	  {"a", "- same idea again here\n- one two three four\n"},
	  {"bc", "- one two three four\n- same idea again here\n"},
	  {"d", "- one two three four\n"},
	  {"e", "- one two three four\n- same idea again here\n"}},
	 .events = "add a | add b, delete e, restore f, also c | add c, join d"},
	{"what is like a point that two wrote is another",
	 {{"", "- one two three four\n"},
	  {"a", "- one two three four\n- same idea again here now\n"},
	  {"a", "- same idea again here now\n- one two three four\n"},
	  {"bc", "- one two three four\n- same idea again here now\n"},
	  {"d", "- one two three four\n- same idea again here now\n- five six seven\n"
		"- same idea again here soon\n"}},
	 .events = "add a | add b, also c | add c, join d | add e | add e"},
	{"the half of a point that two wrote is both's",
	 {{"", "- one two three four\n"},
	  {"a", "- one two three four\n- red green blue white black grey\n"},
	  {"a", "- red green blue white black grey\n- one two three four\n"},
	  {"bc", "- one two three four\n- red green blue white black grey\n"},
	  {"d", "- one two three four\n- red green blue\n- white black grey\n"}},
	 .events = "add a | add b, also c | add c, join d | split e, also c"},
};

static void all_who_wrote_a_point_are_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof written_by_several / sizeof *written_by_several; i++)
		check_traced(&written_by_several[i]);
}

enum { MOST_WRITERS = 5, MOST_LINES = MOST_WRITERS + 2 };

static const char letters[] = "abcdefghijklmn";

/* A version as a list of lines: what stood before, what all wrote, and each writer's own. */
enum { LINE_BEFORE, LINE_OF_ALL, LINE_OWN };

struct lines {
	uint32_t at[MOST_LINES], count;
};

static bool has_line(const struct lines *lines, uint32_t line)
{
	for (uint32_t i = 0; i < lines->count; i++)
		if (lines->at[i] == line)
			return true;
	return false;
}

static void put_line(struct seeded *seeded, struct lines *lines, uint32_t line)
{
	uint32_t at = seeded_next(seeded, lines->count + 1);

	for (uint32_t i = lines->count++; i > at; i--)
		lines->at[i] = lines->at[i - 1];
	lines->at[at] = line;
}

static const char *write_lines(struct arena *arena, const struct lines *lines)
{
	struct buf out = {.arena = arena};

	for (uint32_t i = 0; i < lines->count; i++)
		if (lines->at[i] == LINE_BEFORE)
			buf_add_c(&out, "- one two three four\n");
		else if (lines->at[i] == LINE_OF_ALL)
			buf_add_c(&out, "- same idea again here\n");
		else
			buf_printf(&out, "- own%u\n", lines->at[i]);
	return str_c(arena, buf_str(&out));
}

/* What each of several writers makes of the first version, and merges until one is left. */
static uint32_t seeded_writers(struct seeded *seeded, uint32_t writers, struct version *versions)
{
	struct lines lines[2 * MOST_WRITERS] = {{.count = 1}};
	uint32_t heads[MOST_WRITERS], count = 1;

	versions[0] = (struct version){"", write_lines(seeded->arena, &lines[0])};
	for (; count <= writers; count++) {
		lines[count] = lines[0];
		put_line(seeded, &lines[count], LINE_OF_ALL);
		if (seeded_next(seeded, 2))
			put_line(seeded, &lines[count], LINE_OWN + count - 1);
		versions[count] = (struct version){"a", write_lines(seeded->arena, &lines[count])};
		heads[count - 1] = count;
	}
	for (; writers > 1; count++) {
		uint32_t at = seeded_next(seeded, writers), first = heads[at];

		heads[at] = heads[--writers];
		at = seeded_next(seeded, writers);
		lines[count] = lines[first];
		for (uint32_t i = 0; i < lines[heads[at]].count; i++)
			if (!has_line(&lines[count], lines[heads[at]].at[i]))
				put_line(seeded, &lines[count], lines[heads[at]].at[i]);
		versions[count] = (struct version){
			str_printf(seeded->arena, "%c%c", letters[first], letters[heads[at]]).at,
			write_lines(seeded->arena, &lines[count])};
		heads[at] = count;
	}
	return count;
}

/* The point of the line of all, at the tip. */
static const struct trace_point *point_of_all(const struct trace *trace)
{
	for (size_t i = 0; i < trace->files[0].entry_count; i++) {
		const struct trace_wording *wording =
			&trace->wordings[trace->files[0].entries[i].wording];

		if (str_equal(trace->vocabulary[wording->words[0]], STR("same")))
			return &trace->points[wording->point];
	}
	return NULL;
}

static void all_writers_are_told_after_any_merges(void **state)
{
	struct seeds seeds = seeds_from(1, 120);

	(void)state;
	for (uint64_t seed = seeds.first; seed < seeds.end; seed++) {
		struct history history = {0};
		struct seeded seeded = {.arena = &history.arena, .state = seed};
		struct version versions[2 * MOST_WRITERS];
		uint32_t writers = 2 + seeded_next(&seeded, MOST_WRITERS - 1), told = 1;

		trace_versions(&history, versions, seeded_writers(&seeded, writers, versions));

		const struct trace_point *point = point_of_all(&history.trace);

		assert_non_null(point);
		for (const struct trace_also *also = point->also; also; also = also->next)
			told++;
		if (told != writers)
			fail_msg("SEED=%llu: %u writers, told %.*s", (unsigned long long)seed,
				 writers, STR_ARGS(describe_events(&history)));
		check_records(&history, "written by several");
		arena_free(&history.arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_who_wrote_a_point_are_told),
		cmocka_unit_test(all_writers_are_told_after_any_merges),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
