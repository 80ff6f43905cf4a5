/*
 * Two people reword one point in ways that exclude each other: both wordings
 * stand, whole, in order of their bytes, whoever merges, and again. The rows of
 * fixtures/variants.tsv say why each pair is no one text.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/file.h"
#include "core/limits.h"
#include "merge/merge.h"

enum { ROWS = 50 };

static struct str note_with(struct arena *arena, struct str point)
{
	return str_printf(arena, "# Notes\n\n- the first point stays\n- %.*s\n- so does the last\n",
			  STR_ARGS(point));
}

static struct str note_with_both(struct arena *arena, struct str first, struct str second)
{
	return str_printf(arena,
			  "# Notes\n\n- the first point stays\n- %.*s ⟨version 1⟩\n"
			  "- %.*s ⟨version 2⟩\n- so does the last\n",
			  STR_ARGS(first), STR_ARGS(second));
}

static bool gives(struct arena *arena, struct merge_input input, struct str want)
{
	struct merge_input again = input;

	again.theirs = want;
	return str_equal(merge_texts(arena, input).text, want) &&
	       str_equal(merge_texts(arena, again).text, want);
}

static bool row_holds(struct arena *arena, struct str row)
{
	struct str why = {0}, base = {0}, ours = {0}, theirs = row;
	bool whole = str_next_part(&theirs, '\t', &why) && str_next_part(&theirs, '\t', &base) &&
		     str_next_part(&theirs, '\t', &ours);
	bool first = str_compare(ours, theirs) < 0;
	struct str want = note_with_both(arena, first ? ours : theirs, first ? theirs : ours);
	struct merge_input forth = {note_with(arena, base), note_with(arena, ours),
				    note_with(arena, theirs), FORMAT_NOTE};
	struct merge_input back = {forth.base, forth.theirs, forth.ours, FORMAT_NOTE};

	if (whole && gives(arena, forth, want) && gives(arena, back, want))
		return true;
	print_error("%.*s\n--- got\n%.*s--- wanted\n%.*s\n", STR_ARGS(why),
		    STR_ARGS(merge_texts(arena, forth).text), STR_ARGS(want));
	return false;
}

static void what_excludes_each_other_stands_twice(void **state)
{
	struct arena arena = {0};
	struct str table, row;
	size_t rows = 0, failed = 0;
	err e = file_read(&arena, "fixtures/variants.tsv", LIMIT_FILE_BYTES, &table);
	(void)state;

	if (e)
		fail_msg("%s", err_message(e));
	str_next_line(&table, &row);
	for (; str_next_line(&table, &row); rows++)
		failed += !row_holds(&arena, str_chomp(row));
	arena_free(&arena);
	assert_int_equal(rows, ROWS);
	assert_int_equal(failed, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_excludes_each_other_stands_twice),
	};

	return cmocka_run_group_tests_name("variant table", tests, NULL, NULL);
}
