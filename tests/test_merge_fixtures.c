/*
 * Runs the folders of fixtures/merge, each a merge with the result that people
 * would want: why.txt, and base, ours, theirs, want with the ending of their
 * format.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glob.h>

#include "core/file.h"
#include "core/limits.h"
#include "merge/merge.h"

struct fixture {
	struct str why;
	struct merge_input input;
	struct str want;
};

/* The one file of the folder whose name begins with `stem`. */
static struct str read_version(struct arena *arena, const char *folder, const char *stem,
			       enum text_format *format)
{
	struct str pattern = str_printf(arena, "%s%s.*", folder, stem), bytes;
	glob_t found;
	err e;

	if (glob(pattern.at, 0, NULL, &found) != 0 || found.gl_pathc != 1)
		fail_msg("%s: exactly one such file is wanted", pattern.at);
	if ((e = file_read(arena, found.gl_pathv[0], LIMIT_FILE_BYTES, &bytes)))
		fail_msg("%s", err_message(e));
	*format = text_format_of(str_of(found.gl_pathv[0]));
	globfree(&found);
	return bytes;
}

static struct fixture read_fixture(struct arena *arena, const char *folder)
{
	struct fixture fixture = {0};
	enum text_format format;

	fixture.why = str_trim(read_version(arena, folder, "why", &format));
	fixture.input.base = read_version(arena, folder, "base", &fixture.input.format);
	fixture.input.ours = read_version(arena, folder, "ours", &format);
	fixture.input.theirs = read_version(arena, folder, "theirs", &format);
	fixture.want = read_version(arena, folder, "want", &format);
	return fixture;
}

/* out: whether `input` merges to what is wanted; else the difference is printed */
static bool gives(struct arena *arena, const struct fixture *fixture, const char *how,
		  struct merge_input input)
{
	struct str got = merge_texts(arena, input).text;

	if (str_equal(got, fixture->want))
		return true;
	print_error("%s\n--- %s, got\n%.*s\n--- wanted\n%.*s\n", fixture->why.at, how,
		    STR_ARGS(got), STR_ARGS(fixture->want));
	return false;
}

static bool passes(const char *folder)
{
	struct arena arena = {0};
	struct fixture fixture = read_fixture(&arena, folder);
	struct merge_input forth = fixture.input, back = forth, with_ours = forth,
			   with_theirs = forth;

	back.ours = forth.theirs;
	back.theirs = forth.ours;
	with_ours.theirs = fixture.want;
	with_theirs.ours = fixture.want;
	bool good = gives(&arena, &fixture, "as written", forth) &&
		    gives(&arena, &fixture, "sides exchanged", back) &&
		    gives(&arena, &fixture, "merged again with ours", with_ours) &&
		    gives(&arena, &fixture, "merged again with theirs", with_theirs);
	arena_free(&arena);
	return good;
}

static void merges_are_as_wanted(void **state)
{
	size_t failed = 0;
	glob_t folders;
	(void)state;

	assert_int_equal(glob("fixtures/merge/*/", 0, NULL, &folders), 0);
	for (size_t i = 0; i < folders.gl_pathc; i++) {
		if (passes(folders.gl_pathv[i]))
			continue;
		print_error("in %s\n\n", folders.gl_pathv[i]);
		failed++;
	}
	globfree(&folders);
	if (failed)
		fail_msg("%zu merges are not as wanted", failed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(merges_are_as_wanted),
	};

	return cmocka_run_group_tests_name("merge fixtures", tests, NULL, NULL);
}
