/* The merge of YAML by key, on examples; its laws are in test_yaml_laws.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "merge/front_matter.h"
#include "merge/merge.h"
#include "merge/merge_yaml.h"

struct row {
	const char *why, *base, *ours, *theirs, *want;
};

static const struct row rows[] = {
	{"two keys, two people", "title: A\nplace: Brest\n", "title: B\nplace: Brest\n",
	 "title: A\nplace: Lyon\n", "title: B\nplace: Lyon\n"},
	{"comments and quotes of the others stay",
	 "# head\ntitle: 'A' # one\n\n# where\nplace: \"Brest\"\n# end\n",
	 "# head\ntitle: 'A' # one\n\n# where\nplace: Lyon\n# end\n",
	 "# head\ntitle: 'A' # two\ndate: 1\n\n# where\nplace: \"Brest\"\n# end\n",
	 "# head\ntitle: 'A' # two\ndate: 1\n\n# where\nplace: Lyon\n# end\n"},
	{"two values: the smaller stays, the other is listed", "place: Brest # where\nz: 1\n",
	 "place: Lyon # where\nz: 1\n", "place: Caen # where\nz: 1\n",
	 "place: Caen  # where\nplace ⟨version⟩:\n  - Lyon\nz: 1\n"},
	{"a third value joins", "place: Caen\nplace ⟨version⟩:\n  - Lyon\n",
	 "place: Caen\nplace ⟨version⟩:\n  - Lyon\n  - Paris\n",
	 "place: Brest\nplace ⟨version⟩:\n  - Caen\n  - Lyon\n",
	 "place: Brest\nplace ⟨version⟩:\n  - Caen\n  - Lyon\n  - Paris\n"},
	{"settled by one", "place: Caen\nplace ⟨version⟩:\n  - Lyon\nz: 1\n", "place: Lyon\nz: 1\n",
	 "place: Caen\nplace ⟨version⟩:\n  - Lyon\nz: 2\n", "place: Lyon\nz: 2\n"},
	{"settled in two ways: none goes", "place: Caen\nplace ⟨version⟩:\n  - Lyon\n",
	 "place: Lyon\n", "place: Caen\n", "place: Caen\nplace ⟨version⟩:\n  - Lyon\n"},
	{"both settle alike", "p: A\np ⟨version⟩: [B, C]\nz: 1\n", "p: A\np ⟨version⟩: [C]\nz: 1\n",
	 "p: A\nz: 1\n", "p: A\nz: 1\n"},
	{"an edit beats a deletion", "a: 1\nb: 2\n", "a: 1\n", "a: 1\nb: 3\n", "a: 1\nb: 3\n"},
	{"a deletion is honoured", "a: 1\nb: 2\n", "a: 1\n", "a: 2\nb: 2\n", "a: 2\n"},
	{"emptied by one, changed by the other", "a: 1\nb: 2\n", "a:\nb: 2\n", "a: 3\nb: 2\n",
	 "a: 3\nb: 2\n"},
	{"lists are sets", "tags:\n  - a\n  - b\n", "tags:\n  - a\n  - c\n",
	 "tags:\n  - a\n  - b\n  - d\n", "tags:\n  - a\n  - c\n  - d\n"},
	{"lists between brackets", "tags: [a, b] # t\n", "tags: [a, b, 'c, d'] # t\n",
	 "tags: [b, e] # t\n", "tags: [b, 'c, d', e]  # t\n"},
	{"the same addition once", "tags: [a]\n", "tags: [a, b, c]\n", "tags: [a, c]\nx: 1\n",
	 "tags: [a, b, c]\nx: 1\n"},
	{"brackets and lines", "tags: [a]\n", "tags: [a, b]\n", "tags:\n- a\n- c\n",
	 "tags:\n- a\n- b\n- c\n"},
	{"two shapes of one key", "t: 1\n", "t: 1\nside:\n   kind: travel\n   now: Step 1\n",
	 "t: 1\nside: trip\n",
	 "t: 1\nside: trip\nside ⟨version⟩:\n  - kind: travel\n    now: Step 1\n"},
	{"two shapes of one key, one in the other", "t: 1\n",
	 "t: 1\nside:\n   kind: travel\n   now: Step 1\n", "t: 1\nside: travel\n",
	 "t: 1\nside:\n   kind: travel\n   now: Step 1\n"},
	{"a value among those that a list had", "t: [a, b]\n", "t: [a, c]\n", "t: c\n",
	 "t: [a, c]\nt ⟨version⟩:\n  - c\n"},
	{"two values reworded in two places", "t: A garden of the town # x\n",
	 "t: A small garden of the town # x\n", "t: A garden of the whole town # y\n",
	 "t: A small garden of the whole town  # y\n"},
	{"reworded, with a sign that needs quotes", "t: A garden of the town\n",
	 "t: A small garden of the town\n", "t: 'A garden of the town: all'\n",
	 "t: 'A small garden of the town: all'\n"},
	{"reworded between brackets", "{t: A garden of the town}\n",
	 "{t: A small garden of the town}\n", "{t: A garden of the whole town}\n",
	 "{t: A small garden of the whole town}\n"},
	{"a comment stays one", "a: x\n", "a: x # un\n", "a: x y\n", "a: x y  # un\n"},
	{"a text block, two lines", "a: |\n  one\n  mid\n  end\n", "a: |\n  two\n  mid\n  end\n",
	 "a: |\n  one\n  mid\n  six\n", "a: |\n  two\n  mid\n  six\n"},
	{"people: one adds, one corrects",
	 "people:\n- {heading: Porteurs, role: facilitator, as_written: A et B, names: [A, B]}\n",
	 "people:\n- {heading: Porteurs, role: facilitator, as_written: A et B, names: [A, B]}\n"
	 "- {heading: Participants, role: participant, as_written: C, names: [C]}\n",
	 "people:\n- {heading: Porteurs, role: facilitator, as_written: A et B, names: [Aa, B]}\n",
	 "people:\n- {heading: Porteurs, role: facilitator, as_written: A et B, names: [Aa, B]}\n"
	 "- {heading: Participants, role: participant, as_written: C, names: [C]}\n"},
	{"people: one entry, two fields",
	 "people:\n  # who\n  - heading: P\n    as_written: A\n    role: x\n    names: [A]\n",
	 "people:\n  # who\n  - heading: P\n    as_written: A\n    role: y\n    names: [A]\n",
	 "people:\n  # who\n  - heading: P\n    as_written: A\n    role: x\n    names: [A B]\n",
	 "people:\n  # who\n  - heading: P\n    as_written: A\n    role: y\n    names: [A B]\n"},
	{"items of a list known by what each has but once",
	 "- type: x\n  title: A\n  date: 1\n  place: P\n- type: x\n  title: B\n",
	 "- type: x\n  title: A\n  date: 2\n  place: P\n- type: x\n  title: B\n",
	 "- type: x\n  title: B\n  date: 4\n- type: x\n  title: A\n  date: 1\n  place: Q\n",
	 "- type: x\n  title: B\n  date: 4\n- type: x\n  title: A\n  date: 2\n  place: Q\n"},
	{"items that nothing tells apart are two", "- url: x\n- url: y\n", "- url: y\n- url: z\n",
	 "- url: w\n- url: y\n", "- url: w\n- url: y\n- url: z\n"},
	{"the only item of a list, replaced by both", "- task: paint\n", "- task: call\n",
	 "- task: sweep\n", "- task: call\n- task: sweep\n"},
	{"two new items of one day are two", "- date: 1\n  what: A\n",
	 "- date: 1\n  what: A\n- date: 8\n  what: B\n",
	 "- date: 1\n  what: A\n- date: 8\n  what: C\n",
	 "- date: 1\n  what: A\n- date: 8\n  what: B\n- date: 8\n  what: C\n"},
	{"items of one key, by that", "nav:\n  - Home: i.md\n  - Guide:\n      - Install: a.md\n",
	 "nav:\n  - Home: i.md\n  - Guide:\n      - Install: a.md\n      - Use: b.md\n",
	 "nav:\n  - Home: i.md\n  - Guide:\n      - Before: z.md\n      - Install: a.md\n",
	 "nav:\n  - Home: i.md\n  - Guide:\n      - Before: z.md\n      - Install: a.md\n"
	 "      - Use: b.md\n"},
	{"verdicts: same against different", "",
	 "- {verdict: same, a: x, b: y, keys: [1, 2], by: M}\n",
	 "- {verdict: different, a: x, b: y, keys: [1, 2], by: M}\n",
	 "- {verdict: different, verdict ⟨version⟩: [same], a: x, b: y, keys: [1, 2], by: M}\n"},
	{"text blocks move whole", "a: |\n  # no comment\n  one\n\nb: 1\n",
	 "a: |\n  # no comment\n  one\n\nb: 2\n", "x: 0\na: |\n  # no comment\n  two\n\nb: 1\n",
	 "x: 0\na: |\n  # no comment\n  two\n\nb: 2\n"},
	{"two text blocks", "a: |\n  one\n", "a: |\n  two\n  lines\n", "a: |\n  six\n  lines\n",
	 "a: |\n  six\n  lines\na ⟨version⟩:\n  - |\n    two\n    lines\n"},
	{"deeper maps", "a:\n  b:\n    c: 1\n    d: 1\n", "a:\n  b:\n    c: 2\n    d: 1\n",
	 "a:\n  b:\n    c: 1\n    d: 2\n", "a:\n  b:\n    c: 2\n    d: 2\n"},
	{"everything goes but comments", "# c\na: 1\nb: 1\n", "# c\na: 1\n", "# c\nb: 1\n",
	 "# c\n"},
	{"both add a file", "", "title: A\nlanguage: fr\n", "title: A\nplace: B\n",
	 "title: A\nlanguage: fr\nplace: B\n"},
	{"a key that needs quotes", "'a b: c': 1\n", "'a b: c': 2\n", "'a b: c': 3\n",
	 "'a b: c': 2\n'a b: c ⟨version⟩':\n  - 3\n"},
	{"layout only, beside a change", "a: [1,2]\nb: 1\n", "a: [1, 2]\nb: 1\n",
	 "a: [1,2,3]\nb: 1\n", "a: [1,2,3]\nb: 1\n"},
};

static void tables(void **state)
{
	struct arena arena = {0};
	(void)state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str base = str_of(rows[i].base), ours = str_of(rows[i].ours);
		struct str theirs = str_of(rows[i].theirs);
		struct str got = merge_yaml(&arena, base, ours, theirs);
		struct str swapped = merge_yaml(&arena, base, theirs, ours);
		if (!str_equal(got, str_of(rows[i].want)))
			fail_msg("%s:\n%.*s\nwanted:\n%s", rows[i].why, STR_ARGS(got),
				 rows[i].want);
		if (!str_equal(got, swapped))
			fail_msg("%s: not symmetric:\n%.*s\n%.*s", rows[i].why, STR_ARGS(got),
				 STR_ARGS(swapped));
	}
	arena_free(&arena);
}

static void what_is_left_to_lines(void **state)
{
	static const struct row bad[] = {
		{"invalid", "a: 1\n", "a: [\n", "a: 2\n", NULL},
		{"an alias", "a: 1\n", "a: &x 1\n", "a: 2\n", NULL},
		{"two documents", "a: 1\n", "a: 2\n", "a: 1\n---\nb: 2\n", NULL},
		{"a list against a map", "", "a: 1\n", "- a\n", NULL},
		{"two texts", "one\n", "two\n", "three\n", NULL},
		{"a key twice", "a: 1\n", "a: 1\na: 2\n", "a: 3\n", NULL},
	};
	struct arena arena = {0};
	(void)state;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (merge_yaml(&arena, str_of(bad[i].base), str_of(bad[i].ours),
			       str_of(bad[i].theirs))
			    .at)
			fail_msg("%s", bad[i].why);
	arena_free(&arena);
}

static void front_matter(void **state)
{
	static const struct row fronts[] = {
		{"by key", "---\nt: 1\n---\n", "---\nt: 2\n---\n", "---\nt: 1\nu: 1\n---\n",
		 "---\nt: 2\nu: 1\n---\n"},
		{"both bring one", "", "---\nt: 1\n---\n", "---\nu: 1\n---\n",
		 "---\nt: 1\nu: 1\n---\n"},
		{"taken away by one, edited by the other", "---\nt: 1\n---\n", "",
		 "---\nt: 2\n---\n", "---\nt: 2\n---\n"},
		{"taken away", "---\nt: 1\n---\n", "", "---\nt: 1\n---\n", ""},
		{"both bring one, a key of it with two values", "", "---\na: 1\nk: x\n---\n",
		 "---\nk: y\ns: [1, 2]\n---\n",
		 "---\na: 1\nk: x\nk ⟨version⟩:\n  - y\ns: [1, 2]\n---\n"},
		{"one key by both, at the two ends", "---\nt: 1\n---\n", "---\nk: x\nt: 1\n---\n",
		 "---\nt: 1\nk: y\n---\n", "---\nk: x\nk ⟨version⟩:\n  - y\nt: 1\n---\n"},
		{"both bring one that is no YAML", "", "---\nt: Workshop 1: a\n---\n",
		 "---\nt: Workshop 2: b\n---\n", "---\nt: Workshop 1: a\nt: Workshop 2: b\n---\n"},
		{"no YAML, other lines", "---\nt: 1: a\nu: b\nv: c\n---\n",
		 "---\nt: 2: a\nu: b\nv: c\n---\n", "---\nt: 1: a\nu: b\nv: d\n---\n",
		 "---\nt: 2: a\nu: b\nv: d\n---\n"},
	};
	struct arena arena = {0};
	(void)state;

	for (size_t i = 0; i < sizeof fronts / sizeof *fronts; i++) {
		struct str got =
			merge_front_matter(&arena, str_of(fronts[i].base), str_of(fronts[i].ours),
					   str_of(fronts[i].theirs));
		struct str swapped =
			merge_front_matter(&arena, str_of(fronts[i].base), str_of(fronts[i].theirs),
					   str_of(fronts[i].ours));
		if (!str_equal(got, str_of(fronts[i].want)) || !str_equal(got, swapped))
			fail_msg("%s:\n%.*s\n%.*s", fronts[i].why, STR_ARGS(got),
				 STR_ARGS(swapped));
	}
	arena_free(&arena);
}

/* Of values to choose from, those are told that no side has, be its key the end of another. */
static void new_wordings_are_told(void **state)
{
	static const char known[] = "rent: a\nrent ⟨version⟩:\n  - b\n";
	struct arena arena = {0};
	struct merge_input input = {
		.base = str_printf(&arena, "%sent: 1\n", known),
		.ours = str_printf(&arena, "%sent: 2\n", known),
		.theirs = str_printf(&arena, "%sent: 3\n", known),
		.format = FORMAT_YAML,
	};
	struct merged merged = merge_texts(&arena, input);

	(void)state;
	assert_int_equal(merged.decision_count, 1);
	assert_int_equal(merged.decisions[0].kind, DECISION_VARIANTS);
	assert_int_equal(merged.decisions[0].line, 5);
	arena_free(&arena);
}

/* A map of many keys, any of which might tell items apart, then as many items without them. */
static struct str wide_and_long(struct arena *arena, const char *first, const char *last)
{
	enum { KEYS = 6000 };
	struct buf out = {.arena = arena};

	buf_printf(&out, "- first: %s\n", first);
	for (int i = 0; i < KEYS; i++)
		buf_printf(&out, "  k%d: v\n", i);
	for (int i = 0; i < KEYS; i++)
		buf_printf(&out, "- i%d: v\n", i);
	buf_printf(&out, "- last: %s\n", last);
	return buf_str(&out);
}

/* Names for all items by each key would take gigabytes. */
static void keys_that_tell_nothing(void **state)
{
	struct arena arena = {0};
	struct str merged =
		merge_yaml(&arena, wide_and_long(&arena, "a", "a"), wide_and_long(&arena, "b", "a"),
			   wide_and_long(&arena, "a", "b"));

	(void)state;
	assert_true(str_starts(merged, STR("- first: b\n  k0: v\n")));
	assert_true(str_ends(merged, STR("- i5999: v\n- last: b\n")));
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables),
		cmocka_unit_test(what_is_left_to_lines),
		cmocka_unit_test(front_matter),
		cmocka_unit_test(new_wordings_are_told),
		cmocka_unit_test(keys_that_tell_nothing),
	};

	return cmocka_run_group_tests_name("merge_yaml", tests, NULL, NULL);
}
