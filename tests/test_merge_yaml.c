#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/meta.h"
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
	 "t: 1\nside: travel\n",
	 "t: 1\nside: travel\nside ⟨version⟩:\n  - kind: travel\n    now: Step 1\n"},
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
	{"line ends and byte order mark", "a: 1\nb: 1\n", "a: 1\r\nb: 2\r\n",
	 "\xEF\xBB\xBF"
	 "a: 2\nb: 1",
	 "\xEF\xBB\xBF"
	 "a: 2\r\nb: 2"},
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
	};
	struct arena arena = {0};
	(void)state;

	for (size_t i = 0; i < sizeof fronts / sizeof *fronts; i++) {
		struct str got =
			merge_front_matter(&arena, str_of(fronts[i].base), str_of(fronts[i].ours),
					   str_of(fronts[i].theirs));
		if (!str_equal(got, str_of(fronts[i].want)))
			fail_msg("%s:\n%.*s", fronts[i].why, STR_ARGS(got));
	}
	arena_free(&arena);
}

/* --- laws over random YAML -------------------------------------------------------- */

struct dice {
	uint64_t state;
};

static uint32_t roll(struct dice *dice, uint32_t sides)
{
	dice->state = dice->state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(dice->state >> 33) % sides;
}

enum { MOST = 4, DEEPEST = 3 };

/* A value as a random person would have it: edited copies share most of it. */
struct value {
	int kind; /* 0 scalar, 1 list, 2 map, 3 people */
	int text, comment, note, quote, flow;
	int key[MOST];
	struct value *child[MOST];
	int count;
};

static struct value *grow(struct arena *arena, struct dice *dice, int depth)
{
	struct value *value = arena_new(arena, struct value);

	value->kind = depth == 0 ? 2 : (int)roll(dice, depth < DEEPEST ? 4 : 1);
	value->text = (int)roll(dice, 12);
	value->comment = (int)roll(dice, 12);
	value->note = (int)roll(dice, 1000);
	value->quote = (int)roll(dice, 6);
	value->flow = depth > 0 && roll(dice, 3) == 0;
	for (int key = 0; value->kind && key < 8 && value->count < MOST; key++) {
		if (roll(dice, 2))
			continue;
		value->key[value->count] = key;
		value->child[value->count] =
			grow(arena, dice, value->kind == 1 ? DEEPEST : depth + 1);
		value->count++;
	}
	return value;
}

static struct value *edit(struct arena *arena, struct dice *dice, const struct value *from,
			  int depth)
{
	struct value *value = arena_new(arena, struct value);

	*value = *from;
	if (depth && roll(dice, 16) == 0)
		return grow(arena, dice, depth);
	if (roll(dice, 8) == 0)
		value->text = (int)roll(dice, 12);
	if (roll(dice, 16) == 0) {
		value->comment = (int)roll(dice, 12);
		value->note = (int)roll(dice, 1000);
	}
	if (roll(dice, 16) == 0)
		value->quote = (int)roll(dice, 6);
	if (depth && roll(dice, 16) == 0)
		value->flow = !value->flow;
	value->count = 0;
	for (int i = 0; i < from->count; i++) {
		if (roll(dice, 10) == 0)
			continue;
		value->key[value->count] = from->key[i];
		value->child[value->count++] = edit(arena, dice, from->child[i], depth + 1);
	}
	if (value->kind && value->count < MOST && roll(dice, 4) == 0) {
		value->key[value->count] = 8 + (int)roll(dice, 4);
		value->child[value->count++] =
			grow(arena, dice, value->kind == 1 ? DEEPEST : depth + 1);
	}
	for (int i = 0; i + 1 < value->count; i++)
		if (value->kind == 2 && value->key[i] == value->key[i + 1])
			value->count--;
	if (value->count > 1 && roll(dice, 12) == 0) {
		struct value *first = value->child[0];
		int key = value->key[0];
		value->child[0] = value->child[1];
		value->key[0] = value->key[1];
		value->child[1] = first;
		value->key[1] = key;
	}
	return value;
}

static void indent(struct buf *out, int column)
{
	for (int i = 0; i < column; i++)
		buf_add_byte(out, ' ');
}

static void write_scalar(struct buf *out, const struct value *value, bool flow, int column)
{
	static const char *const quotes[] = {"", "", "", "'", "\"", "|"};
	const char *quote = quotes[value->quote];

	if (quote[0] == '|' && !flow) {
		buf_add_c(out, "|\n");
		indent(out, column + 2);
		buf_printf(out, "text %d\n", value->text);
		indent(out, column + 2);
		buf_add_c(out, "# more");
		return;
	}
	if (quote[0] == '|')
		quote = "";
	buf_printf(out, "%sword%d l%s%s", quote, value->text, quote[0] == '\'' ? "''x" : "'x",
		   quote);
}

static void write_flow(struct buf *out, const struct value *value)
{
	if (value->kind == 0) {
		write_scalar(out, value, true, 0);
		return;
	}
	buf_add_byte(out, value->kind == 2 ? '{' : '[');
	for (int i = 0; i < value->count; i++) {
		if (i)
			buf_add_c(out, ", ");
		if (value->kind == 2)
			buf_printf(out, "key%d: ", value->key[i]);
		if (value->kind == 3)
			buf_printf(out, "{heading: h%d, as_written: who%d, names: [n%d]}",
				   value->key[i] % 2, value->key[i], value->text);
		else
			write_flow(out, value->child[i]);
	}
	buf_add_byte(out, value->kind == 2 ? '}' : ']');
}

static void write_block(struct buf *out, const struct value *value, int column);

static void write_person(struct buf *out, const struct value *value, int i, int column)
{
	const struct value *child = value->child[i];

	buf_printf(out, "- heading: h%d\n", value->key[i] % 2);
	indent(out, column + 2);
	buf_printf(out, "as_written: who%d  # c%d\n", value->key[i], 1000 + child->note);
	indent(out, column + 2);
	buf_printf(out, "names: [n%d, m%d]\n", value->text, child->text);
}

static void write_child(struct buf *out, const struct value *child, int column)
{
	bool block = child->kind && !child->flow && child->count;

	if (block && child->comment == 1)
		buf_add_c(out, " # list");
	if (block) {
		buf_add_byte(out, '\n');
		write_block(out, child, column + 2);
		return;
	}
	buf_add_byte(out, ' ');
	if (child->kind)
		write_flow(out, child);
	else
		write_scalar(out, child, false, column);
	if (child->comment < 3 && (child->kind || child->quote != 5))
		buf_printf(out, "  # c%d", 1000 + child->note);
	buf_add_byte(out, '\n');
}

static void write_block(struct buf *out, const struct value *value, int column)
{
	for (int i = 0; i < value->count; i++) {
		const struct value *child = value->child[i];
		if (child->comment > 8) {
			indent(out, column);
			buf_printf(out, "# c%d above\n", 1000 + child->note);
		} else if (child->comment == 8) {
			buf_add_c(out, "\n");
		}
		indent(out, column);
		if (value->kind == 3) {
			write_person(out, value, i, column);
			continue;
		}
		if (value->kind == 2)
			buf_printf(out, "key%d:", value->key[i]);
		else
			buf_add_byte(out, '-');
		write_child(out, child, column);
	}
}

static struct str yaml_of(struct arena *arena, const struct value *value)
{
	struct buf out = {.arena = arena};

	write_block(&out, value, 0);
	return out.at ? buf_str(&out) : STR("");
}

static struct str checked_merge(struct arena *arena, struct str base, struct str ours,
				struct str theirs, unsigned seed)
{
	struct str merged = merge_yaml(arena, base, ours, theirs);
	struct str swapped = merge_yaml(arena, base, theirs, ours);
	struct meta_doc doc;

	if (!merged.at || !str_equal(merged, swapped))
		fail_msg("seed %u: %s\n--- base\n%.*s--- ours\n%.*s--- theirs\n%.*s--- merged\n%.*s"
			 "--- swapped\n%.*s",
			 seed, merged.at ? "not symmetric" : "not merged", STR_ARGS(base),
			 STR_ARGS(ours), STR_ARGS(theirs), STR_ARGS(merged), STR_ARGS(swapped));
	err e = meta_read(arena, merged, "merged", &doc);
	if (e)
		fail_msg("seed %u: %s", seed, err_message(e));
	return merged;
}

static bool is_counted(struct str word)
{
	return str_starts(word, STR("word")) || str_starts(word, STR("who")) ||
	       str_starts(word, STR("c1"));
}

/* Words that a side adds, values and comments alike, are in the result. */
static void no_word_goes(struct str base, struct str side, struct str merged, unsigned seed)
{
	struct str rest = side, word;

	while (str_next_word(&rest, &word)) {
		while (word.len && strchr(",]}'\"", word.at[word.len - 1]))
			word.len--;
		if (is_counted(word) && !str_contains(base, word) && !str_contains(merged, word))
			fail_msg("seed %u: lost %.*s\n--- base\n%.*s--- side\n%.*s--- "
				 "merged\n%.*s",
				 seed, STR_ARGS(word), STR_ARGS(base), STR_ARGS(side),
				 STR_ARGS(merged));
	}
}

static void laws(void **state)
{
	const char *only = getenv("SEED");
	unsigned first = only ? (unsigned)strtoul(only, NULL, 10) : 1;
	unsigned last = only ? first : 3000, changed = 0;
	struct arena arena = {0};
	(void)state;

	for (unsigned seed = first; seed <= last; seed++) {
		struct dice dice = {seed};
		const struct value *start = grow(&arena, &dice, 0);
		struct str base = yaml_of(&arena, start);
		struct str ours = yaml_of(&arena, edit(&arena, &dice, start, 0));
		struct str theirs = yaml_of(&arena, edit(&arena, &dice, start, 0));
		struct str merged = checked_merge(&arena, base, ours, theirs, seed);
		assert_true(str_equal(merge_yaml(&arena, base, base, ours), ours));
		assert_true(str_equal(merge_yaml(&arena, base, ours, ours), ours));
		no_word_goes(base, ours, merged, seed);
		no_word_goes(base, theirs, merged, seed);
		struct str again = checked_merge(&arena, base, ours, merged, seed);
		changed += !str_equal(again, merged);
		/* A third person's version on top: sets of wordings meet. */
		struct str third = yaml_of(&arena, edit(&arena, &dice, start, 0));
		struct str more = checked_merge(&arena, ours, merged, third, seed);
		checked_merge(&arena, merged, more, theirs, seed);
		arena_free(&arena);
	}
	/* Moves, comments and shapes changed all at once may settle only at the second merge. */
	assert_true(changed <= (last - first + 1) / 20 || only);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables),
		cmocka_unit_test(what_is_left_to_lines),
		cmocka_unit_test(front_matter),
		cmocka_unit_test(laws),
	};

	return cmocka_run_group_tests_name("merge_yaml", tests, NULL, NULL);
}
