#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "merge/verify.h"

/* Results broken on purpose, each as a wrong rule of the merge would break them. */
struct mutant {
	const char *why, *base, *ours, *theirs, *result;
	enum merge_verdict verdict;
};

static const struct mutant mutants[] = {
	{"a word of ours is dropped", "- one two three\n", "- one two three four\n",
	 "- zero one two three\n", "- zero one two three\n", VERDICT_WORD_LOST},
	{"a word that nobody touched is dropped", "alpha beta gamma\n", "alpha beta gamma delta\n",
	 "alpha beta gamma\n", "alpha gamma delta\n", VERDICT_WORD_LOST},
	{"an added point is dropped", "- a b c\n", "- a b c\n- d e f\n", "- a b c\n- g h i\n",
	 "- a b c\n- g h i\n", VERDICT_WORD_LOST},
	{"the text of a moved point is dropped", "- a b c d\n- e f g h\n", "- e f g h\n- a b c d\n",
	 "- a b c d\n- e f g h i\n", "- e f g h i\n", VERDICT_WORD_LOST},
	{"an edit that met a deletion is dropped", "- keep\n- one two three\n", "- keep\n",
	 "- keep\n- one two three four\n", "- keep\n", VERDICT_WORD_LOST},
	{"one wording of two is dropped", "- budget of 10 euros\n", "- budget of 12 euros\n",
	 "- budget of 14 euros\n", "- budget of 12 euros\n", VERDICT_WORD_LOST},
	{"what stood twice is dropped once, of which each made one a point",
	 "one two three. p q r.\n\nfour five six. p q r.\n",
	 "one two three. p q r.\n\nfour five six.\n\n- p q r.\n",
	 "one two three.\n\n- p q r.\n\nfour five six. p q r.\n",
	 "one two three.\n\n- p q r.\n\nfour five six.\n", VERDICT_WORD_LOST},
	{"a value of YAML is dropped", "---\ntitle: a\n---\n", "---\ntitle: a\nplace: Brest\n---\n",
	 "---\ntitle: a\ndate: today\n---\n", "---\ntitle: a\ndate: today\n---\n",
	 VERDICT_WORD_LOST},
	{"a word is doubled", "one two three\n", "one two three four\n", "zero one two three\n",
	 "zero one two two three four\n", VERDICT_WORD_EXTRA},
	{"a point that nobody touched is doubled", "- a b c\n- d e f\n", "- a b c\n- d e f\n- g\n",
	 "- h\n- a b c\n- d e f\n", "- h\n- a b c\n- d e f\n- d e f\n- g\n", VERDICT_WORD_EXTRA},
	{"a front matter stands on another", "---\ntitle: a\n---\nx\n", "---\ntitle: a\n---\nx y\n",
	 "---\ntitle: a\n---\nz x\n", "---\ntitle: a\n---\n---\ntitle: a\n---\nz x y\n",
	 VERDICT_WORD_EXTRA},
	{"a word comes from nowhere", "one two\n", "one two three\n", "zero one two\n",
	 "zero one two three four\n", VERDICT_WORD_INVENTED},
	{"two words are glued", "one two\n", "one two three\n", "zero one two\n",
	 "zeroone two three\n", VERDICT_WORD_INVENTED},
	{"two wordings are mixed within a word", "cost 10\n", "cost 120\n", "cost 140\n",
	 "cost 1240\n", VERDICT_WORD_INVENTED},
	{"two runs are interleaved", "start end\n", "start a b c d end\n", "start p q r s end\n",
	 "start a p b q c r d s end\n", VERDICT_RUN_BROKEN},
	{"a run is cut in two", "One two three four five.\n", "One two a b c d three four five.\n",
	 "One two three four five six.\n", "One two a b three c d four five six.\n",
	 VERDICT_RUN_BROKEN},
	{"a new point is torn apart", "- x\n", "- x\n- alpha beta gamma delta\n",
	 "- x\n- one two\n", "- x\n- alpha beta\n- one two\n- gamma delta\n", VERDICT_RUN_BROKEN},
	{"what was put in where paragraphs were joined is torn apart",
	 "one two three four five\n\nsix seven eight nine ten\n",
	 "one two three four five a b c d six seven eight nine ten\n",
	 "one two 3 four five\n\nsix seven eight 9 ten\n",
	 "one two 3 four five a b six c d seven eight 9 ten\n", VERDICT_RUN_BROKEN},
	{"a wording is nobody's", "- budget of 10 euros\n", "- budget of 12 euros\n",
	 "- budget of 14 euros now\n",
	 "- budget of 12 euros now ⟨version 1⟩\n- budget of 14 euros ⟨version 2⟩\n",
	 VERDICT_RUN_BROKEN},
	{"a deleted point is back", "- a b c d\n- e f g h\n", "- e f g h\n",
	 "- a b c d\n- e f g h i\n", "- a b c d\n- e f g h i\n", VERDICT_DELETED_BACK},
	{"the old wording stands beside the new", "- a b c d\n- e\n", "- a b x d\n- e\n",
	 "- a b c d\n- e\n- f\n", "- a b c d\n- a b x d\n- e\n- f\n", VERDICT_DELETED_BACK},
	{"the same addition of both stands twice", "- a\n", "- a\n- new point\n",
	 "- a\n- new point\n", "- a\n- new point\n- new point\n", VERDICT_DOUBLED},
	{"a long addition of both stands twice", "# T\n\na\n\nb\n",
	 "# T\n\na\n\none two three four five six seven eight\n\nb\n",
	 "# T\n\na\n\nb\n\none two three four five six seven eight\n",
	 "# T\n\na\n\none two three four five six seven eight\n\nb\n\none two three four five six "
	 "seven eight\n",
	 VERDICT_DOUBLED},
	{"a row is doubled below a table that got a column",
	 "| a |\n|---|\n| x |\n\n| b | c |\n|---|---|\n| d e f | g |\n",
	 "| a | z |\n|---|---|\n| x | y |\n\n| b | c |\n|---|---|\n| d e f | g |\n",
	 "| a |\n|---|\n| x |\n\n| b | c |\n|---|---|\n| d e f | g |\n| h | i |\n",
	 "| a | z |\n|---|---|\n| x | y |\n\n| b | c |\n|---|---|\n| d e f | g |\n| d e f | g |\n| "
	 "h | i "
	 "|\n",
	 VERDICT_WORD_EXTRA},
	{"a deleted row is back below a table that got a column",
	 "| a |\n|---|\n| x |\n\n| b | c |\n|---|---|\n| d e f | g |\n| h | i |\n",
	 "| a | z |\n|---|---|\n| x | y |\n\n| b | c |\n|---|---|\n| d e f | g |\n| h | i |\n",
	 "| a |\n|---|\n| x |\n\n| b | c |\n|---|---|\n| h | i j |\n",
	 "| a | z |\n|---|---|\n| x | y |\n\n| b | c |\n|---|---|\n| d e f | g |\n| h | i j |\n",
	 VERDICT_DELETED_BACK},
	{"a wording is nobody's below a table that got a column",
	 "| a |\n|---|\n| x |\n\n| b | c |\n|---|---|\n| d | e |\n",
	 "| a | z |\n|---|---|\n| x | y |\n\n| b | c |\n|---|---|\n| d | f |\n",
	 "| a |\n|---|\n| x |\n\n| b | c |\n|---|---|\n| d | g h |\n",
	 "| a | z |\n|---|---|\n| x | y |\n\n| b | c |\n|---|---|\n| d | f h ⟨version 1⟩ |\n| d | "
	 "g ⟨version 2⟩ "
	 "|\n",
	 VERDICT_RUN_BROKEN},
	{"an item is doubled below a table that got a column", "| a |\n|---|\n| x |\n- d e f\n",
	 "| a | z |\n|---|---|\n| x | y |\n- d e f\n", "| a |\n|---|\n| x |\n- d e f\n- g\n",
	 "| a | z |\n|---|---|\n| x | y |\n- d e f\n- d e f\n- g\n", VERDICT_WORD_EXTRA},
	{"a conflict marker is written", "a\n", "b\n", "c\n",
	 "<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\n", VERDICT_MARKER},
};

/* Results as the rules of the merge have them: the verifier lets them pass. */
static const struct mutant good[] = {
	{"nothing at all", "", "", "", "", 0},
	{"one side only", "- a b c\n", "- a b c\n", "- d e f\n", "- d e f\n", 0},
	{"edits of two points", "- a b c\n- d e f\n", "- a b c x\n- d e f\n",
	 "- a b c\n- y d e f\n", "- a b c x\n- y d e f\n", 0},
	{"a word merge", "one two three four five six\n", "one two NEW three four five six\n",
	 "one two three four five six last\n", "one two NEW three four five six last\n", 0},
	{"each added a line to one paragraph", "one two\nthree four\n",
	 "one two\nthree four\nseven eight\n", "one two\nfive six\nthree four\n",
	 "one two\nfive six\nthree four\nseven eight\n", 0},
	{"wordings to choose from", "- budget of 10 euros\n", "- budget of 12 euros\n",
	 "- budget of 14 euros\n",
	 "- budget of 12 euros ⟨version 1⟩\n- budget of 14 euros ⟨version 2⟩\n", 0},
	{"wordings of a row", "| a | b |\n|---|---|\n| x | 1 |\n",
	 "| a | b |\n|---|---|\n| x | 2 |\n", "| a | b |\n|---|---|\n| x | 3 |\n",
	 "| a | b |\n|---|---|\n| x | 2 ⟨version 1⟩ |\n| x | 3 ⟨version 2⟩ |\n", 0},
	{"rows with one word under other headers",
	 "| Name | Mon | Tue |\n|---|---|---|\n| Zed | x | y |\n",
	 "| Name | Mon | Tue |\n|---|---|---|\n| Zed | x | y |\n| Anne | yes |  |\n",
	 "| Name | Mon | Tue |\n|---|---|---|\n| Zed | x | y |\n| Anne |  | yes |\n",
	 "| Name | Mon | Tue |\n|---|---|---|\n| Zed | x | y |\n| Anne | yes |  |\n| Anne |  | yes "
	 "|\n",
	 0},
	{"wordings of a fence", "```\nx = 1\n\ny = 1\n```\n", "```\nx = 2\n\ny = 1\n```\n",
	 "```\nx = 3\n\ny = 1\n```\n",
	 "```\nx = 2\n\ny = 1\n```\n⟨version 1⟩\n```\nx = 3\n\ny = 1\n```\n⟨version 2⟩\n", 0},
	{"values to choose from", "---\nplace: 10 rue Haute\n---\n",
	 "---\nplace: 12 rue Haute\n---\n", "---\nplace: 14 rue Haute\n---\n",
	 "---\nplace: 12 rue Haute\nplace ⟨version⟩: [14 rue Haute]\n---\n", 0},
	{"values to choose from, as a list", "---\nplace: 10 rue Haute\n---\n",
	 "---\nplace: 12 rue Haute\n---\n", "---\nplace: 14 rue Haute\n---\n",
	 "---\nplace: 12 rue Haute\nplace ⟨version⟩:\n  - 14 rue Haute\n---\n", 0},
	{"a list of YAML as a set", "---\ntags: [a]\n---\n", "---\ntags: [a, b]\n---\n",
	 "---\ntags: [a, c]\n---\n", "---\ntags: [a, b, c]\n---\n", 0},
	{"an edit over a deletion", "- keep\n- one two three\n", "- keep\n",
	 "- keep\n- one two three four\n", "- keep\n- one two three four\n", 0},
	{"a heading kept for what was added under it",
	 "# A\n\n# Old section of this\n\ntext here now\n", "# A\n",
	 "# A\n\n# Old section of this\n\ntext here now\n\nmore said there\n",
	 "# A\n\n# Old section of this\n\nmore said there\n", 0},
	{"a point kept for a child", "- x\n- parent of some\n  - child one\n", "- x\n",
	 "- x\n- parent of some\n  - child one edited\n",
	 "- x\n- parent of some\n  - child one edited\n", 0},
	{"moved by one, reworded by the other", "- a b c d e f\n- g h i\n",
	 "- g h i\n- a b c d e f\n", "- a b c d e f now\n- g h i\n", "- g h i\n- a b c d e f now\n",
	 0},
	{"the same addition once", "- a\n", "- a\n- new point\n", "- a\n- new point\n",
	 "- a\n- new point\n", 0},
	{"one name added to two lists", "# A\n\n- x\n\n# B\n\n- y\n",
	 "# A\n\n- x\n- Ana\n\n# B\n\n- y\n", "# A\n\n- x\n\n# B\n\n- y\n- Ana\n",
	 "# A\n\n- x\n- Ana\n\n# B\n\n- y\n- Ana\n", 0},
	{"the other said the same and more", "The plan is good.\n", "The plan is very good.\n",
	 "The plan is really very very good.\n", "The plan is really very very good.\n", 0},
	{"numbers run again", "1. a\n2. b\n", "1. a\n2. b\n3. c\n", "1. x\n2. a\n3. b\n",
	 "1. x\n2. a\n3. b\n4. c\n", 0},
	{"box checked by one, worded by the other", "- [ ] do this\n", "- [x] do this\n",
	 "- [ ] do this today\n", "- [x] do this today\n", 0},
	{"reflow next to a word", "one two three four\nfive six seven eight\n",
	 "one two\nthree four five six\nseven eight\n",
	 "one two three four\nfive SIX seven eight\n",
	 "one two\nthree four five SIX\nseven eight\n", 0},
	{"a paragraph split while a word changed", "One two three. Four five six.\n",
	 "One two three.\n\nFour five six.\n", "One two three. Four FIVE six.\n",
	 "One two three.\n\nFour FIVE six.\n", 0},
	{"line ends and BOM", "a b\n",
	 "\xEF\xBB\xBF"
	 "a b\n",
	 "a b c\r\n",
	 "\xEF\xBB\xBF"
	 "a b c\r\n",
	 0},
	{"markers that stood there are taken apart", "- a\n",
	 "- a\n<<<<<<< x\n- one\n=======\n- two\n>>>>>>> y\n", "- a\n- b\n",
	 "- a\n- b\n- one ⟨version 1⟩\n- two ⟨version 2⟩\n", 0},
	{"a column was added", "| a |\n|---|\n| x |\n", "| a | b |\n|---|---|\n| x | y |\n",
	 "| a |\n|---|\n| x |\n| z |\n", "| a | b |\n|---|---|\n| x | y |\n| z |   |\n", 0},
	{"a column was added to rows without marks at their ends", "a | b\n---|---\nx y z | 1\n",
	 "a | c | b\n---|---|---\nx y z | 2 | 1\n", "a | b\n---|---\nx y z | 3\n",
	 "a | c | b\n---|---|---\nx y z | 2 | 3\n", 0},
	{"two wordings of a row without marks, in the columns of both",
	 "a | b\n---|---\nx y z | 1\n", "a | c | b\n---|---|---\nx y z | 2 | 4\n",
	 "a | b\n---|---\nx y z | 3\n",
	 "a | c | b\n---|---|---\nx y z | | 3 ⟨version 1⟩\nx y z | 2 | 4 ⟨version 2⟩\n", 0},
	{"paragraphs joined by one, both reworded by the other",
	 "one two three four five\n\nsix seven eight nine ten\n",
	 "one two three four five six seven eight nine ten\n",
	 "one two 3 four five\n\nsix seven eight 9 ten\n",
	 "one two 3 four five six seven eight 9 ten\n", 0},
	{"a passage cut by one where the other reworded it",
	 "one two three four five. Six seven eight nine ten\n",
	 "one two three four five.\n\nSix seven eight nine ten\n",
	 "one two three new words. Others seven eight nine ten\n",
	 "one two three new words.\n\nOthers seven eight nine ten\n", 0},
	{"bytes that are no text", "\xff\x00", "\xff\xfe", "\xff", "\xff\xfe", 0},
};

/* The result must be judged alike, for the same reason, with the sides exchanged. */
static void check(const struct mutant *row)
{
	struct arena arena = {0};
	struct merge_input input = {.base = str_of(row->base),
				    .ours = str_of(row->ours),
				    .theirs = str_of(row->theirs)};
	struct merge_input swapped = {
		.base = input.base, .ours = input.theirs, .theirs = input.ours};
	struct finding finding = verify_merge(&arena, input, str_of(row->result));
	struct finding other = verify_merge(&arena, swapped, str_of(row->result));

	if (finding.verdict != row->verdict || other.verdict != row->verdict ||
	    !str_equal(finding.text, other.text))
		fail_msg("%s: verdict %d and %d, not %d (%.*s, %.*s)", row->why,
			 (int)finding.verdict, (int)other.verdict, (int)row->verdict,
			 STR_ARGS(finding.text), STR_ARGS(other.text));
	arena_free(&arena);
}

static void broken_results_are_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof mutants / sizeof *mutants; i++)
		check(&mutants[i]);
}

static void good_results_pass(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		check(&good[i]);
}

/* The text where it will not be for long. */
static struct finding find_next(struct arena *arena, struct verifier *verifier, struct str text)
{
	struct arena passing = {0};
	struct finding finding = verify_next(arena, verifier, str_copy(&passing, text));

	arena_free(&passing);
	return finding;
}

/* Whatever results were judged before, a result is judged as if it were the first. */
static void check_after_others(const struct mutant *row)
{
	struct str base = str_of(row->base), ours = str_of(row->ours);
	struct str theirs = str_of(row->theirs), result = str_of(row->result);
	const struct str turns[] = {result, ours,   theirs, result, (struct str){0}, result, base,
				    ours,   result, ours,   theirs, (struct str){0}, result};
	struct arena arena = {0};
	struct verifier verifier = {.input = {.base = base, .ours = ours, .theirs = theirs}};

	for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
		struct finding first = verify_merge(&arena, verifier.input, turns[i]);
		struct finding next = find_next(&arena, &verifier, turns[i]);

		if (next.verdict != first.verdict || !str_equal(next.text, first.text))
			fail_msg("%s: at turn %zu verdict %d (%.*s), not %d (%.*s)", row->why, i,
				 (int)next.verdict, STR_ARGS(next.text), (int)first.verdict,
				 STR_ARGS(first.text));
	}
	verifier_free(&verifier);
	arena_free(&arena);
}

static void no_result_spoils_the_next(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof mutants / sizeof *mutants; i++)
		check_after_others(&mutants[i]);
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		check_after_others(&good[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(broken_results_are_found),
		cmocka_unit_test(good_results_pass),
		cmocka_unit_test(no_result_spoils_the_next),
	};

	return cmocka_run_group_tests_name("verify", tests, NULL, NULL);
}
