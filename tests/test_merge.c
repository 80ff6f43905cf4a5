#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "merge/merge.h"

struct row {
	const char *why, *base, *ours, *theirs, *want;
};

static struct str merged(struct arena *arena, struct str base, struct str ours, struct str theirs)
{
	return merge_texts(arena, (struct merge_input){base, ours, theirs, FORMAT_NOTE}).text;
}

static void check(const struct row *row)
{
	struct arena arena = {0};
	struct str base = str_of(row->base), ours = str_of(row->ours), theirs = str_of(row->theirs);
	struct str want = str_of(row->want);
	struct str got = merged(&arena, base, ours, theirs);

	if (!str_equal(got, want))
		fail_msg("%s: got\n%.*s", row->why, STR_ARGS(got));
	if (!str_equal(merged(&arena, base, theirs, ours), want))
		fail_msg("%s: swapped", row->why);
	if (!str_equal(merged(&arena, base, ours, want), want) ||
	    !str_equal(merged(&arena, base, want, theirs), want))
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
		check(&rows[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules),
	};

	return cmocka_run_group_tests_name("merge", tests, NULL, NULL);
}
