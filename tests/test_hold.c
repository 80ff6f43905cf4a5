/*
 * Whether one text already holds every change of another: what makes a merge of
 * merges rest, and what must not be taken for it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "merge/hold.h"
#include "merge/tally.h"

static const struct {
	const char *why, *base, *other, *whole;
	bool holds;
} cases[] = {
	{"the whole added more beside it", "a\nb\n", "a\nnew line\nb\n", "a\nnew line\nmore\nb\n",
	 true},
	{"it stands elsewhere", "a\nb\nc\n", "a\nnew line\nb\nc\n", "a\nb\nc\nnew line\n", false},
	{"it is not there", "a\nb\n", "a\nnew line\nb\n", "a\nmore\nb\n", false},
	{"both deleted a line, the whole one more", "a\nb\nc\n", "a\nc\n", "c\n", true},
	{"the deleted line is still there", "a\nb\nc\n", "a\nc\n", "a\nb\nc\nd\n", false},
	{"the deleted line was only ticked", "- [ ] print the bills\n", "",
	 "- [x] print the bills\n", false},
	{"of equal lines another one went", "# A\n- OK\n\n# B\n- OK\n", "# A\n\n# B\n- OK\n",
	 "# A\n- OK\n\n# B\n", false},
	{"a word of one line by each", "- one two three four five\n", "- one two three four six\n",
	 "- zero two three four six\n", true},
	{"a word that the whole lacks", "- one two three four five\n", "- one two three four six\n",
	 "- zero two three four five\n", false},
	{"the line that stands is what became of another",
	 "- A lid keeps the rain out ⟨version 1⟩\n- A roof keeps the rain out ⟨version 2⟩\n",
	 "- A lid keeps the rain out\n", "- A roof keeps the rain out\n", false},
	{"both lines beside it are gone", "a\nb\n", "a\none new line\nb\n",
	 "more\none new line\nmore\n", true},
	{"the line that was moved stands where it was, its neighbour reworded",
	 "- one two three\n- four five six\n", "- four five six\n- one two three\n",
	 "- one two three\n- four five seven\n", false},
	{"other changed nothing", "a\n", "a\n", "b\n", true},
};

static void holds_what_it_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena arena = {0};
		struct dictionary words = {.arena = &arena};
		const struct str side[2] = {str_of(cases[i].other), str_of(cases[i].whole)};
		struct beside texts = texts_beside(&words, str_of(cases[i].base), side);
		bool holds = text_holds(&texts, 1);

		arena_free(&arena);
		if (holds != cases[i].holds)
			fail_msg("%s: %d", cases[i].why, holds);
	}
}

static void reaches_what_was_added(void **state)
{
	static const struct {
		const char *why, *base, *other, *whole;
		bool reaches, may;
	} reached[] = {
		{"it has the word elsewhere", "a b", "a b new", "new a b", true, true},
		{"it lacks one of two", "a", "a new new", "a new", false, false},
		{"one like it may have gone elsewhere", "a b", "a b a", "a b", false, true},
		{"what was only deleted is not asked for", "a b", "a", "b", true, true},
	};
	(void)state;

	for (size_t i = 0; i < sizeof reached / sizeof *reached; i++) {
		struct str base = str_of(reached[i].base), other = str_of(reached[i].other);
		struct str whole = str_of(reached[i].whole);

		if (words_reach(base, other, whole) != reached[i].reaches ||
		    words_may_reach(base, other, whole) != reached[i].may)
			fail_msg("%s", reached[i].why);
	}
}

static void tells_whose_words_it_has(void **state)
{
	bool reached[2];
	(void)state;

	assert_true(
		words_account_for(STR("a b"), STR("a a b"), STR("b new"), STR("a b new"), reached));
	assert_false(reached[0]);
	assert_true(reached[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(holds_what_it_says),
		cmocka_unit_test(reaches_what_was_added),
		cmocka_unit_test(tells_whose_words_it_has),
	};

	return cmocka_run_group_tests_name("hold", tests, NULL, NULL);
}
