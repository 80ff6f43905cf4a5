#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/path.h"

static void judged(void **state)
{
	static const struct {
		const char *why, *path;
		enum path_verdict verdict;
	} rows[] = {
		{"a note", "w/01-note.md", PATH_FINE},
		{"another hidden file", ".gitignore", PATH_FINE},
		{"git's own folder", ".git/config", PATH_REFUSED},
		{"in capitals", "w/.GIT", PATH_REFUSED},
		{"its short name", "GIT~1", PATH_REFUSED},
		{"a dot behind it", ".git.", PATH_REFUSED},
		{"as many as NTFS likes to drop", ".git..................", PATH_REFUSED},
		{"blanks, too", ".git             ", PATH_REFUSED},
		{"both, behind the short name", "git~2. . . . . . . . .", PATH_REFUSED},
		{"and a stream behind them", ".git             :x", PATH_REFUSED},
		{"and what HFS+ ignores", ".git            \xe2\x80\x8c .", PATH_REFUSED},
		{"words behind the blanks", ".git             x", PATH_FINE},
		{"a long name that begins so", ".gitignore-of-somebody", PATH_FINE},
	};
	(void)state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (path_judge(str_of(rows[i].path)) != rows[i].verdict)
			fail_msg("%s: “%s”", rows[i].why, rows[i].path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(judged)};

	return cmocka_run_group_tests_name("path", tests, NULL, NULL);
}
