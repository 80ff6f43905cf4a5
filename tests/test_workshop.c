#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/point.h"
#include "core/variant.h"

static const struct {
	const char *path, *bytes;
} files[] = {
	{"README.md", "# Repo\n"},
	{"a/.hidden/x.md", "# X\n"},
	{"a/01-questions.md", "# Questions\n\n- what for?\n"},
	{"a/03-discussion.md", "# Échanges\n\n- twice\n- twice\n- Café du matin\n"},
	{"a/page.md", "---\ngenerated: atelier\n---\n# Page\n"},
	{"a/inner/01.md", "- twice\n"},
	{"b/workshop.yml", "title: Second day\n"},
	{"c/notes.txt", "no section"},
	{"d/01-notes_of-may.markdown", "- in May\n"},
};

static struct workshops workshops_of_first(struct arena *arena, size_t count)
{
	struct workshop_file *list = arena_array(arena, struct workshop_file, count);

	for (size_t i = 0; i < count; i++)
		list[i] = (struct workshop_file){str_of(files[i].path), str_of(files[i].bytes),
						 false};
	return workshops_of(arena, list, count);
}

static struct workshops sample(struct arena *arena)
{
	return workshops_of_first(arena, sizeof files / sizeof *files);
}

static void folders_with_notes_are_workshops(void **state)
{
	struct arena arena = {0};
	struct workshops found = sample(&arena);

	(void)state;
	assert_int_equal(found.count, 4);
	assert_true(str_equal(found.all[0].folder, STR("a")));
	assert_int_equal(found.all[0].count, 2);
	assert_int_equal(found.all[0].sections[1].kind, SECTION_DISCUSSION);
	assert_true(str_equal(found.all[1].folder, STR("a/inner")));
	assert_true(str_equal(found.all[2].title, STR("Second day")));
	assert_true(str_equal(found.all[3].sections[0].title, STR("notes of may")));
	found = workshops_of_first(&arena, 1);
	assert_int_equal(found.count, 1);
	assert_true(str_equal(found.all[0].folder, STR(".")));
	arena_free(&arena);
}

static void workshops_are_named(void **state)
{
	static const struct {
		const char *why, *wanted, *place, *folder;
	} rows[] = {
		{"a folder", "b", "", "b"},
		{"a folder with a slash", "./a/inner/", "", "a/inner"},
		{"a folder seen from another", "inner", "a", "a/inner"},
		{"a piece of the title, case aside", "SECOND", "", "b"},
		{"the one you are in", NULL, "a/inner/deeper", "a/inner"},
		{"several and none said", NULL, "", NULL},
		{"no such workshop", "zzz", "", NULL},
		{"several hold the piece", "n", "", NULL},
		{"a folder whose note has the long ending", "d", "", "d"},
	};
	struct arena arena = {0};
	struct workshops found = sample(&arena);

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct workshop *workshop = NULL;
		err failure = workshop_choose(&arena, &found, rows[i].wanted, str_of(rows[i].place),
					      &workshop);

		if (!rows[i].folder != !!failure ||
		    (workshop && !str_equal(workshop->folder, str_of(rows[i].folder))))
			fail_msg("%s", rows[i].why);
		if (failure)
			assert_int_equal(err_status(failure), STATUS_BAD_INPUT);
		err_free(failure);
	}
	arena_free(&arena);
}

static void sections_are_named(void **state)
{
	static const struct {
		const char *why, *wanted, *path;
	} rows[] = {
		{"the number of the file", "3", "a/03-discussion.md"},
		{"its place where no file has the number", "2", "a/03-discussion.md"},
		{"a file", "01-questions.md", "a/01-questions.md"},
		{"a file without its ending", "01-questions", "a/01-questions.md"},
		{"a kind", "discussion", "a/03-discussion.md"},
		{"a title without accents", "echanges", "a/03-discussion.md"},
		{"a piece of the title", "quest", "a/01-questions.md"},
		{"the discussion where none is said", NULL, "a/03-discussion.md"},
		{"no such section", "ideas", NULL},
		{"no such number", "9", NULL},
		{"every title holds it", "es", NULL},
	};
	struct arena arena = {0};
	struct workshops found = sample(&arena);

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct section *section = NULL;
		err failure = section_choose(&arena, &found.all[0], rows[i].wanted, &section);

		if (!rows[i].path != !!failure ||
		    (section && !str_equal(section->path, str_of(rows[i].path))))
			fail_msg("%s", rows[i].why);
		err_free(failure);
	}
	arena_free(&arena);
}

static void points_are_named(void **state)
{
	static const struct {
		const char *why, *wanted;
		uint32_t line;
	} rows[] = {
		{"a piece of the text, accents aside", "cafe", 5},
		{"a file and a line", "a/03-discussion.md:4", 4},
		{"a file's name alone", "03-discussion.md:5", 5},
		{"a file with the long ending", "d/01-notes_of-may.markdown:1", 1},
		{"said by several", "twice", 0},
		{"said by nobody", "thrice", 0},
		{"a line that holds nothing", "a/03-discussion.md:2", 0},
		{"a file that is no section", "a/x.md:2", 0},
		{"nothing", "", 0},
	};
	struct arena arena = {0};
	struct workshops found = sample(&arena);
	struct points points = points_of(&arena, &found);
	struct point point;

	(void)state;
	assert_int_equal(points.count, 6);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		err failure = point_find(&arena, &found, &points, str_of(rows[i].wanted), STR(""),
					 &point);

		if (!rows[i].line != !!failure ||
		    (!failure && point_block(&point)->line != rows[i].line))
			fail_msg("%s", rows[i].why);
		err_free(failure);
	}
	arena_free(&arena);
}

static void places_are_read(void **state)
{
	static const struct {
		const char *why, *wanted, *file;
		uint32_t line;
	} rows[] = {
		{"a file and a line", "a/01.md:12", "a/01.md", 12},
		{"a colon in the name", "a: b.md:3", "a: b.md", 3},
		{"the last line that any file has", "a.md:9999999", "a.md", 9999999},
		{"no file has such a line", "a.md:10000000", NULL, 0},
		{"no line", "a.md:", NULL, 0},
		{"no file", ":12", NULL, 0},
		{"no colon", "a.md12", NULL, 0},
		{"words", "at noon: 12 h", NULL, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str file;
		uint32_t line;
		bool is_place = place_read(str_of(rows[i].wanted), &file, &line);

		if (is_place != (rows[i].file != NULL) ||
		    (is_place && (!str_equal(file, str_of(rows[i].file)) || line != rows[i].line)))
			fail_msg("%s", rows[i].why);
	}
}

static void equal_points_are_counted_by_file_and_line(void **state)
{
	struct arena arena = {0};
	struct workshops found = sample(&arena);
	struct points points = points_of(&arena, &found);
	struct point again;

	(void)state;
	assert_int_equal(points.all[1].id.len, POINT_ID_DIGITS);
	assert_true(str_ends(points.all[2].id, STR("~2")));
	assert_true(str_ends(points.all[4].id, STR("~3")));
	assert_true(str_equal(points.all[4].section->path, STR("a/inner/01.md")));
	for (size_t i = 0; i < points.count; i++) {
		assert_null(point_find(&arena, &found, &points, points.all[i].id, STR(""), &again));
		assert_ptr_equal(point_block(&again), point_block(&points.all[i]));
	}
	arena_free(&arena);
}

static void variants_are_settled(void **state)
{
	static const struct {
		const char *why, *note;
		size_t sets, kept;
		const char *settled;
	} rows[] = {
		{"two wordings", "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- c\n", 1, 1, "- b\n- c\n"},
		{"three, children follow the last",
		 "- x\n\n- a ⟨version 1⟩\n- b ⟨version 2⟩\n- c ⟨version 3⟩\n  - d\n", 1, 0,
		 "- x\n\n- a\n  - d\n"},
		{"a 1 begins a new set",
		 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- c ⟨version 1⟩\n- d ⟨version 2⟩", 2, 0,
		 "- a\n- c ⟨version 1⟩\n- d ⟨version 2⟩"},
		{"a label alone is text", "- a ⟨version 1⟩\n- b\n", 0, 0, NULL},
		{"a run begins with 1", "- a ⟨version 2⟩\n- b ⟨version 3⟩\n", 0, 0, NULL},
		{"headings", "# a ⟨version 1⟩\n# b ⟨version 2⟩\n\ntext\n", 1, 0, "# a\n\ntext\n"},
		{"paragraphs", "a ⟨version 1⟩\n\nb ⟨version 2⟩\n", 1, 1, "b\n"},
		{"rows", "| h |\n|---|\n| a ⟨version 1⟩ |\n| b ⟨version 2⟩ |\n", 1, 0,
		 "| h |\n|---|\n| a |\n"},
		{"the label is on a continuation line", "- a\n  b ⟨version 1⟩\n- c ⟨version 2⟩\n",
		 1, 0, "- a\n  b\n"},
		{"a label quoted in the text before the last",
		 "- a ⟨version 1⟩ b ⟨version 1⟩\n- c ⟨version 2⟩\n", 1, 0, "- a ⟨version 1⟩ b\n"},
		{"children of another wording are kept", "- a ⟨version 1⟩\n  - d\n- b ⟨version 2⟩",
		 1, 1, "- b\n  - d\n"},
		{"and the line ends of the note", "- a ⟨version 1⟩\r\n  - d\r\n- b ⟨version 2⟩", 1,
		 1, "- b\r\n  - d\r\n"},
		{"fences", "```\na\n```\n⟨version 1⟩\n\n```\nb\n```\n⟨version 2⟩\n\nc\n", 1, 1,
		 "```\nb\n```\n\nc\n"},
	};
	struct arena arena = {0};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct doc doc = doc_read(&arena, str_of(rows[i].note));
		struct variant_sets found = variant_sets_of(&arena, &doc);

		if (found.count != rows[i].sets)
			fail_msg("%s: %zu sets", rows[i].why, found.count);
		if (!found.count)
			continue;
		struct str settled = variant_settle(&arena, &doc, &found.sets[0], rows[i].kept);
		if (!str_equal(settled, str_of(rows[i].settled)))
			fail_msg("%s: %.*s", rows[i].why, STR_ARGS(settled));
	}
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folders_with_notes_are_workshops),
		cmocka_unit_test(workshops_are_named),
		cmocka_unit_test(sections_are_named),
		cmocka_unit_test(points_are_named),
		cmocka_unit_test(places_are_read),
		cmocka_unit_test(equal_points_are_counted_by_file_and_line),
		cmocka_unit_test(variants_are_settled),
	};

	return cmocka_run_group_tests_name("workshop", tests, NULL, NULL);
}
