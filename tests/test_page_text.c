/* Markdown of notes as HTML: every word is there, and nothing of it acts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "cmd/page_text.h"

static const struct {
	const char *why, *markdown, *html;
} cases[] = {
	{"plain words are a paragraph", "one & two", "<p>one &amp; two</p>\n"},
	{"emphasis, code and strikes", "*a* **b** `c` ~~d~~",
	 "<p><em>a</em> <strong>b</strong> <code>c</code> <del>d</del></p>\n"},
	{"tags are text", "a <b onclick=\"x\">b</b>",
	 "<p>a &lt;b onclick=&quot;x&quot;&gt;b&lt;/b&gt;</p>\n"},
	{"a block of tags is text", "<script>x</script>",
	 "<pre><code>&lt;script&gt;x&lt;/script&gt;\n</code></pre>\n"},
	{"a link to the web", "[a](https://x.org/?b=c&d)",
	 "<p><a href=\"https://x.org/?b=c&amp;d\">a</a></p>\n"},
	{"a link that would run shows where it leads", "[a *b*](JavaScript:x)",
	 "<p>a <em>b</em> (JavaScript:x)</p>\n"},
	{"so does one that is spelled otherwise", "[a](java&#115;cript:x)",
	 "<p>a (javascript:x)</p>\n"},
	{"and one that brings its page along", "[a](data:text/html,x)",
	 "<p>a (data:text/html,x)</p>\n"},
	{"an address by itself", "https://x.org",
	 "<p><a href=\"https://x.org\">https://x.org</a></p>\n"},
	{"a link without words shows its address", "[](https://x.org)",
	 "<p><a href=\"https://x.org\">https://x.org</a></p>\n"},
	{"pictures are not loaded", "![a](https://x.org/a.png)",
	 "<p><a href=\"https://x.org/a.png\">a</a></p>\n"},
	{"a picture in a link", "[![a](https://x.org/a.png)](https://x.org)",
	 "<p><a href=\"https://x.org\">a (https://x.org/a.png)</a></p>\n"},
	{"a heading gives way to those of the page", "# a", "<h6>a</h6>\n"},
	{"a character that turns the line around is named",
	 "a\xE2\x80\xAE"
	 "b",
	 "<p>a&lt;U+202E&gt;b</p>\n"},
	{"a link that may not be followed in a table", "|a|\n|-|\n|[b *c*](d.pdf)|",
	 "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b <em>c</em> "
	 "(d.pdf)</td>\n</tr>\n</tbody>\n</table>\n"},
	{"a link that leads nowhere", "[a]() b", "<p>a b</p>\n"},
	{"what is escaped stays so", "&lt;b&gt; \\*a\\*", "<p>&lt;b&gt; *a*</p>\n"},
};

static void test_markdown(void **state)
{
	struct arena arena = {0};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf out = {.arena = &arena};

		page_add_markdown(&out, str_of(cases[i].markdown), STR(""), NULL, 0);
		if (!str_equal(buf_str(&out), str_of(cases[i].html)))
			fail_msg("%s: %.*s", cases[i].why, STR_ARGS(buf_str(&out)));
	}
	arena_free(&arena);
}

static void test_words_by_author(void **state)
{
	struct arena arena = {0};
	struct buf out = {.arena = &arena};
	struct str text = STR("one **two** [three](https://x.org) four");
	const struct page_span spans[] = {{1, "c0"}, {2, "c1"}, {1, NULL}};

	(void)state;
	page_add_markdown(&out, text, text, spans, 3);
	assert_string_equal(
		str_c(&arena, buf_str(&out)),
		"<p><span class=\"w c0\">one</span> <strong><span class=\"w c1\">two</span>"
		"</strong> <a href=\"https://x.org\">"
		"<span class=\"w c1\">three</span></a> four</p>\n");
	/* In a table words have no look, and are there all the same. */
	out = (struct buf){.arena = &arena};
	page_add_markdown(&out, STR("|one|\n|-|\n|two three|"), STR("one two three"), spans, 3);
	assert_string_equal(str_c(&arena, buf_str(&out)),
			    "<table>\n<thead>\n<tr>\n<th>one</th>\n</tr>\n</thead>\n<tbody>\n"
			    "<tr>\n<td>two three</td>\n</tr>\n</tbody>\n</table>\n");
	arena_free(&arena);
}

/* What would take a reader of Markdown long is shown as it is; the words are there. */
static void test_long(void **state)
{
	struct arena arena = {0};
	struct buf out = {.arena = &arena}, text = {.arena = &arena};

	(void)state;
	for (int i = 0; i < 20000; i++)
		buf_add_c(&text, "[a](<b");
	page_add_markdown(&out, buf_str(&text), STR(""), NULL, 0);
	assert_true(str_starts(buf_str(&out), STR("<pre>[a](&lt;b")));
	assert_true(str_ends(buf_str(&out), STR("</pre>\n")));
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_markdown),
		cmocka_unit_test(test_words_by_author),
		cmocka_unit_test(test_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
