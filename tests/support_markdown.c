#include "tests/support_markdown.h"

#include <glob.h>
#include <stdio.h>

const struct example markdown_examples[] = {
	{"a heading", "# A\n"},
	{"all levels", "# A\n## B\n### C\n#### D\n##### E\n###### F\n####### no\n"},
	{"a heading without text", "#\n## \n### ###\n"},
	{"closing marks", "## A ##  \n## B#\n## C # b\n### D \\###\n"},
	{"no blank, no heading", "#hashtag\n#5 apples\n"},
	{"a heading ends a paragraph", "a\n# B\nc\n"},
	{"indented by three, by four", "   # A\n\n    # code\n"},
	{"underlined", "A\n=\n\nB\n---\n"},
	{"underlined, two lines", "A\nb\n===\n"},
	{"underline with blanks inside is a rule", "A\n- -\n--- -\n"},
	{"underline after a blank line", "A\n\n===\n\n---\n"},
	{"an underline needs its paragraph in place", "- A\n---\n> b\n===\n"},
	{"underlined in an item", "- A\n  ---\n- B\n  ===\n"},
	{"an item is underlined, lazily", "- A\n===\n"},
	{"rules", "***\n---\n___\n * * *\n- - - -\n_ _ _ _ a\n--\n"},
	{"a rule between items", "* a\n* * *\n* b\n"},
	{"bullets", "- a\n- b\n* c\n+ d\n"},
	{"no blank behind the mark", "-a\n*b*\n+c\n1.d\n"},
	{"numbers", "1. a\n2. b\n7) c\n0. d\n123456789. e\n1234567890. no\n"},
	{"only 1 interrupts a paragraph", "a\n2. b\n\nc\n1. d\n"},
	{"an empty item interrupts none", "a\n-\n\nb\n*\n1.\n"},
	{"a dash below a paragraph underlines it", "a\n-\nb\n"},
	{"a year is no list", "The year\n1986. was good\n"},
	{"empty items", "- a\n-\n- c\n\n*\n\n* b\n"},
	{"an empty item, text below", "-\n  a\n- b\n"},
	{"an empty item, blank, text: two blocks", "-\n\n  a\n"},
	{"an empty item, blanks and text", "-   \n  a\n-\n      \n  b\n"},
	{"nested items", "- a\n  - b\n    - c\n      - d\n- e\n"},
	{"nested too little", "- a\n - b\n  - c\n   - d\n    - e\n"},
	{"nested under a number", "1. a\n   - b\n2. c\n  - d\n10. e\n    - f\n"},
	{"several on one line", "- - a\n  - b\n- 1. c\n     d\n1. - 2. e\n"},
	{"a heading in an item", "- # A\n- ## B\n  text\n"},
	{"a fence in an item", "- ```\n  a\n  ```\n- b\n\n  ~~~ c\n  d\n  ~~~\n"},
	{"indented code in an item", "-     a\n- b\n\n      c\n"},
	{"an item with five columns behind the mark", "-      a\n-    b\n1.      c\n"},
	{"a quote in an item", "- > a\n  > b\n- c\n\n  > d\n"},
	{"a rule in an item", "- ***\n- a\n  ***\n"},
	{"two paragraphs in an item", "- a\n\n  b\n\n- c\n"},
	{"a paragraph that left its item", "- a\n\n b\n"},
	{"lazy lines", "- a\nb\n  - c\nd\n\ne\n"},
	{"a lazy line is no code", "- a\n      b\n      c\n"},
	{"blank lines between items", "- a\n\n\n- b\n\n\n  c\n"},
	{"loose and nested", "1. a\n\n   - b\n\n     c\n\n2. d\n"},
	{"checkboxes", "- [ ] a\n- [x] b\n- [X] c\n- [y] d\n- [ ]e\n- [ ]\n"},
	{"a link first in an item", "- [a](b)\n- [c]: d\n- [e]\n"},
	{"tabs after marks", "-\ta\n\n\tb\n*\t\tc\n1.\td\n"},
	{"tabs as indents", "- a\n\t- b\n\t\t- c\n\td\n"},
	{"code by a tab", "\ta\n  \tb\n \t  c\n"},
	{"tab in a quote", ">\t\ta\n> - b\n>\tc\n"},
	{"fences", "```\na\n```\n~~~ ruby\nb\n~~~\n````\n```\n````\n"},
	{"a fence that nothing ends", "a\n```\n# b\n\n- c\n"},
	{"a fence ended by its item", "- ```\n  a\nb\n```\nc\n"},
	{"a fence cannot end with a longer info", "```\na\n``` b\n```\n"},
	{"backticks in the info string", "``` a`b\n~~~ a`b\n~~~\n"},
	{"a fence of the other kind inside", "~~~\n```\n~~~\n```\n~~~\n```\n"},
	{"a closing fence may be indented by three", "  ```\n  a\n   ```\n```\n    ```\n```\n"},
	{"a fence ends a paragraph", "a\n```\nb\n```\nc\n"},
	{"indented code", "    a\n\n    b\n\n\n      c\nd\n"},
	{"indented code cannot end a paragraph", "a\n    b\n\n    c\n"},
	{"code after a heading", "# A\n    b\n"},
	{"html by tag", "<div>\n# a\n\n# B\n</div>\n- c\n"},
	{"html comment", "<!-- a\n\n# b\n-->\n# C\n<!-- d --> e\n# F\n"},
	{"html script", "<script>\n\n- a\n</script>\n- b\n<pre\n\n# c\n</pre>\n"},
	{"html instruction, declaration, cdata",
	 "<?php\n\n# a\n?>\n<!DOCTYPE html>\n<![CDATA[\n\n# b\n]]>\n# C\n"},
	{"any tag alone on its line", "<a b='c' d=e>\n# f\n\n</ins>\n# g\n\nh\n<b>\n# I\n"},
	{"a tag with more on its line", "<a> b\n# C\n<a href=\"b\n# D\n<b =c>\n# E\n"},
	{"html ends a paragraph", "a\n<p>\n# b\n\n# C\n"},
	{"<br> between points", "- a\n<br>\n- b\n\n<br>\n- c\n\n# D\n"},
	{"quotes", "> a\n> # B\n\n> c\nd\n# E\n"},
	{"a quote without a lazy line", "> # A\nb\n> - c\nd\n> ```\n# E\n"},
	{"a quote ends at a list", "> a\n- b\n> c\n\nd\n"},
	{"a lazy line behind two quotes", "> > a\nb\n> c\n===\n- - -\n"},
	{"a list in a quote goes on lazily", "> - a\n>   - b\nc\n1. d\n"},
	{"definitions", "[a]: b\n[c]: <d e> 'f'\n[g]:\n  h\n  \"i\nj\"\n# K\n"},
	{"definitions and text", "[a]: b\nc\n\nd\n===\n[e]: f\n# G\n"},
	{"a number below a lazy paragraph", "> a\n2. b\n\n- c\n3. d\n"},
	{"a tag below a lazy paragraph", "> a\n<b>\n# C\n"},
	{"an underline below definitions", "[a]: b\n===\nc\n\n[d]: e\n---\nf\n"},
	{"no definitions", "[a]: b c\n[]: d\n[ ]: e\n[f] : g\na\n[h]: i\n"},
	{"a definition is all an item holds", "- [a]: b\n\n  c\n\n- [d]: e\n\n\n  f\n- g\n"},
	{"text that looks like structure", "a\n    - b\n    # c\n\\# d\n\\- e\n"},
	{"emphasis is no list", "*a*\n**b**\n- *c*\n"},
	{"no line end at the end", "- a\n- b"},
	{"windows line ends", "# A\r\n\r\n- b\r\n  c\r\n\r\nd\r\n---\r\n```\r\ne\r\n```\r\n"},
	{"mixed line ends", "# A\r\n- b\n- c\r\n  - d\n"},
	{"blank lines with blanks", "- a\n   \n  b\n \t\n- c\n"},
	{"an ordered list in another", "1. a\n1. b\n   1. c\n      2) d\n3) e\n"},
	{"deep", "- a\n  - b\n    - c\n      - d\n        - e\n          - f\n            - g\n"},
	{"two lists apart by a comment", "- a\n\n<!-- -->\n\n- b\n\n    c\n"},
	{"minutes", "# Meeting\n\nPresent\n: A, B\n\n## 1. Budget\n\n1. Voted: 12 000 €\n   - by "
		    "all\n2. Next\n\nNotes:\n- a\n- b\n\nEnd\n***\n"},
	{0},
};

static struct str read_all(struct arena *arena, const char *path)
{
	struct buf bytes = {.arena = arena};
	char part[65536];
	size_t count;
	FILE *file = fopen(path, "rb");

	if (!file)
		return (struct str){0};
	while ((count = fread(part, 1, sizeof part, file)) > 0)
		buf_add(&bytes, (struct str){part, count});
	fclose(file);
	return buf_str(&bytes);
}

size_t corpus_each(const char *suffix,
		   void (*visit)(const char *path, struct str bytes, void *into), void *into)
{
	glob_t found;
	char pattern[128];
	size_t count = 0;

	snprintf(pattern, sizeof pattern, "../shared/corpus/merges/*/*%s", suffix);
	if (glob(pattern, 0, NULL, &found) != 0)
		return 0;
	for (; count < found.gl_pathc; count++) {
		struct arena arena = {0};

		visit(found.gl_pathv[count], read_all(&arena, found.gl_pathv[count]), into);
		arena_free(&arena);
	}
	globfree(&found);
	return count;
}

/* source: https://prng.di.unimi.it/splitmix64.c (public domain) */
static uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += 0x9E3779B97F4A7C15U;

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
	z = (z ^ z >> 27) * 0x94D049BB133111EBU;
	return z ^ z >> 31;
}

struct str nasty_bytes(struct arena *arena, uint64_t seed)
{
	static const char *const pieces[] = {
		"- ",	 "* ",	 "1. ", "2) ",		"#",	"## ", "\n",	      "\n",
		"\n\n",	 " ",	 "  ",	"    ",		"\t",	"```", "~~~",	      "---",
		"===",	 "> ",	 ">",	"<div>",	"<!--", "-->", "[a]: ",	      "[ ] ",
		"| a |", "|---", "|",	"\r\n",		"a",	"b c", "é",	      "e\xCC",
		"\x81",	 "...",	 "<a>", "\\",		"_",	"’",   "⟨version 1⟩", ":",
		"(",	 "\"",	 "1",	"\xEF\xBB\xBF",
	};
	struct buf out = {.arena = arena};
	uint64_t state = seed;
	size_t count = next_random(&state) % 60;
	bool any_byte = next_random(&state) % 8 == 0;

	if (next_random(&state) % 16 == 0)
		buf_add(&out, STR("---\n"));
	for (size_t i = 0; i < count; i++) {
		uint64_t number = next_random(&state);

		if (any_byte && number >> 32 & 1)
			buf_add_byte(&out, (char)(number & 0xFF));
		else
			buf_add_c(&out, pieces[number % (sizeof pieces / sizeof *pieces)]);
	}
	return buf_str(&out);
}
