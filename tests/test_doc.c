/* Notes as blocks: what is read, and that nothing gets lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/limits.h"
#include "tests/support_document.h"
#include "tests/support_markdown.h"
#include "tests/support_seeded.h"

static const struct {
	const char *why, *markdown, *outline;
} outlines[] = {
	{"empty", "", ""},
	{"blank lines only", "\n \n", ""},
	{"sections hold what is below them", "a\n# B\nc\n## D\n- e\n# F\n",
	 "paragraph: a\n"
	 "heading 1: B\n"
	 "  paragraph: c\n"
	 "  heading 2: D\n"
	 "    point -: e\n"
	 "heading 1: F\n"},
	{"a level left out", "### A\n## B\n#### C\n### D\n",
	 "heading 3: A\n"
	 "heading 2: B\n"
	 "  heading 4: C\n"
	 "  heading 3: D\n"},
	{"headings without marks", "# A #\nB\nb\n===\n",
	 "heading 1: A\n"
	 "heading 1: B b\n"},
	{"a heading in an item holds nothing", "- # A\n  b\nc\n\n# D\n",
	 "point -: \n"
	 "  heading 1 joined: A\n"
	 "  paragraph: b c\n"
	 "heading 1: D\n"},
	{"a point's wrapped lines", "* a\n  b\nc\n", "point *: a b c\n"},
	{"numbers and boxes", "7. [ ] a\n8. [x] b\n- [X]  c\n- [ ]\n- [y] d\n- [x](e)\n",
	 "point . 7 [ ]: a\n"
	 "point . 8 [x]: b\n"
	 "point - [X]: c\n"
	 "point - [ ]: \n"
	 "point -: [y] d\n"
	 "point -: [x](e)\n"},
	{"what an item holds", "- a\n\n  b\n  - c\n\n      d\n- e\n",
	 "point -: a\n"
	 "  paragraph: b\n"
	 "  point -: c\n"
	 "    paragraph: d\n"
	 "point -: e\n"},
	{"items on one line", "- 1. - a\n",
	 "point -: \n"
	 "  point . 1 joined: \n"
	 "    point - joined: a\n"},
	{"the text may begin below the mark", "-\n  a\n- \n\n  b\n",
	 "point -: a\n"
	 "point -: \n"
	 "paragraph: b\n"},
	{"blocks on the mark's line",
	 "- ```\n  a\n  ```\n- > b\n- ***\n-     c\n- <p>\n- | d |\n  |---|\n",
	 "point -: \n"
	 "  fence joined: ``` a ```\n"
	 "point -: \n"
	 "  quote joined: > b\n"
	 "point -: \n"
	 "  rule joined: ***\n"
	 "point -: \n"
	 "  fence joined: c\n"
	 "point -: \n"
	 "  html joined: <p>\n"
	 "point -: \n"
	 "  table joined: | d | |---|\n"},
	{"a table and its rows", "a\n| b | c |\n|:--|--:|\n| 1 | 2 |\n3\n\nd\n",
	 "paragraph: a\n"
	 "table: | b | c | |:--|--:|\n"
	 "  row: | 1 | 2 |\n"
	 "  row: 3\n"
	 "paragraph: d\n"},
	{"a rule from before a column came", "| b | c | d |\n|---|---|\n| 1 | 2 | 3 |\n",
	 "table: | b | c | d | |---|---|\n"
	 "  row: | 1 | 2 | 3 |\n"},
	{"no table: one cell below two", "| b | c |\n|---|\n", "paragraph: | b | c | |---|\n"},
	{"pipes may be escaped, and left out", "a \\| b | c\n--- | ---\n1 | 2\n- d\n",
	 "table: a \\| b | c --- | ---\n"
	 "  row: 1 | 2\n"
	 "point -: d\n"},
	{"each definition", "[a]: b\n[c]: d\n  \"e\"\nf\n",
	 "definition: [a]: b\n"
	 "definition: [c]: d \"e\"\n"
	 "paragraph: f\n"},
	{"each footnote", "a [^1]\nb\n[^1]: c d\ne\n[^2]: f\n  [^3]: g h\n[^ 4]: i\n",
	 "paragraph: a [^1] b\n"
	 "paragraph: [^1]: c d e\n"
	 "definition: [^2]: f\n"
	 "paragraph: [^3]: g h [^ 4]: i\n"},
	{"a footnote of an item is its text", "- a\n[^1]: c d\n", "point -: a [^1]: c d\n"},
	{"a definition first in an item", "- [a]: b\n  c\n",
	 "point -: \n"
	 "  definition joined: [a]: b\n"
	 "  paragraph: c\n"},
	{"a quote is one block", "> # a\n> - b\nc\n\n> d\n",
	 "quote: > # a > - b c\n"
	 "quote: > d\n"},
	{"front matter is no block", "---\na: 1\n---\nb\n", "paragraph: b\n"},
	{"front matter ended by dots", "---\na: 1\n...\n---\n", "rule: ---\n"},
	{"front matter that nothing ends", "---\na: 1\n", "rule: ---\nparagraph: a: 1\n"},
	{"variant labels", "# A ⟨version 2⟩\n- b\n  c ⟨version 1⟩\nd ⟨version 1⟩ e\n",
	 "heading 1 version 2: A\n"
	 "  point -: b c ⟨version 1⟩ d ⟨version 1⟩ e\n"},
	{"a label in the last cell", "|a|b|\n|-|-|\n|c|d ⟨version 3⟩|\n",
	 "table: |a|b| |-|-|\n"
	 "  row version 3: |c|d|\n"},
	{"a label below a fence, html, a quote",
	 "```\na\n```\n⟨version 1⟩\n\n<p>\n⟨version 2⟩\n\n> b\n⟨version 3⟩\n",
	 "fence version 1: ``` a ```\n"
	 "html version 2: <p>\n"
	 "quote version 3: > b\n"},
	{"no label: inside a fence, in a quote's text, further below",
	 "```\n⟨version 1⟩\n```\n\n> b ⟨version 3⟩\n\n    c\n\n⟨version 4⟩\n",
	 "fence: ``` ⟨version 1⟩ ```\n"
	 "quote: > b ⟨version 3⟩\n"
	 "fence: c\n"
	 "paragraph version 4: \n"},
};

static void outlines_are_read(void **state)
{
	struct arena arena = {0};
	int wrong = 0;
	(void)state;

	for (size_t i = 0; i < sizeof outlines / sizeof *outlines; i++) {
		struct doc doc = doc_read(&arena, str_of(outlines[i].markdown));
		struct str outline = document_outline(&arena, &doc);

		if (str_equal(outline, str_of(outlines[i].outline)))
			continue;
		print_message("%s:\n%.*s", outlines[i].why, STR_ARGS(outline));
		wrong++;
	}
	arena_free(&arena);
	assert_int_equal(wrong, 0);
}

static void attributes_are_read(void **state)
{
	static const struct {
		const char *why, *bytes;
		size_t count;
		bool bom, opaque, ends_without_line_end;
		enum line_end line_end;
	} rows[] = {
		{"empty", "", 0, false, false, false, LINE_END_LF},
		{"plain", "a\n", 2, false, false, false, LINE_END_LF},
		{"no last line end", "a", 1, false, false, true, LINE_END_LF},
		{"windows", "a\r\nb\r\n", 6, false, false, false, LINE_END_CRLF},
		{"mixed", "a\r\nb\n", 5, false, false, false, LINE_END_MIXED},
		{"a lone return ends no line", "a\rb\n", 4, false, false, false, LINE_END_LF},
		{"byte order mark", "\xEF\xBB\xBF# a\n", 7, true, false, false, LINE_END_LF},
		{"NUL", "a\0b\n", 4, false, true, false, LINE_END_LF},
		{"no UTF-8", "a\xC3\n", 3, false, true, false, LINE_END_LF},
		{"a surrogate", "\xED\xA0\x80\n", 4, false, true, false, LINE_END_LF},
	};
	struct arena arena = {0};
	(void)state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct doc doc = doc_read(&arena, (struct str){rows[i].bytes, rows[i].count});

		if (doc.bom != rows[i].bom || doc.opaque != rows[i].opaque ||
		    doc.ends_without_line_end != rows[i].ends_without_line_end ||
		    doc.line_end != rows[i].line_end)
			fail_msg("%s", rows[i].why);
	}
	arena_free(&arena);
}

/* `count` times the same text, and what is then read. */
static struct doc read_repeated(struct arena *arena, const char *text, size_t count)
{
	struct buf out = {.arena = arena};

	for (size_t i = 0; i < count; i++)
		buf_add_c(&out, text);
	return doc_read(arena, buf_str(&out));
}

static void limits_hold(void **state)
{
	static const struct {
		const char *why, *text;
		size_t count;
		bool opaque;
	} rows[] = {
		{"as many blocks as may be", "- a\n", LIMIT_FILE_POINTS, false},
		{"one more", "- a\n", LIMIT_FILE_POINTS + 1, true},
		{"definitions count", "[a]:b\n", LIMIT_FILE_POINTS + 1, true},
		{"headings end too", "# a\n", LIMIT_FILE_POINTS + 2, true},
		{"and underlined ones", "a\n=\n", LIMIT_FILE_POINTS + 2, true},
		{"a line of the longest", "x", LIMIT_LINE_BYTES, false},
		{"one byte more", "x", LIMIT_LINE_BYTES + 1, true},
		{"a file of the largest", "0123456789abcde\n", LIMIT_FILE_BYTES / 16, false},
		{"one line more", "0123456789abcde\n", LIMIT_FILE_BYTES / 16 + 1, true},
		{"deep on one line", "- ", 10000, false},
		{"deep quotes", ">", 60000, false},
		{"blank lines", "\n", 1000000, false},
	};
	(void)state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct arena arena = {0};
		struct doc doc = read_repeated(&arena, rows[i].text, rows[i].count);
		const char *breach = document_breach(doc.source);

		if (doc.opaque != rows[i].opaque || breach)
			fail_msg("%s: %s", rows[i].why, breach ? breach : "opaque");
		arena_free(&arena);
	}
}

/* A list nested 10,000 deep by indent is flattened, and each point is still a point. */
static void depth_is_bounded(void **state)
{
	enum { DEEP = 1200 };
	struct arena arena = {0};
	struct buf out = {.arena = &arena};
	(void)state;

	for (size_t depth = 0; depth < DEEP; depth++) {
		for (size_t i = 0; i < depth; i++)
			buf_add(&out, STR("  "));
		buf_add(&out, STR("- a\n"));
	}
	struct doc doc = doc_read(&arena, buf_str(&out));
	assert_int_equal(doc.count, DEEP);
	assert_null(document_breach(doc.source));
	arena_free(&arena);
}

static void keys_tell_apart(void **state)
{
	static const struct {
		const char *why, *a, *b;
		bool same;
	} rows[] = {
		{"mark, number, box, label", "- [ ] a b\n", "12. a b ⟨version 2⟩\n", true},
		{"wraps and blanks", "a b c\n", "a\n  b   c  \n", true},
		{"no-break spaces", "12 000 €\n", "12\u00A0000\u202F€\n", true},
		{"quotes and apostrophes", "l'“idée”\n", "l’\"idée\"\n", true},
		{"composed or not", "e\u0301te\u0301\n", "été\n", true},
		{"underlined or not", "a\n===\n", "# a #\n", true},
		{"line ends", "a\nb\n", "a\r\nb\r\n", true},
		{"accents", "ete\n", "été\n", false},
		{"case", "a\n", "A\n", false},
		{"words", "a b\n", "ab\n", false},
	};
	struct arena arena = {0};
	(void)state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct doc a = doc_read(&arena, str_of(rows[i].a));
		struct doc b = doc_read(&arena, str_of(rows[i].b));

		if (key_equal(a.blocks[0].normal, b.blocks[0].normal) != rows[i].same)
			fail_msg("%s", rows[i].why);
	}
	arena_free(&arena);
}

static void random_bytes_survive(void **state)
{
	struct seeds seeds = seeds_from(1, 100000);
	(void)state;

	for (uint64_t i = seeds.first; i < seeds.end; i++) {
		struct arena arena = {0};
		struct str bytes = nasty_bytes(&arena, i);
		const char *breach = document_breach(bytes);

		if (breach)
			fail_msg("SEED=%llu: %s:\n%.*s", (unsigned long long)i, breach,
				 STR_ARGS(bytes));
		arena_free(&arena);
	}
}

static void examples_survive(void **state)
{
	(void)state;
	for (const struct example *example = markdown_examples; example->why; example++) {
		const char *breach = document_breach(str_of(example->markdown));
		if (breach)
			fail_msg("%s: %s", example->why, breach);
	}
}

static void check_file(const char *path, struct str bytes, void *into)
{
	const char *breach = document_breach(bytes);

	(void)into;
	if (breach)
		fail_msg("%s: %s", path, breach);
}

static void corpus_survives(void **state)
{
	(void)state;
	if (corpus_each("", check_file, NULL) == 0) {
		print_message("the corpus is not there\n");
		skip();
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(outlines_are_read), cmocka_unit_test(attributes_are_read),
		cmocka_unit_test(limits_hold),	     cmocka_unit_test(depth_is_bounded),
		cmocka_unit_test(keys_tell_apart),   cmocka_unit_test(random_bytes_survive),
		cmocka_unit_test(examples_survive),  cmocka_unit_test(corpus_survives),
	};

	return cmocka_run_group_tests_name("doc", tests, NULL, NULL);
}
