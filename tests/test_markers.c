/*
 * Text that holds git's own markers: when it is taken apart into the two versions
 * between them, and when it stays as somebody wrote it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/arena.h"
#include "merge/markers.h"

#define MARKED "<<<<<<< ours\n- b1\n=======\n- b2\n>>>>>>> theirs\n"

static const struct {
	const char *why, *base, *text, *other, *ours, *theirs; /* NULL: left as it is */
} cases[] = {
	{"both changed the line", "- a\n- b\n- c\n", "- a\n" MARKED "- c\n", "- a\n- b3\n- c\n",
	 "- a\n- b1\n- c\n", "- a\n- b2\n- c\n"},
	{"what git shows of the base goes", "- a\n- b\n",
	 "- a\n<<<<<<< ours\n- b1\n||||||| base\n- b\n=======\n- b2\n>>>>>>> theirs\n",
	 "- a\n- b3\n", "- a\n- b1\n", "- a\n- b2\n"},
	{"blank lines in front", "\n\n- b\n", "\n\n" MARKED, "\n\n- b3\n", "\n\n- b1\n",
	 "\n\n- b2\n"},
	{"what git shows of the base is not in it", "- a\n- b\n",
	 "- a\n<<<<<<< ours\n- b1\n||||||| base\n- zebra\n=======\n- b2\n>>>>>>> theirs\n",
	 "- a\n- b3\n", NULL, NULL},
	{"a mark within a fence between them", "- b\n",
	 "<<<<<<< ours\n```\n=======\n```\n=======\n- b2\n>>>>>>> theirs\n", "- b3\n",
	 "```\n=======\n```\n", "- b2\n"},
	{"lines with CR", "- b\r\n", "<<<<<<< o\r\n- b1\r\n=======\r\n- b2\r\n>>>>>>> t\r\n",
	 "- b3\r\n", "- b1\r\n", "- b2\r\n"},
	{"of markers within markers the inner ones", "- b\n",
	 "<<<<<<< x\n" MARKED "=======\n- b4\n>>>>>>> y\n", "- b3\n",
	 "<<<<<<< x\n- b1\n=======\n- b4\n>>>>>>> y\n",
	 "<<<<<<< x\n- b2\n=======\n- b4\n>>>>>>> y\n"},
	{"one version is empty", "- a\n- b\n", "- a\n<<<<<<< ours\n=======\n- b2\n>>>>>>> theirs\n",
	 "- a\n- b3\n", "- a\n", "- a\n- b2\n"},
	{"the other added a point to the list", "- a\n- b\n- c\n", "- a\n" MARKED "- c\n",
	 "- a\n- b\n- c\n- d\n", "- a\n- b1\n- c\n", "- a\n- b2\n- c\n"},
	{"the other changed something far from it", "- a\n- b\n\n# T\n\n- c\n",
	 "- a\n" MARKED "\n# T\n\n- c\n", "- a\n- b\n\n# T\n\n- c d\n", NULL, NULL},
	{"the other has it too", "- a\n- b\n- c\n", "- a\n" MARKED "- c\n",
	 "- a\n" MARKED "- c d\n", NULL, NULL},
	{"the other's is one of the versions", "- a\n- b\n- c\n", "- a\n" MARKED "- c\n",
	 "- a\n- b2\n- c\n", NULL, NULL},
	{"the other deleted it", "- a\n- b\n- c\n", "- a\n" MARKED "- c\n", "- a\n- c\n",
	 "- a\n- b1\n- c\n", "- a\n- b2\n- c\n"},
	{"so has the base", "- a\n" MARKED "- c\n", "- a\n" MARKED "- c e\n",
	 "- a d\n" MARKED "- c\n", NULL, NULL},
	{"in a fence", "- b\n", "```\n" MARKED "```\n", "- b3\n", NULL, NULL},
	{"not complete", "- b\n", "<<<<<<< ours\n- b1\n>>>>>>> theirs\n", "- b3\n", NULL, NULL},
	{"not at the beginning of its line", "- b\n",
	 " <<<<<<< ours\n- b1\n=======\n- b2\n>>>>>>> theirs\n", "- b3\n", NULL, NULL},
	{"not of seven", "- b\n", "<<<<<<<< ours\n- b1\n=======\n- b2\n>>>>>>>> theirs\n", "- b3\n",
	 NULL, NULL},
};

static void takes_apart_what_both_changed(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena arena = {0};
		struct str versions[2] = {{0}, {0}};
		bool split = markers_split(&arena, str_of(cases[i].base), str_of(cases[i].text),
					   str_of(cases[i].other), versions);

		if (split != (cases[i].ours != NULL))
			fail_msg("%s: %d", cases[i].why, split);
		if (split && (!str_equal(versions[0], str_of(cases[i].ours)) ||
			      !str_equal(versions[1], str_of(cases[i].theirs))))
			fail_msg("%s: %.*s--- %.*s", cases[i].why, STR_ARGS(versions[0]),
				 STR_ARGS(versions[1]));
		arena_free(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_apart_what_both_changed),
	};

	return cmocka_run_group_tests_name("markers", tests, NULL, NULL);
}
