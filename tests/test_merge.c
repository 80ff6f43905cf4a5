#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "merge/merge.h"

struct row {
	const char *why, *base, *ours, *theirs, *want;
};

static struct str merged(struct arena *arena, const struct row *row, struct str ours,
			 struct str theirs, enum text_format format)
{
	struct merge_input input = {str_of(row->base), ours, theirs, format};

	return merge_texts(arena, input).text;
}

static void check(const struct row *row, enum text_format format)
{
	struct arena arena = {0};
	struct str ours = str_of(row->ours), theirs = str_of(row->theirs);
	struct str want = str_of(row->want);
	struct str got = merged(&arena, row, ours, theirs, format);

	if (!str_equal(got, want))
		fail_msg("%s: got\n%.*s", row->why, STR_ARGS(got));
	if (!str_equal(merged(&arena, row, theirs, ours, format), want))
		fail_msg("%s: swapped", row->why);
	if (!str_equal(merged(&arena, row, ours, want, format), want) ||
	    !str_equal(merged(&arena, row, want, theirs, format), want))
		fail_msg("%s: merged again", row->why);
	arena_free(&arena);
}

static void rules(void **state)
{
	static const struct row rows[] = {
		{"edits of neighbouring points never conflict",
		 "- one two three\n- four five six\n", "- one two changed\n- four five six\n",
		 "- one two three\n- four five altered\n",
		 "- one two changed\n- four five altered\n"},
		{"an edit beats a deletion", "- one\n- two three four\n- five\n", "- one\n- five\n",
		 "- one\n- two three four more\n- five\n",
		 "- one\n- two three four more\n- five\n"},
		{"a deletion of what nobody edited", "- one\n- two\n- three\n", "- one\n- three\n",
		 "- one\n- two\n- three\n- four\n", "- one\n- three\n- four\n"},
		{"two words of one point", "- the quick brown fox jumps over the lazy dog today\n",
		 "- the slow brown fox jumps over the lazy dog today\n",
		 "- the quick brown fox jumps over the lazy cat today\n",
		 "- the slow brown fox jumps over the lazy cat today\n"},
		{"one word reworded twice", "- the budget is one hundred euros\n",
		 "- the budget is two hundred euros\n", "- the budget is three hundred euros\n",
		 "- the budget is three hundred euros ⟨version 1⟩\n"
		 "- the budget is two hundred euros ⟨version 2⟩\n"},
		{"two append to a tight list", "# List\n\n- one\n", "# List\n\n- one\n- beta\n",
		 "# List\n\n- one\n- alpha\n", "# List\n\n- one\n- alpha\n- beta\n"},
		{"a section does not swallow the other's point", "# A\n\n- one\n",
		 "# A\n\n- one\n\n# B\n\n- b\n", "# A\n\n- one\n- two\n",
		 "# A\n\n- one\n- two\n\n# B\n\n- b\n"},
		{"moved by one, edited by the other",
		 "- alpha beta gamma\n- one two three four\n- delta epsilon zeta\n",
		 "- alpha beta gamma\n- delta epsilon zeta\n- one two three four\n",
		 "- alpha beta gamma\n- one two three four five\n- delta epsilon zeta\n",
		 "- alpha beta gamma\n- delta epsilon zeta\n- one two three four five\n"},
		{"ticked by one, reworded by the other", "- [ ] call the town hall tomorrow\n",
		 "- [x] call the town hall tomorrow\n", "- [ ] call the old town hall tomorrow\n",
		 "- [x] call the old town hall tomorrow\n"},
		{"wrapped anew by one, reworded by the other",
		 "one two three four five six\nseven eight nine\n",
		 "one two three\nfour five six\nseven eight nine\n",
		 "one two three four five six\nseven eight ten\n",
		 "one two three\nfour five six\nseven eight ten\n"},
	};
	(void)state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check(&rows[i], FORMAT_NOTE);
}

/* Notes and YAML alike: what all lines of a text end with, and the mark it begins with. */
static void layouts(void **state)
{
	static const struct row rows[] = {
		{"line ends of one, mark of the other, the last line of both", "a: 1\n\nb: 1\n",
		 "a: 1\r\n\r\nb: 2\r\n",
		 "\xEF\xBB\xBF"
		 "a: 2\n\nb: 1",
		 "\xEF\xBB\xBF"
		 "a: 2\r\n\r\nb: 2"},
		{"one line pasted from elsewhere", "a: 1\n\nb: 1\n", "a: 1\r\n\r\nb: 2\r\n",
		 "a: 1\n\nb: 1\n\r\nc: 1\r\n", "a: 1\r\n\r\nb: 2\r\n\r\nc: 1\r\n"},
		{"line ends of an old Mac", "a: 1\r\rb: 1\r", "a: 1\r\rb: 2\r",
		 "a: 2\r\rb: 1\r\rc: 1\r", "a: 2\r\rb: 2\r\rc: 1\r"},
		{"from an old Mac to this day", "a: 1\r\rb: 1\r", "a: 1\n\nb: 1\n",
		 "a: 2\r\rb: 1\r", "a: 2\n\nb: 1\n"},
		{"one emptied it", "a: 1\r\n", "",
		 "\xEF\xBB\xBF"
		 "a: 2\r\n",
		 "\xEF\xBB\xBF"
		 "a: 2\r\n"},
		{"one took the mark off that was all", "\xEF\xBB\xBF", "\xEF\xBB\xBF", "", ""},
		{"nothing but a mark",
		 "\xEF\xBB\xBF"
		 "a: 1\n",
		 "\xEF\xBB\xBF"
		 "a: 1\n",
		 "\xEF\xBB\xBF", "\xEF\xBB\xBF"},
	};
	(void)state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		check(&rows[i], FORMAT_NOTE);
		check(&rows[i], FORMAT_YAML);
	}
}

/* One moves a paragraph and splits it, the other rewords it where it was: both stand. */
static void what_stands_twice_is_told(void **state)
{
	struct arena arena = {0};
	struct merge_input input = {
		.base = STR(
			"The hall opens at nine every day. Each group brings a short report.\n\n"
			"Tools are kept in the shed behind the hall.\n\n"
			"Tea and cake are served at four.\n"),
		.ours = STR("Tools are kept in the shed behind the hall.\n\n"
			    "Tea and cake are served at four.\n\n"
			    "The hall opens at nine every day.\n\n"
			    "Each group brings a short report.\n"),
		.theirs =
			STR("The hall opens at ten every day. Each group brings a short report.\n\n"
			    "Tools are kept in the shed behind the hall.\n\n"
			    "Tea and cake are served at four.\n"),
	};
	struct merged merged = merge_texts(&arena, input);
	size_t told = 0;

	(void)state;
	for (size_t i = 0; i < merged.decision_count; i++)
		told += merged.decisions[i].kind == DECISION_BOTH_KEPT &&
			str_equal(merged.decisions[i].text,
				  STR("Each group brings a short report."));
	assert_int_equal(told, 1);
	arena_free(&arena);
}

/*
 * One says in another point what the other puts into one. Merged again this changes, but no
 * side may be taken for that: it would say what was reworded as it was.
 */
static void what_was_reworded_is_not_back(void **state)
{
	struct arena arena = {0};
	struct merge_input input = {
		.base = STR("- Three beds were built with wood from the yard.\n"),
		.ours = STR("5. Please bring gloves, buckets and a pair green old shoes.\n"
			    "6. Three beds were built with wood from the yard.\n"
			    "- Three beds were built with wood from the yard.\n"),
		.theirs = STR("- Three green were built with wood from the yard.\n"),
	};
	struct str got = merge_texts(&arena, input).text;

	(void)state;
	assert_true(str_contains(got, STR("Three green were built")));
	arena_free(&arena);
}

/* Both take a word out in one place, one puts it in elsewhere: no count tells what that side lacks.
 */
static void what_was_put_in_elsewhere_is_not_lost(void **state)
{
	struct arena arena = {0};
	struct merge_input input = {
		.base = STR("> Bring forms hall\n\nTea: hall bread bread honey Monday\n\n"
			    "- benches\n\nGate: list forms signed of all guests ready\n"
			    "Gate: names door kitchen market garden water street hall open\n"),
		.ours = STR("> Bring forms hall\n\nTea: hall bread bread honey Monday\n\n"
			    "- guests benches lamps\n\n"
			    "Gate: names door kitchen market garden water street hall open\n"),
		.theirs = STR("> Bring forms signed hall\n\nTea: hall bread bread honey Monday\n"
			      "Gate: names door kitchen market garden water street hall open\n"),
	};
	struct str got = merge_texts(&arena, input).text;

	(void)state;
	assert_true(str_contains(got, STR("signed")));
	assert_true(str_contains(got, STR("lamps")));
	arena_free(&arena);
}

/* One deletes a point, the other takes the words out of the next: what is back is told. */
static void what_is_back_is_told(void **state)
{
	struct arena arena = {0};
	struct merge_input input = {
		.base = STR("- roof salle demain jars bois\n  - jars\n1. point le\n\n"),
		.ours = STR("  - jars\n1. point le\n\n"),
		.theirs = STR("- roof salle demain jars bois\n  - \n1. point le\n\n"),
	};
	struct merged merged = merge_texts(&arena, input);

	(void)state;
	assert_true(!str_contains(merged.text, STR("roof")) || merged.decision_count > 0);
	arena_free(&arena);
}

/* One takes a line out of a field list, the other's note is taken as it is: the same. */
static void a_line_that_is_back_is_told(void **state)
{
	struct arena arena = {0};
	struct merge_input input = {
		.base = STR(
			"## light river honey sail lamp one bike\n\n"
			"Place: board two cook wool paint shed bridge chair soup\n"
			"Date: film soup three\nDate: shed paint bridge four dance budget plan\n"),
		.ours = STR("## light river honey sail lamp one bike\n\n"
			    "Place: board two cook wool paint shed bridge chair soup\n"
			    "Date: film soup three\n"),
		.theirs = STR("# light river honey sail lamp one bike\n\n"
			      "- shed table letter glass plan hall five\n\n"
			      "Place: board two cook wool paint shed bridge chair soup\n\n\n"
			      "Date: film rope tool three\n"
			      "Date: shed paint bridge four dance budget plan\n"),
	};
	struct merged merged = merge_texts(&arena, input);

	(void)state;
	assert_true(!str_contains(merged.text, STR("dance")) || merged.decision_count > 0);
	arena_free(&arena);
}

static void a_phrase_that_stays_is_told(void **state)
{
	struct arena arena = {0};
	struct merge_input input = {
		.base = STR("Come to the gate of the garden on Sunday; see the old board for the "
			    "hours. Bring a bag.\n"),
		.ours = STR("Come to the gate of the garden on Sunday. Bring a bag.\n"),
		.theirs = STR("Come to the gate of the garden on Sunday; see the new board for the "
			      "hours. Bring a bag.\n"),
	};
	struct merged merged = merge_texts(&arena, input);

	(void)state;
	assert_int_equal(merged.decision_count, 1);
	assert_int_equal(merged.decisions[0].kind, DECISION_EDIT_KEPT);
	assert_true(str_equal(merged.decisions[0].text, STR("see the new board for the hours.")));

	input.theirs = STR("Walk to the gate of the garden on Sunday; see the old board for the "
			   "hours. Bring a bag.\n");
	merged = merge_texts(&arena, input);
	assert_true(str_equal(merged.text,
			      STR("Walk to the gate of the garden on Sunday. Bring a bag.\n")));
	assert_int_equal(merged.decision_count, 0);

	arena_free(&arena);
}

/* Points of six words out of twelve. */
static struct str of_few_words(struct arena *arena, unsigned seed)
{
	enum { POINTS = 10000, WORDS = 6 };
	struct buf out = {.arena = arena};

	for (int i = 0; i < POINTS * WORDS; i++) {
		seed = seed * 1664525u + 1013904223u;
		buf_printf(&out, "%s word%u%s", i % WORDS ? "" : "-", (seed >> 16) % 12,
			   i % WORDS == WORDS - 1 ? "\n" : "");
	}
	return buf_str(&out);
}

/* So many points of so few words are all alike: it would take long to hear nothing of it. */
static void what_has_few_words_is_not_compared(void **state)
{
	struct arena arena = {0};
	struct merge_input input = {of_few_words(&arena, 1), of_few_words(&arena, 2),
				    of_few_words(&arena, 3), FORMAT_NOTE};
	struct merge_input swapped = {input.base, input.theirs, input.ours, FORMAT_NOTE};
	struct merged merged = merge_texts(&arena, input);

	(void)state;
	assert_int_equal(merged.degraded, DEGRADED_NO_SIMILARITY);
	assert_true(str_equal(merge_texts(&arena, swapped).text, merged.text));
	arena_free(&arena);
}

/* Points that no other seed gives. */
static struct str of_a_seed(struct arena *arena, unsigned seed)
{
	enum { POINTS = 10000 };
	struct buf out = {.arena = arena};

	for (int i = 0; i < POINTS; i++) {
		buf_add_c(&out, "-");
		for (int word = 0; word < 4; word++) {
			seed = seed * 1664525u + 1013904223u;
			buf_printf(&out, " %x", seed >> 4);
		}
		buf_add_c(&out, "\n");
	}
	return buf_str(&out);
}

/* Of large texts that have nothing in common nothing is compared; of those that have, all is. */
static void what_both_wrote_anew_is_two_texts(void **state)
{
	struct arena arena = {0};
	struct str one = of_a_seed(&arena, 1), two = of_a_seed(&arena, 2);
	struct merge_input input = {of_a_seed(&arena, 3), one, two, FORMAT_NOTE};
	struct merge_input swapped = {input.base, two, one, FORMAT_NOTE};
	struct str first = str_compare(one, two) < 0 ? one : two;
	struct str last = first.at == one.at ? two : one;
	struct merged merged = merge_texts(&arena, input);

	(void)state;
	assert_int_equal(merged.degraded, DEGRADED_KEEP_BOTH);
	assert_true(str_equal(merged.text,
			      str_printf(&arena, "%.*s\n%.*s", STR_ARGS(first), STR_ARGS(last))));
	assert_true(str_equal(merge_texts(&arena, swapped).text, merged.text));
	assert_true(str_equal(
		merge_texts(&arena, (struct merge_input){input.base, one, merged.text, FORMAT_NOTE})
			.text,
		merged.text));
	input.theirs = str_printf(&arena, "%.*s- more\n", STR_ARGS(one));
	assert_int_equal(merge_texts(&arena, input).degraded, DEGRADED_NOT);
	arena_free(&arena);
}

/* A table of products, each with its price and how many there are. */
static struct str of_products(struct arena *arena, int price, int stock)
{
	enum { PRODUCTS = 16000 };
	struct buf out = {.arena = arena};

	buf_add_c(&out, "| Product | Price | Stock |\n|---|---|---|\n");
	for (int i = 0; i < PRODUCTS; i++)
		buf_printf(&out, "| P%d | %d | %d |\n", i, price + 7 * i, stock + i % 9);
	return buf_str(&out);
}

/* Who changed each price and who changed each stock have a whole row in common nowhere. */
static void of_short_lines_all_may_change(void **state)
{
	struct arena arena = {0};
	struct merge_input input = {of_products(&arena, 100000, 1), of_products(&arena, 200000, 1),
				    of_products(&arena, 100000, 501), FORMAT_NOTE};

	(void)state;
	assert_true(str_equal(merge_texts(&arena, input).text, of_products(&arena, 200000, 501)));
	arena_free(&arena);
}

/* What stands below code that is left open would be code. */
static void code_left_open_takes_no_text_in(void **state)
{
	struct arena arena = {0};
	struct str one = of_a_seed(&arena, 1), two = of_a_seed(&arena, 2);
	struct str first = str_compare(one, two) < 0 ? one : two;
	struct str last = first.at == one.at ? two : one;
	struct str open = str_printf(&arena, "%.*s```\nopen\n", STR_ARGS(first));
	struct merge_input input = {of_a_seed(&arena, 3), open, last, FORMAT_NOTE};

	(void)state;
	input.theirs = merge_texts(&arena, input).text;
	input.ours = last;
	assert_true(merge_texts(&arena, input).text.len < input.theirs.len + last.len / 2);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules),
		cmocka_unit_test(layouts),
		cmocka_unit_test(what_stands_twice_is_told),
		cmocka_unit_test(what_was_reworded_is_not_back),
		cmocka_unit_test(what_was_put_in_elsewhere_is_not_lost),
		cmocka_unit_test(what_is_back_is_told),
		cmocka_unit_test(a_line_that_is_back_is_told),
		cmocka_unit_test(a_phrase_that_stays_is_told),
		cmocka_unit_test(what_has_few_words_is_not_compared),
		cmocka_unit_test(what_both_wrote_anew_is_two_texts),
		cmocka_unit_test(of_short_lines_all_may_change),
		cmocka_unit_test(code_left_open_takes_no_text_in),
	};

	return cmocka_run_group_tests_name("merge", tests, NULL, NULL);
}
