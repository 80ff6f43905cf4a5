/*
 * Sets of wordings in a note, and what becomes of one when somebody deletes
 * wordings in an editor.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/variant_deleted.h"

static const struct {
	const char *why, *before, *saved, *settled;
} deletions[] = {
	{"one of two is left, with what stands below",
	 "- a b ⟨version 1⟩\n- a c ⟨version 2⟩\n  - d\n", "- a c ⟨version 2⟩\n  - d\n",
	 "- a c\n  - d\n"},
	{"the first of two is left", "- a b ⟨version 1⟩\n- a c ⟨version 2⟩\n- d\n",
	 "- a b ⟨version 1⟩\n- d\n", "- a b\n- d\n"},
	{"two of three are left", "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- c ⟨version 3⟩\n",
	 "- a ⟨version 1⟩\n- c ⟨version 3⟩", "- a ⟨version 1⟩\n- c ⟨version 2⟩"},
	{"the first of three went", "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- c ⟨version 3⟩\n",
	 "- b ⟨version 2⟩\n- c ⟨version 3⟩\n", "- b ⟨version 1⟩\n- c ⟨version 2⟩\n"},
	{"the last of three went: still a set",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- c ⟨version 3⟩\n",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n", "- a ⟨version 1⟩\n- b ⟨version 2⟩\n"},
	{"the third of four went",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- c ⟨version 3⟩\n- d ⟨version 4⟩\n",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- d ⟨version 4⟩\n",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- d ⟨version 3⟩\n"},
	{"the third of four went, and the second is worded anew",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- c ⟨version 3⟩\n- d ⟨version 4⟩\n",
	 "- a ⟨version 1⟩\n- e ⟨version 2⟩\n- d ⟨version 4⟩\n",
	 "- a ⟨version 1⟩\n- e ⟨version 2⟩\n- d ⟨version 4⟩\n"},
	{"the second of two is worded anew", "- a ⟨version 1⟩\n- b ⟨version 2⟩\n",
	 "- a ⟨version 1⟩\n- c ⟨version 2⟩\n", "- a ⟨version 1⟩\n- c ⟨version 2⟩\n"},
	{"a heading", "# T\n\n## A ⟨version 1⟩\n## B ⟨version 2⟩\n\n- c\n",
	 "# T\n\n## B ⟨version 2⟩\n\n- c\n", "# T\n\n## B\n\n- c\n"},
	{"a row", "| a | b |\n|---|---|\n| x | 1 ⟨version 1⟩ |\n| x | 2 ⟨version 2⟩ |\n",
	 "| a | b |\n|---|---|\n| x | 1 ⟨version 1⟩ |\n", "| a | b |\n|---|---|\n| x | 1 |\n"},
	{"a fence, whose label has a line",
	 "```\na\n```\n⟨version 1⟩\n\n```\nb\n```\n⟨version 2⟩\n\nc\n",
	 "```\nb\n```\n⟨version 2⟩\n\nc\n", "```\nb\n```\n\nc\n"},
	{"two sets, one each",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n\n# T\n\n- c ⟨version 1⟩\n- d ⟨version 2⟩\n",
	 "- b ⟨version 2⟩\n\n# T\n\n- c ⟨version 1⟩\n", "- b\n\n# T\n\n- c\n"},
	{"two points share a wording, the other one of one went",
	 "- p\n  - no ⟨version 1⟩\n  - yes ⟨version 2⟩\n- q\n  - perhaps ⟨version 1⟩\n  - yes "
	 "⟨version 2⟩\n",
	 "- p\n  - yes ⟨version 2⟩\n- q\n  - perhaps ⟨version 1⟩\n  - yes ⟨version 2⟩\n",
	 "- p\n  - yes\n- q\n  - perhaps ⟨version 1⟩\n  - yes ⟨version 2⟩\n"},
	{"two points share a wording, the other ones of both went",
	 "- p\n  - no ⟨version 1⟩\n  - yes ⟨version 2⟩\n- q\n  - perhaps ⟨version 1⟩\n  - yes "
	 "⟨version 2⟩\n",
	 "- p\n  - yes ⟨version 2⟩\n- q\n  - yes ⟨version 2⟩\n", "- p\n  - yes\n- q\n  - yes\n"},
	{"what two points share moved to a third",
	 "- p\n  - no ⟨version 1⟩\n  - yes ⟨version 2⟩\n- q\n  - perhaps ⟨version 1⟩\n  - yes "
	 "⟨version 2⟩\n",
	 "- p\n- q\n  - perhaps ⟨version 1⟩\n- r\n  - yes ⟨version 2⟩\n",
	 "- p\n- q\n  - perhaps ⟨version 1⟩\n- r\n  - yes ⟨version 2⟩\n"},
	{"it moved as well", "- a b ⟨version 1⟩\n- a c ⟨version 2⟩\n\n# T\n\n- d\n",
	 "# T\n\n- d\n- a c ⟨version 2⟩\n", "# T\n\n- d\n- a c\n"},
	{"none is left", "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- c\n", "- c\n", "- c\n"},
	{"a label that was alone before is text", "- a ⟨version 2⟩\n- b\n", "- a ⟨version 2⟩\n",
	 "- a ⟨version 2⟩\n"},
	{"so is one that somebody writes", "- a ⟨version 1⟩\n- b ⟨version 2⟩\n",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n\nsee c ⟨version 2⟩\n",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n\nsee c ⟨version 2⟩\n"},
	{"a label that somebody writes elsewhere leaves nothing in doubt",
	 "- p\n  - a ⟨version 1⟩\n  - b ⟨version 2⟩\n\n# T\n",
	 "- p\n  - b ⟨version 2⟩\n\n# T\n\nsee c ⟨version 2⟩\n",
	 "- p\n  - b\n\n# T\n\nsee c ⟨version 2⟩\n"},
	{"one wording moved, and the other was reworded where it stood",
	 "- p\n  - a ⟨version 1⟩\n  - b ⟨version 2⟩\n- q\n",
	 "- p\n  - c ⟨version 2⟩\n- q\n  - a ⟨version 1⟩\n",
	 "- p\n  - c ⟨version 2⟩\n- q\n  - a ⟨version 1⟩\n"},
	{"what they stand under was reworded as well as one of them",
	 "- p\n  - a ⟨version 1⟩\n  - b ⟨version 2⟩\n- q\n",
	 "- r\n  - c ⟨version 1⟩\n  - d\n  - b ⟨version 2⟩\n- q\n",
	 "- r\n  - c ⟨version 1⟩\n  - d\n  - b ⟨version 2⟩\n- q\n"},
	{"the set is whole, and one more says the same",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n\n# T\n\n- b ⟨version 2⟩\n- c\n",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n\n# T\n\n- b ⟨version 2⟩\n- d\n",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n\n# T\n\n- b ⟨version 2⟩\n- d\n"},
	{"the third moved, none went", "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- c ⟨version 3⟩\n- d\n",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- d\n- c ⟨version 3⟩\n",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- d\n- c ⟨version 3⟩\n"},
	{"the other one was reworded, none went", "- a ⟨version 1⟩\n- b ⟨version 2⟩\n",
	 "- dark a ⟨version 1⟩\n- c\n- b ⟨version 2⟩\n",
	 "- dark a ⟨version 1⟩\n- c\n- b ⟨version 2⟩\n"},
};

static void settles_what_somebody_deleted(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof deletions / sizeof *deletions; i++) {
		struct arena arena = {0};
		struct doc before = doc_read(&arena, str_of(deletions[i].before));
		struct doc saved = doc_read(&arena, str_of(deletions[i].saved));
		struct str settled = variant_settle_deleted(&arena, &before, &saved);

		if (!str_equal(settled, str_of(deletions[i].settled)))
			fail_msg("%s: %.*s", deletions[i].why, STR_ARGS(settled));
		arena_free(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(settles_what_somebody_deleted),
	};

	return cmocka_run_group_tests_name("variant", tests, NULL, NULL);
}
