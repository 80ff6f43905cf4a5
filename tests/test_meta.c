#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/limits.h"
#include "core/meta.h"
#include "tests/support_seeded.h"

static struct meta_doc read_good(struct arena *arena, struct str text)
{
	struct meta_doc doc = {0};
	err e = meta_read(arena, text, "test.yml", &doc);

	if (e)
		fail_msg("%s\n%.*s", err_message(e), STR_ARGS(text));
	return doc;
}

static void what_is_refused_and_where(void **state)
{
	static const struct {
		const char *why, *text, *part;
	} rows[] = {
		{"an alias bomb ends at its first anchor", "a: &a [x, x]\nb: &b [*a, *a]\n",
		 "line 1"},
		{"an alias", "a: 1\nb: *a\n", "line 2"},
		{"a tag", "a: 1\nb: !!str 2\n", "line 2"},
		{"a tag on a list", "a: !set [1]\n", "line 1"},
		{"a second document", "a: 1\n---\nb: 2\n", "line 2"},
		{"a directive", "%YAML 1.1\n---\na: 1\n", "line"},
		{"a key twice", "a: 1\nb: 2\na: 3\n", "line 3"},
		{"a list as a key", "[a, b]: 1\n", "line 1"},
		{"an explicit key", "? a\n: 1\n", "line"},
		{"a list left open", "a: 1\nb: [1, 2\n", "not valid YAML"},
		{"a conflict mark of git", "a: 1\n<<<<<<< ours\nb: 2\n", "not valid YAML"},
		{"a tab for indentation", "a:\n\tb: 1\n", "not valid YAML"},
		{"invalid UTF-8", "a: 1\nb: \xff\n", "line 2: there is a character"},
		{"a control character", "a: 1\n\nb: \x01\n", "line 3: there is a character"},
		{"17 lists deep", "[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]", "too deep"},
	};
	struct arena arena = {0};
	(void)state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct meta_doc doc = {0};
		err e = meta_read(&arena, str_of(rows[i].text), "t.yml", &doc);
		if (!e)
			fail_msg("%s: accepted", rows[i].why);
		if (!strstr(err_message(e), rows[i].part) || !err_advice(e))
			fail_msg("%s: %s", rows[i].why, err_message(e));
		assert_int_equal(err_status(e), STATUS_BAD_INPUT);
		err_free(e);
	}
	arena_free(&arena);
}

static void hostile_sizes(void **state)
{
	struct arena arena = {0};
	struct meta_doc doc = {0};
	struct buf deep = {.arena = &arena}, large = {.arena = &arena};
	(void)state;

	for (int i = 0; i < 100000; i++)
		buf_add_byte(&deep, '[');
	err e = meta_read(&arena, buf_str(&deep), "t.yml", &doc);
	assert_non_null(e);
	err_free(e);
	while (large.len <= LIMIT_FILE_BYTES)
		buf_add(&large, STR("- a line\n"));
	e = meta_read(&arena, buf_str(&large), "t.yml", &doc);
	assert_non_null(e);
	err_free(e);
	large.len = LIMIT_FILE_BYTES / 8 / 9 * 9;
	assert_int_equal(read_good(&arena, buf_str(&large)).root->count, large.len / 9);
	arena_free(&arena);
}

static const char *const samples[] = {
	"",
	"# only a comment\n",
	"title: Atelier 2 - Émergence\n# when\ndate: 2024-05-12   # a Sunday\n\npeople:\n"
	"  - {heading: Porteurs, names: [Zoé, \"d'Arc\"]}\n  # the others\n  - heading: "
	"Participants\n"
	"    names:\n    - A\n    - B\n    # absent\nplace: 'Brest'\n# the end\n",
	"people:\n- a\n# about b\n- b\nlast: |\n  # no comment\n  text\n\n# tail",
	"# head\n- - 1\n  - 2\n-\n- a: b\n  c:\n\n- - - deep\n",
	"{a: 1, b: [2, 3]} # flow\n",
	"---\nå: \"two\n  lines\"\nb : plain\n  goes on\n...\n",
	"a:\r\n- 1\r\n# x\r\nb: 2\r\n",
};

static void rebuild(struct buf *out, const struct meta *node)
{
	buf_add(out, meta_head(node));
	for (size_t i = 0; i < node->count; i++) {
		buf_add(out, meta_lead(node, &node->entries[i]));
		buf_add(out, meta_whole(&node->entries[i]));
	}
	buf_add(out, meta_tail(node));
}

static void no_byte_is_left_out(void **state)
{
	struct arena arena = {0};
	(void)state;

	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct str text = str_of(samples[i]);
		struct meta_doc doc = read_good(&arena, text);
		struct buf out = {.arena = &arena};
		if (!doc.root || doc.root->flow)
			continue;
		rebuild(&out, doc.root);
		if (!str_equal(buf_str(&out), text))
			fail_msg("sample %zu:\n%s\nrebuilt:\n%.*s", i, samples[i],
				 STR_ARGS(buf_str(&out)));
	}
	arena_free(&arena);
}

static void comments_find_their_entry(void **state)
{
	struct arena arena = {0};
	struct meta_doc doc = read_good(&arena, str_of(samples[2]));
	const struct meta *people = meta_get(doc.root, STR("people"));
	(void)state;

	assert_true(str_equal(meta_lead(doc.root, &doc.root->entries[1]), STR("# when\n")));
	assert_true(str_equal(meta_whole(&doc.root->entries[1]),
			      STR("date: 2024-05-12   # a Sunday\n")));
	assert_true(str_equal(meta_lead(people, &people->entries[1]), STR("  # the others\n")));
	assert_int_equal(people->entries[1].value->line, 8);
	assert_true(str_equal(meta_tail(people->entries[1].value), STR("    # absent\n")));
	assert_true(str_equal(meta_tail(doc.root), STR("# the end\n")));
	assert_true(str_equal(meta_text(doc.root, STR("place")), STR("Brest")));
	assert_int_equal(meta_text(doc.root, STR("people")).len, 0);
	assert_null(meta_get(doc.root, STR("nothing")));
	arena_free(&arena);
}

static void setting_changes_only_what_is_asked(void **state)
{
	static const struct {
		const char *why, *text, *key, *value, *want;
	} rows[] = {
		{"in place, comment kept", "a: 1 # one\nb: 2\n", "a", "x", "a: x # one\nb: 2\n"},
		{"a new key comes last", "a: 1\n", "b", "x: y", "a: 1\nb: 'x: y'\n"},
		{"no line end before", "a: 1", "b", "2024-05-12", "a: 1\nb: 2024-05-12\n"},
		{"above the end mark", "---\na: 1\n...\n", "b", "c", "---\na: 1\nb: c\n...\n"},
		{"an empty file", "", "a", "oui", "a: oui\n"},
		{"an empty value", "a:\nb: 1\n", "a", "x", "a: x\nb: 1\n"},
		{"a list goes", "a:\n  - 1\n  - 2\nb: 1\n", "a", "x", "a: x\nb: 1\n"},
		{"between braces", "{a: 1}\n", "b", "c, d", "{a: 1, b: 'c, d'}\n"},
		{"line ends stay", "a: 1\r\n", "b", "c", "a: 1\r\nb: c\r\n"},
		{"an apostrophe needs no quotes", "a: 1\n", "a", "l'idée", "a: l'idée\n"},
		{"yes would be a truth value", "a: 1\n", "a", "yes", "a: 'yes'\n"},
		{"so would a number be one", "a: 1\n", "a", "12", "a: '12'\n"},
		{"two lines", "a: 1\n", "a", "x\ny", "a: \"x\\ny\"\n"},
	};
	struct arena arena = {0};
	(void)state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct meta_doc doc = read_good(&arena, str_of(rows[i].text));
		struct str got = meta_set(&arena, &doc, str_of(rows[i].key), str_of(rows[i].value));
		if (!str_equal(got, str_of(rows[i].want)))
			fail_msg("%s: %.*s", rows[i].why, STR_ARGS(got));
		doc = read_good(&arena, got);
		assert_true(
			str_equal(meta_text(doc.root, str_of(rows[i].key)), str_of(rows[i].value)));
	}
	arena_free(&arena);
}

static void appending_to_lists(void **state)
{
	static const struct {
		const char *why, *text, *key, *want;
	} rows[] = {
		{"a list of lines", "k:\n  - a\n  # about b\nb: 1\n", "k",
		 "k:\n  - a\n  # about b\n  - x\nb: 1\n"},
		{"brackets", "k: [a] # c\n", "k", "k: [a, x] # c\n"},
		{"empty brackets", "k: []\n", "k", "k: [x]\n"},
		{"no list yet", "b: 1\n", "k", "b: 1\nk:\n  - x\n"},
		{"an empty key", "k:\nb: 1\n", "k", "k:\n  - x\nb: 1\n"},
		{"the outermost list", "# verdicts\n- a\n# end\n", "",
		 "# verdicts\n- a\n- x\n# end\n"},
		{"an empty file", "", "", "- x\n"},
		{"only a comment", "# verdicts", "", "# verdicts\n- x\n"},
	};
	struct arena arena = {0};
	(void)state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct meta_doc doc = read_good(&arena, str_of(rows[i].text));
		struct str got = meta_append(&arena, &doc, str_of(rows[i].key), STR("x"));
		if (!str_equal(got, str_of(rows[i].want)))
			fail_msg("%s: %.*s", rows[i].why, STR_ARGS(got));
	}
	arena_free(&arena);
}

/* Any text written as a scalar reads back as itself, in a block and between brackets. */
static void scalars_read_back(void **state)
{
	static const char *const bits[] = {
		"a",	   " ", ":", "#",    "-", "'",	"\"", "\\", "\n", "[", "]",
		"{",	   "}", ",", "&",    "*", "!",	"|",  ">",  "%",  "@", "`",
		"?",	   "é", "1", "true", "~", "\t", ".",  "…",  "\r", "=", "\xE2\x80\xA8",
		"\xC2\x85"};
	struct arena arena = {0};
	struct seeded seeded = {&arena, 7};
	(void)state;

	for (int i = 0; i < 20000; i++) {
		struct buf text = {.arena = &arena}, yaml = {.arena = &arena};
		for (uint32_t n = seeded_next(&seeded, 6); n; n--)
			buf_add_c(&text, bits[seeded_next(&seeded, sizeof bits / sizeof *bits)]);
		bool in_flow = i % 2;
		buf_add(&yaml, in_flow ? STR("k: [") : STR("k: "));
		meta_write_scalar(&yaml, buf_str(&text), in_flow);
		buf_add(&yaml, in_flow ? STR("]\n") : STR("\n"));
		struct meta_doc doc = read_good(&arena, buf_str(&yaml));
		const struct meta *value = meta_get(doc.root, STR("k"));
		if (in_flow)
			value = value->entries[0].value;
		if (value->kind != META_SCALAR || !str_equal(meta_says(value), buf_str(&text)))
			fail_msg("%.*s", STR_ARGS(buf_str(&yaml)));
		if (i % 100 == 0)
			arena_free(&arena);
	}
	arena_free(&arena);
}

/* Any key that is read from a block reads back as itself between brackets. */
static void keys_read_back(void **state)
{
	static const char *const bits[] = {"a", ":", "?", "-", "#", "'",  "\"", "é", "1",
					   "~", "&", "*", "!", "|", "%",  "@",	"`", ",",
					   "[", "{", " ", "=", "<", "\\", "."};
	struct arena arena = {0};
	struct seeded seeded = {&arena, 7};
	(void)state;

	for (int i = 0; i < 20000; i++) {
		struct buf yaml = {.arena = &arena}, out = {.arena = &arena};
		struct meta_doc block, flow;

		for (uint32_t n = 1 + seeded_next(&seeded, 5); n; n--)
			buf_add_c(&yaml, bits[seeded_next(&seeded, sizeof bits / sizeof *bits)]);
		buf_add(&yaml, STR(": 1\n"));
		err e = meta_read(&arena, buf_str(&yaml), "t.yml", &block);
		if (!e && block.root) {
			meta_write_flow(&out, block.root);
			e = meta_read(&arena, buf_str(&out), "t.yml", &flow);
			if (e || !meta_equal(block.root, flow.root))
				fail_msg("%.*s%.*s", STR_ARGS(buf_str(&yaml)),
					 STR_ARGS(buf_str(&out)));
		}
		err_free(e);
		if (i % 100 == 0)
			arena_free(&arena);
	}
	arena_free(&arena);
}

static void flow_reads_back(void **state)
{
	struct arena arena = {0};
	(void)state;

	for (size_t i = 2; i < sizeof samples / sizeof *samples; i++) {
		struct meta_doc doc = read_good(&arena, str_of(samples[i]));
		struct buf out = {.arena = &arena};
		meta_write_flow(&out, doc.root);
		assert_true(meta_equal(doc.root, read_good(&arena, buf_str(&out)).root) || i == 4);
	}
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_refused_and_where),
		cmocka_unit_test(hostile_sizes),
		cmocka_unit_test(no_byte_is_left_out),
		cmocka_unit_test(comments_find_their_entry),
		cmocka_unit_test(setting_changes_only_what_is_asked),
		cmocka_unit_test(appending_to_lists),
		cmocka_unit_test(scalars_read_back),
		cmocka_unit_test(keys_read_back),
		cmocka_unit_test(flow_reads_back),
	};

	return cmocka_run_group_tests_name("meta", tests, NULL, NULL);
}
