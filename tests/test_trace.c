#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support_trace.h"

static const struct traced cases[] = {
	{"a word that was exchanged is the exchanger's, the rest stays",
	 {{"", "- one two three four\n"}, {"a", "- one two trois four\n"}},
	 .words = "one/a two/a trois/b four/a",
	 .events = "add a, reword b"},
	{"wrapping, bullet and quotes credit nobody",
	 {{"", "- it’s one long point with words\n"},
	  {"a", "* it's one long\n  point with\u00a0words\n"}},
	 .words = "it's/a one/a long/a point/a with/a words/a",
	 .events = "add a"},
	{"a point that went to another section is moved",
	 {{"", "# A\n\n- one two three\n- four five six\n\n# B\n\n- seven eight nine\n"},
	  {"a", "# A\n\n- four five six\n\n# B\n\n- seven eight nine\n- one two three\n"}},
	 .words = "A/a | four/a five/a six/a | B/a | seven/a eight/a nine/a | one/a two/a three/a",
	 .events = "add a, move b | add a | add a"},
	{"a split point keeps its writer, and so does its other half",
	 {{"", "- red green blue white black grey\n"},
	  {"a", "- red green blue\n- white black grey\n"}},
	 .words = "red/a green/a blue/a | white/a black/a grey/a",
	 .events = "add a | split b"},
	{"a split point goes on as what stood first in it, be it the shorter part",
	 {{"", "- red green blue one two three four five six\n"},
	  {"a", "- red green blue\n- one two three four five six\n"},
	  {"b", "- red green pink\n- one two three four five six\n"}},
	 .words = "red/a green/a pink/c | one/a two/a three/a four/a five/a six/a",
	 .events = "add a, reword c | split b"},
	{"a copy that a merge finds in another order stays one of two",
	 {{"", "- one two three four\n- five six seven\n"},
	  {"a", "- one two three four\n- five six seven\n- one two three four\n"},
	  {"a", "- one two three four\n- one two three four\n- five six seven\n"},
	  {"bc", "- one two three four\n- one two three four\n- five six seven\n"
		 "- one two three four\n"}},
	 .words =
		 "one/a two/a three/a four/a | one/a two/a three/a four/a | five/a six/a seven/a | "
		 "one/a two/a three/a four/a",
	 .events = "add a | add a | copy b | copy c"},
	{"what one side moves and the other rewords and deletes is gone",
	 {{"", "- one two three four\n- five six seven\n"},
	  {"a", "- one two three 4\n- five six seven\n"},
	  {"b", "- five six seven\n"},
	  {"a", "- five six seven\n- one two three four\n"},
	  {"cd", "- five six seven\n"}},
	 .words = "five/a six/a seven/a",
	 .events = "add a, reword b, delete c, move d | add a"},
	{"joined points keep all writers of words",
	 {{"", "- red green blue\n"},
	  {"a", "- red green blue\n- white black grey pink\n"},
	  {"b", "- red green blue and white black grey pink\n"}},
	 .words = "red/a green/a blue/a and/c white/b black/b grey/b pink/b",
	 .events = "add a | add b, join c"},
	{"joined points that begin alike, once now, go on as the first",
	 {{"", "- le red green blue white\n"},
	  {"a", "- le red green blue white\n- le one two three four five six\n"},
	  {"b", "- le red green blue white one two three four five six\n"}},
	 .words = "le/a red/a green/a blue/a white/a one/b two/b three/b four/b five/b six/b",
	 .events = "add a | add b, join c"},
	{"what is restored is still its first writer's",
	 {{"", "- one two three\n- four five six\n"},
	  {"a", "- one two three\n"},
	  {"b", "- one two three\n- seven eight nine\n- four five six\n"}},
	 .words = "one/a two/a three/a | seven/c eight/c nine/c | four/a five/a six/a",
	 .events = "add a | add a, delete b, restore c | add c"},
	{"a copy credits who wrote the original",
	 {{"", "- one two three four five\n"},
	  {"a", "- one two three four five\n- six seven eight\n- one two three four five\n"}},
	 .words = "one/a two/a three/a four/a five/a | six/b seven/b eight/b | "
		  "one/a two/a three/a four/a five/a",
	 .events = "add a | add b | copy b"},
	{"a merge of two people's words adds nobody",
	 {{"", "- one two three four five six\n"},
	  {"a", "- ONE two three four five six\n"},
	  {"a", "- one two three four five SIX\n"},
	  {"bc", "- ONE two three four five SIX\n"}},
	 .words = "ONE/b two/a three/a four/a five/a SIX/c",
	 .events = "add a, reword b, reword c"},
	{"what a merge adds by hand is its author's",
	 {{"", "- one two three four\n"},
	  {"a", "- one two three four\n- five six seven\n"},
	  {"a", "- eight nine ten\n- one two three four\n"},
	  {"bc", "- eight nine ten\n- one two hand four\n- five six seven\n"}},
	 .words = "eight/c nine/c ten/c | one/a two/a hand/d four/a | five/b six/b seven/b",
	 .events = "add a, reword d | add b | add c"},
	{"written twice, neither knowing of the other: both are credited",
	 {{"", "- one two three four\n"},
	  {"a", "- one two three four\n- same idea again here\n"},
	  {"a", "- same idea again here\n- one two three four\n"},
	  {"bc", "- one two three four\n- same idea again here\n"}},
	 .words = "one/a two/a three/a four/a | same/b idea/b again/b here/b",
	 .events = "add a | add b, also c | add c, join d"},
	{"written twice and kept twice: each its own",
	 {{"", "- one two three four\n- five six seven\n"},
	  {"a", "- one two three four\n- five six seven\n- same idea again here\n"},
	  {"a", "- same idea again here\n- one two three four\n- five six seven\n"},
	  {"bc", "- same idea again here\n- one two three four\n- five six seven\n"
		 "- same idea again here\n"}},
	 .words = "same/c idea/c again/c here/c | one/a two/a three/a four/a | five/a six/a "
		  "seven/a | "
		  "same/b idea/b again/b here/b",
	 .events = "add a | add a | add b | add c"},
	{"a merge that follows a deletion deletes nothing itself",
	 {{"", "- one two three\n- four five six\n"},
	  {"a", "- one two three\n"},
	  {"a", "- one two three\n- four five six\n- seven eight nine\n"},
	  {"bc", "- one two three\n- seven eight nine\n"}},
	 .words = "one/a two/a three/a | seven/c eight/c nine/c",
	 .events = "add a | add a, delete b | add c"},
	{"what cannot be read is taken for what it was",
	 {{"", "- one two three\n- four five six\n"},
	  {"a", NULL},
	  {"b", "- one two three\n- four five 6\n"}},
	 .words = "one/a two/a three/a | four/a five/a 6/c",
	 .events = "add a | add a, reword c"},
	{"what is no text is taken for what it was",
	 {{"", "- one two three\n- four five six\n- seven eight nine\n"},
	  {"a", "- one two three\n- four \xff five six\n- seven eight nine\n"},
	  {"b", "- one two three\n- four \xff six\n"},
	  {"c", "- one two three\n- four five 6\n- seven eight nine\n"}},
	 .words = "one/a two/a three/a | four/a five/a 6/d | seven/a eight/a nine/a",
	 .events = "add a | add a, reword d | add a"},
	{"what one side moves and rewords, and the other copies, goes on as itself",
	 {{"", "- one two three four\n- five six seven\n"},
	  {"a", "- one two three four\n- one two three four\n- five six seven\n"},
	  {"a", "- five six seven\n- one two three 4\n"},
	  {"bc", "- one two three four\n- five six seven\n- one two three 4\n"}},
	 .words = "one/a two/a three/a four/a | five/a six/a seven/a | one/a two/a three/a 4/c",
	 .events = "add a, reword c, move c | add a | copy b"},
	{"elsewhere, a few words of what is gone make no rewording",
	 {{"", "# A\n\n- red green blue one two three four five six\n- a\n\n# B\n\n- b\n- c\n"},
	  {"a", "# A\n\n- a\n\n# B\n\n- b\n- red dix green onze blue douze treize vingt\n- c\n"}},
	 .words = "A/a | a/a | B/a | b/a | red/b dix/b green/b onze/b blue/b douze/b treize/b "
		  "vingt/b | c/a",
	 .events = "add a, delete b | add a | add a | add a | add b"},
	{"a few words in a row of what is gone are what is left of it, not a part",
	 {{"", "# A\n\n- red green blue one two three four five six\n- a\n\n# B\n\n- b\n- c\n"},
	  {"a", "# A\n\n- a\n\n# B\n\n- b\n- red green blue dix onze douze treize vingt\n- c\n"}},
	 .words = "A/a | a/a | B/a | b/a | red/a green/a blue/a dix/b onze/b douze/b treize/b "
		  "vingt/b | c/a",
	 .events = "add a, reword b, move b | add a | add a | add a"},
	{"what is restored may have a word changed, be it short",
	 {{"", "- one two three\n- red green blue white\n"},
	  {"a", "- one two three\n"},
	  {"b", "- one two three\n- red green blue black\n"}},
	 .words = "one/a two/a three/a | red/a green/a blue/a black/c",
	 .events = "add a | add a, delete b, restore c"},
	{"what is like a deleted one but for a figure or an address is another",
	 {{"",
	   "- one two three\n- place offered 65,000 soon\n- write to anne@notes.example today\n"},
	  {"a", "- one two three\n"},
	  {"b",
	   "- one two three\n- place offered 25,000 soon\n- write to paul@notes.example today\n"}},
	 .words = "one/a two/a three/a | place/c offered/c 25,000/c soon/c | "
		  "write/c to/c paul@notes.example/c today/c",
	 .events = "add a | add a, delete b | add a, delete b | add c | add c"},
	{"what is only much like a deleted one is another",
	 {{"", "- a\n- one two three four five six seven eight nine ten\n"},
	  {"a", "- a\n"},
	  {"b", "- a\n- one two three four five six seven eight neuf dix\n"}},
	 .words = "a/a | one/c two/c three/c four/c five/c six/c seven/c eight/c neuf/c dix/c",
	 .events = "add a | add a, delete b | add c"},
	{"a copy of what the same commit rewords is one",
	 {{"", "- one two three four five\n- six seven eight\n"},
	  {"a", "- one two three four cinq\n- six seven eight\n- one two three four cinq\n"}},
	 .words = "one/a two/a three/a four/a cinq/b | six/a seven/a eight/a | "
		  "one/a two/a three/a four/a cinq/b",
	 .events = "add a, reword b | add a | copy b"},
	{"who writes what another point said before it was reworded copies nothing",
	 {{"", "- one two three four\n- five six seven\n"},
	  {"a", "- one two trois four\n- five six seven\n"},
	  {"b", "- one two trois four\n- five six seven\n- one two three four\n"}},
	 .words = "one/a two/a trois/b four/a | five/a six/a seven/a | one/c two/c three/c four/c",
	 .events = "add a, reword b | add a | add c"},
	{"what was deleted comes back, be it that others went on with it in other words",
	 {{"", "- one two three four\n- five six seven\n"},
	  {"a", "- five six seven\n"},
	  {"a", "- one two trois four\n- five six seven\n"},
	  {"bc", "- one two trois four\n- five six seven\n"},
	  {"d", "- one two trois four\n- five six seven\n- one two three four\n"}},
	 .words = "one/a two/a trois/c four/a | five/a six/a seven/a | one/a two/a three/a four/a",
	 .events = "add a, delete b, reword c | add a | copy e"},
	{"of two that changed places the older stays",
	 {{"", "- one two three\n"},
	  {"a", "- one two three\n- four five six\n"},
	  {"b", "- four five six\n- one two three\n"},
	  {"c", "- seven eight nine\n- four five six\n- one two three\n"},
	  {"d", "- four five six\n- seven eight nine\n- one two three\n"}},
	 .words = "four/b five/b six/b | seven/d eight/d nine/d | one/a two/a three/a",
	 .events = "add a | add b, move c | add d, move e"},
	{"what a merge takes out by hand is its author's",
	 {{"", "- one two three four\n"},
	  {"a", "- one two three four\n- five six seven\n"},
	  {"a", "- eight nine ten\n- one two 3 four\n"},
	  {"bc", "- eight nine ten\n- one two four\n- five six seven\n"}},
	 .words = "eight/c nine/c ten/c | one/a two/a four/a | five/b six/b seven/b",
	 .events = "add a, reword c, reword d | add b | add c"},
	{"what was joined and comes out again is split",
	 {{"", "- red green blue\n- white black grey pink\n"},
	  {"a", "- red green blue white black grey pink\n"},
	  {"b", "- red green blue\n- white black grey pink\n"}},
	 .words = "red/a green/a blue/a | white/a black/a grey/a pink/a",
	 .events = "add a | add a, join b | split c"},
	{"a split point goes on where it stood when the rest went elsewhere",
	 {{"", "# A\n\n- a\n\n# B\n\n- red green blue one two three four five six\n- b\n"},
	  {"a", "# A\n\n- a\n- one two three four five six\n\n# B\n\n- red green blue\n- b\n"}},
	 .words = "A/a | a/a | one/a two/a three/a four/a five/a six/a | B/a | red/a green/a "
		  "blue/a | b/a",
	 .events = "add a | add a | add a | split b"},
	{"an empty history of a note", {{"", ""}, {"a", "\n\n"}}, .words = "", .events = ""},
};

static void tiny_histories(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check_traced(&cases[i]);
}

static const struct traced endings[] = {
	{"what a later version deletes",
	 {{"", "- one two three\n- four five six\n"}, {"a", "- four five six\n"}},
	 .ends = "one two three/b"},
	{"of two who deleted it, neither knowing of the other, the last by the clock",
	 {{"", "- one two three four\n- five six seven\n"},
	  {"a", "- one two trois four\n- five six seven\n"},
	  {"b", "- five six seven\n"},
	  {"a", "- five six seven\n"},
	  {"cd", "- five six seven\n"}},
	 .clock = "12435",
	 .ends = "one two trois four/c"},
	{"of two who deleted it at once, either",
	 {{"", "- one two three four\n- five six seven\n"},
	  {"a", "- five six seven\n"},
	  {"a", "- five six seven\n- eight nine ten\n"},
	  {"bc", "- five six seven\n- eight nine ten\n"}},
	 .clock = "1223",
	 .ends = "one two three four/c"},
	{"of two who deleted it one behind the other, the last, whatever the clock says",
	 {{"", "- one two three four\n- five six seven\n"},
	  {"a", "- five six seven\n"},
	  {"b", "- five six seven\n- one two three four\n"},
	  {"c", "- five six seven\n"}},
	 .clock = "1934",
	 .ends = "one two three four/d"},
	{"what was restored as it had been ends as that",
	 {{"", "- one two three four\n- five six seven\n"},
	  {"a", "- one two trois four\n- five six seven\n"},
	  {"b", "- five six seven\n"},
	  {"c", "- five six seven\n- one two three four\n"},
	  {"d", "- five six seven\n"}},
	 .ends = "one two trois four/c | one two three four/e"},
	{"what was deleted and stands again did not end",
	 {{"", "- one two three four\n- five six seven\n"},
	  {"a", "- five six seven\n"},
	  {"b", "- five six seven\n- one two three four\n"}},
	 .ends = ""},
	{"what came back in other words is told in those that were deleted, too",
	 {{"", "- A lid keeps the rain out of heaps\n- five six seven\n"},
	  {"a", "- five six seven\n"},
	  {"b", "- A lid keeps the wind out of heaps\n- five six seven\n"}},
	 .events = "add a, delete b, restore c | add a",
	 .ends = "A lid keeps the rain out of heaps/b"},
	{"not once it has its words again",
	 {{"", "- A lid keeps the rain out of heaps\n- five six seven\n"},
	  {"a", "- five six seven\n"},
	  {"b", "- A lid keeps the wind out of heaps\n- five six seven\n"},
	  {"c", "- A lid keeps the rain out of heaps\n- five six seven\n"}},
	 .ends = ""},
	{"of who deleted the same words twice, the last",
	 {{"", "- A lid keeps the rain out of heaps\n- five six seven\n"},
	  {"a", "- five six seven\n"},
	  {"b", "- A lid keeps the rain out of heaps\n- five six seven\n"},
	  {"c", "- five six seven\n"},
	  {"d", "- A lid keeps the wind out of heaps\n- five six seven\n"}},
	 .ends = "A lid keeps the rain out of heaps/d"},
	{"what ended in other words than those it was deleted in before",
	 {{"", "- A lid keeps the rain out of heaps\n- five six seven\n"},
	  {"a", "- five six seven\n"},
	  {"b", "- A lid keeps the wind out of heaps\n- five six seven\n"},
	  {"c", "- five six seven\n"}},
	 .ends = "A lid keeps the rain out of heaps/b | A lid keeps the wind out of heaps/d"},
	{"what others went on with was not taken",
	 {{"", "- A lid keeps the rain out of heaps\n- five six seven\n"},
	  {"a", "- five six seven\n"},
	  {"a", "- A lid keeps the wind out of heaps\n- five six seven\n"},
	  {"bc", "- A lid keeps the wind out of heaps\n- five six seven\n"}},
	 .ends = ""},
	{"what one joined to another and somebody else deleted later, not knowing of it",
	 {{"", "- red green blue\n- white black grey pink\n- a\n"},
	  {"a", "- red green blue white black grey pink\n- a\n"},
	  {"a", "- red green blue\n- a\n"},
	  {"bc", "- red green blue white black grey pink\n- a\n"}},
	 .clock = "1234",
	 .ends = "white black grey pink/c"},
	{"what somebody deleted before another, not knowing of it, joined it to a third",
	 {{"", "- red green blue\n- white black grey pink\n- a\n"},
	  {"a", "- red green blue white black grey pink\n- a\n"},
	  {"a", "- red green blue\n- a\n"},
	  {"bc", "- red green blue white black grey pink\n- a\n"}},
	 .clock = "1324",
	 .ends = ""},
	{"what was joined lives on",
	 {{"", "- red green blue\n- white black grey pink\n"},
	  {"a", "- red green blue white black grey pink\n"}},
	 .ends = ""},
};

static void how_points_end(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		check_traced(&endings[i]);
}

/* One of the many things that a list says the same of. */
static void add_task(struct buf *out, int number)
{
	buf_printf(out, "- please ask whom%d about thing%d for time%d now\n", number % 8,
		   number / 8 % 8, number / 64);
}

/* One, another but for one word, one that begins like it; the last two are not in it at first. */
enum { TASKS = 512, TASK = 69, LIKE_TASK = 77, OTHER_TASK = 213 };

/* All tasks, but for one more; in their midst one that is new. */
static const char *list_that_repeats(struct arena *arena, int gone, int added)
{
	struct buf out = {.arena = arena};

	for (int i = 0; i < TASKS; i++) {
		if (i != gone && i != LIKE_TASK && i != OTHER_TASK)
			add_task(&out, i);
		if (i == TASKS / 2 && added)
			add_task(&out, added);
	}
	return str_c(arena, buf_str(&out));
}

static void in_a_list_that_repeats_one_is_not_another(void **state)
{
	struct arena arena = {0};
	struct history history = {0};
	const char *whole = list_that_repeats(&arena, -1, 0);
	const char *gone = list_that_repeats(&arena, TASK, 0);
	const struct version exchanged[] = {{"", whole},
					    {"a", list_that_repeats(&arena, TASK, OTHER_TASK)}};
	const struct version added[] = {
		{"", whole}, {"a", gone}, {"b", list_that_repeats(&arena, TASK, LIKE_TASK)}};
	struct str events;

	(void)state;
	trace_versions(&history, exchanged, 2);
	events = describe_events(&history);
	assert_true(str_contains(events, STR("delete b")) && str_contains(events, STR("add b")));
	assert_false(str_contains(events, STR("reword")));
	assert_false(str_contains(events, STR("split")));
	arena_free(&history.arena);

	history = (struct history){0};
	trace_versions(&history, added, 3);
	events = describe_events(&history);
	assert_true(str_contains(events, STR("add c")));
	assert_false(str_contains(events, STR("restore")));
	arena_free(&history.arena);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tiny_histories),
		cmocka_unit_test(how_points_end),
		cmocka_unit_test(in_a_list_that_repeats_one_is_not_another),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
