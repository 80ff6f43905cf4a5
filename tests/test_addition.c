#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/addition.h"

static void added(void **state)
{
	static const struct {
		const char *why, *note, *text, *want;
	} rows[] = {
		{"behind the list", "# T\n\n- a\n\nend\n", "b", "# T\n\n- a\n- b\n\nend\n"},
		{"the list's own marks", "3) a\n", "b", "3) a\n4) b\n"},
		{"more digits than an item may have", "999999999. a\n", "b",
		 "999999999. a\n999999999. b\n"},
		{"no list yet", "# T\n", "a", "# T\n\n- a\n"},
		{"behind code that is closed", "```\nx\n```\n", "a", "```\nx\n```\n\n- a\n"},
		{"before code that nothing closes", "# T\n\n```\nx\n", "a",
		 "# T\n\n- a\n\n```\nx\n"},
		{"before a comment that nothing closes", "# T\n<!-- x\n\ny\n", "a\n\nb",
		 "# T\n\n- a\n- b\n\n<!-- x\n\ny\n"},
		{"nothing else in the note", "```\r\nx\r\n", "a", "- a\r\n\r\n```\r\nx\r\n"},
		{"behind an item whose code nothing closes", "- a\n  ```\n  x\n", "b",
		 "- a\n  ```\n  x\n- b\n"},
		{"a mark alone ends a point", "", "- a\n-\nb", "- a\n- b\n"},
		{"a rule ends a point", "", "a\n---\nb\n* * *\n- --\n- c", "- a\n- b\n- c\n"},
		{"marks are no underline", "", "Budget\n===\n", "- Budget\n"},
		{"a word may hold marks", "", "--all\n\n_x_", "- --all\n- _x_\n"},
	};
	struct arena arena = {0};
	(void)state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct doc doc = doc_read(&arena, str_of(rows[i].note));
		struct new_points points = new_points_of(&arena, str_of(rows[i].text));
		uint32_t line;
		struct str got = points_added(&arena, &doc, &points, &line);
		bool found = false;

		if (!str_equal(got, str_of(rows[i].want)))
			fail_msg("%s:\n%.*s", rows[i].why, STR_ARGS(got));
		doc = doc_read(&arena, got);
		for (size_t j = 0; j < doc.count; j++)
			found |= doc.blocks[j].kind == BLOCK_POINT && doc.blocks[j].line == line;
		if (!found)
			fail_msg("%s: no point in line %u", rows[i].why, line);
	}
	arena_free(&arena);
}

static void no_words(void **state)
{
	static const char *const texts[] = {"",	  " \n\t", "-",	    "\xe2\x80\xa2",
					    "--", "* * *", "- ---", "___"};
	struct arena arena = {0};
	(void)state;

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (new_points_of(&arena, str_of(texts[i])).count)
			fail_msg("“%s” is taken for a point", texts[i]);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(added),
		cmocka_unit_test(no_words),
	};

	return cmocka_run_group_tests_name("addition", tests, NULL, NULL);
}
