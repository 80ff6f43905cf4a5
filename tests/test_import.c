#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/ascending.h"
#include "core/file.h"
#include "core/limits.h"
#include "core/meta.h"
#include "core/note_date.h"
#include "core/note_import.h"

/* --- the rule: no word is lost, none changes its place ------------------------ */

struct words {
	struct str *all;
	size_t count, room;
};

/* Marks that are no words: bullets, heading marks, underlines, rules of front matter. */
static bool is_mark(struct str word)
{
	for (size_t i = 0; i < word.len; i++)
		if (!strchr("-*+#=", word.at[i]))
			return false;
	return true;
}

static void add_words(struct arena *arena, struct words *words, struct str text)
{
	struct str word;

	while (str_next_word(&text, &word)) {
		if (is_mark(word))
			continue;
		arena_push(arena, words->all, words->count, words->room);
		words->all[words->count++] = word;
	}
}

static void add_values(struct arena *arena, struct words *words, const struct meta *node)
{
	if (node->kind == META_SCALAR)
		add_words(arena, words, meta_says(node));
	for (size_t i = 0; i < node->count; i++)
		add_values(arena, words, node->entries[i].value);
}

static void sort(struct words words)
{
	if (words.count > 0) /* qsort may not be given NULL */
		qsort(words.all, words.count, sizeof *words.all, ascending_str);
}

/* The first word of `wanted` that stands less often in `there`; empty: none. */
static struct str missing_word(struct words wanted, struct words there)
{
	size_t j = 0;

	sort(wanted);
	sort(there);
	for (size_t i = 0; i < wanted.count; i++, j++) {
		while (j < there.count && str_compare(there.all[j], wanted.all[i]) < 0)
			j++;
		if (j == there.count || !str_equal(there.all[j], wanted.all[i]))
			return wanted.all[i];
	}
	return (struct str){0};
}

/* The words of `part` come in the order of `whole`. */
static bool in_order(struct words part, struct words whole)
{
	size_t at = 0, found = 0;

	for (size_t i = 0; i < part.count; i++) {
		size_t next = at;
		while (next < whole.count && !str_equal(whole.all[next], part.all[i]))
			next++;
		if (next < whole.count) {
			at = next + 1;
			found++;
		}
	}
	return found == part.count;
}

static void check_words(const char *why, struct str text)
{
	struct arena arena = {0};
	struct words wanted = {0}, there = {0};
	struct imported note = import_note(&arena, text, STR("name"), LANGUAGE_FRENCH);
	struct meta_doc about;
	err e = meta_read(&arena, note.files[0].bytes, "workshop.yml", &about);

	if (e)
		fail_msg("%s: %s\n%.*s", why, err_message(e), STR_ARGS(note.files[0].bytes));
	if (str_starts(text, STR("\xef\xbb\xbf")))
		text = str_slice(text, 3, text.len);
	add_words(&arena, &wanted, text);
	add_values(&arena, &there, about.root);
	for (size_t i = 1; i < note.count; i++) {
		struct words section = {0};
		struct str body = note.files[i].bytes;

		/* "Notes" is the one title that is made up; front matter may stand above it. */
		size_t made_up = str_find(body, STR("# Notes\n"), 0);
		add_words(&arena, &section, str_slice(body, 0, made_up));
		add_words(&arena, &section, str_slice(body, made_up + 8, body.len));
		add_words(&arena, &there, body);
		if (!in_order(section, wanted))
			fail_msg("%s: the order changed in %.*s", why,
				 STR_ARGS(note.files[i].name));
		if (!str_starts(body, STR("# ")) && !str_starts(body, STR("---")))
			fail_msg("%s: %.*s has no title", why, STR_ARGS(note.files[i].name));
	}
	struct str missing = missing_word(wanted, there);
	if (missing.len)
		fail_msg("%s: lost: %.*s", why, STR_ARGS(missing));
	arena_free(&arena);
}

static void words_of_small_notes(void **state)
{
	static const char *const notes[] = {
		"",
		"\n\n",
		"only a title",
		"Title\n",
		"Title\n\nParticipants\n\nAnne, Bo and Cy\n",
		"Participants\n\nAnne et Bo.\n\nUne phrase qui parle : oui.\n\nSynthèse\n- a\n",
		"Participants : Anne, Bo\n\ntext\n",
		"Title\r\n\r\nQuestions\r\n\r\n- one\r\n- two",
		"\xef\xbb\xbfTitle\n\nIdées\n\n- a\n",
		"# A\n\n## B\n\n### C\n\ntext\n",
		"A\n=\n\nB\n-\n\ntext\n",
		"# A\n\ntext\n\n# B\n\ntext\n",
		"## B ##\n\n- x\n",
		"---\ntitle: T\n---\n# A\n\n- x\n",
		"---\ntitle: [\n---\n- x\n",
		"Intro text that is long enough to be no title at all, it seems.\n\nDebate\n\n- x",
		"- # heading in a point\n- b\n",
		"```\n# not a heading\n```\n",
		"Présents\n\n- \"Anne\" {B}\n- C: d\n",
		"#\n\n##\n",
		"## A\n\n##budget voted\n\n### B\n\n###deeper\n",
	};
	(void)state;

	for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
		check_words(notes[i], str_of(notes[i]));
}

static void words_of_random_notes(void **state)
{
	static const char *const lines[] = {"",
					    "",
					    "",
					    "Questions",
					    "Participants",
					    "# One",
					    "## Two",
					    "- a point",
					    "Anne Bo et Cy Do",
					    "Porteurs",
					    "===",
					    "---",
					    "Budget",
					    "  deeper",
					    "a sentence, here.",
					    "1. number",
					    "### Three",
					    "> quoted",
					    "```",
					    "| a | b |",
					    "Idées à creuser",
					    "* star ended.",
					    "Title : x",
					    "Discussion"};
	unsigned seed = getenv("SEED") ? (unsigned)atoi(getenv("SEED")) : 1;
	(void)state;

	for (int round = 0; round < 20000; round++) {
		char text[1024] = "", why[32];
		unsigned draw = seed + (unsigned)round * 2654435761u;

		for (int i = 0; i < 12; i++) {
			draw = draw * 1664525u + 1013904223u;
			strcat(text, lines[(draw >> 16) % (sizeof lines / sizeof *lines)]);
			strcat(text, "\n");
		}
		snprintf(why, sizeof why, "seed %u round %d", seed, round);
		check_words(why, str_of(text));
	}
}

static void words_of_files(void **state)
{
	static const char *const paths[] = {
		"fixtures/import/atelier-compost.txt",	  "fixtures/import/compost-workshop.txt",
		"fixtures/import/library-hours.md",	  "fixtures/import/short.txt",
		"../shared/seed/emergence-session-2.txt",
	};
	struct arena arena = {0};
	struct str text;
	(void)state;

	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		err e = file_read(&arena, paths[i], LIMIT_FILE_BYTES, &text);
		if (e) {
			assert_true(strncmp(paths[i], "../", 3) == 0);
			print_message("# skipped: %s is not there\n", paths[i]);
			err_free(e);
			continue;
		}
		check_words(paths[i], text);
	}
	arena_free(&arena);
}

/* --- what a workshop is made of ---------------------------------------------- */

static void the_sample(void **state)
{
	static const char *const names[] = {"workshop.yml", "01-questions.md", "02-synthese.md",
					    "03-discussion.md", "04-idees-a-creuser.md"};
	struct arena arena = {0};
	struct str text;
	(void)state;

	assert_null(
		file_read(&arena, "fixtures/import/atelier-compost.txt", LIMIT_FILE_BYTES, &text));
	struct imported note = import_note(&arena, text, STR("x"), LANGUAGE_FRENCH);
	assert_true(str_equal(note.folder, STR("atelier-3-compost-de-quartier-printemps")));
	assert_int_equal(note.count, 5);
	for (size_t i = 0; i < 5; i++)
		assert_true(str_equal(note.files[i].name, str_of(names[i])));
	assert_true(str_equal(
		note.files[0].bytes,
		STR("title: Atelier 3 - Compost de quartier - Printemps\n"
		    "people:\n"
		    "  - {heading: Porteurs, role: facilitator, as_written: Maëlle Kerdoncuff et "
		    "Hugo Santerre, names: [Maëlle Kerdoncuff, Hugo Santerre]}\n"
		    "  - {heading: Participants, role: participant, names: [Yasmine BELKACEM, "
		    "Paul-Henri Le Tallec, Odile Vasseur, Thi Mai Nguyen-Roux]}\n")));
	assert_true(str_starts(note.files[3].bytes,
			       STR("# Éléments importants de la discussion\n\n- on a commencé")));
	assert_true(str_contains(note.files[3].bytes, STR("affiche>\n\n- Yasmine, pense")));
	arena_free(&arena);
}

struct part_row {
	const char *why, *text, *part;
};

static void check_parts(const struct part_row *rows, size_t count)
{
	struct arena arena = {0};

	for (size_t i = 0; i < count; i++) {
		struct imported note =
			import_note(&arena, str_of(rows[i].text), STR("x"), LANGUAGE_ENGLISH);

		if (note.count != 2 || !str_equal(note.files[1].bytes, str_of(rows[i].part)))
			fail_msg("%s: %.*s", rows[i].why, STR_ARGS(note.files[1].bytes));
	}
	arena_free(&arena);
}

/* A part's heading becomes the first level; the headings below it rise with it, nothing else. */
static void what_rises_with_a_heading(void **state)
{
	static const struct part_row rows[] = {
		{"a heading", "## A\n\n### B\n\n- x\n", "# A\n\n## B\n\n- x\n"},
		{"two levels", "### A\n\n#### B ####\n", "# A\n\n## B ####\n"},
		{"no heading, since a blank is missing", "## A\n\n##budget voted\n",
		 "# A\n\n##budget voted\n"},
		{"a heading of an item", "## A\n\n- # B\n- x\n\n  ## C\n",
		 "# A\n\n- # B\n- x\n\n  ## C\n"},
		{"text of a fence", "## A\n\n```\n### step\n```\n", "# A\n\n```\n### step\n```\n"},
		{"a word that opens the line of a paragraph", "## A\n\nsee\n####### 7\n",
		 "# A\n\nsee\n####### 7\n"},
		{"behind a front matter", "---\na: b\n---\n## A\n\n### B\n",
		 "---\na: b\n---\n# A\n\n## B\n"},
	};
	(void)state;

	check_parts(rows, sizeof rows / sizeof *rows);
}

/* What the program made, and somebody imports, is a note like any other from then on. */
static void what_was_made_is_a_note(void **state)
{
	static const struct part_row rows[] = {
		{"nothing else is said", "---\ngenerated: atelier\n---\n# A\n\n## B\n\n- x\n",
		 "# B\n\n- x\n"},
		{"a person added something", "---\nkind: ideas\ngenerated: atelier\n---\n## B\n",
		 "---\nkind: ideas\ngenerated: ''\n---\n# B\n"},
		{"in one line", "---\n{generated: atelier, kind: ideas}\n---\n## B\n",
		 "---\n{generated: '', kind: ideas}\n---\n# B\n"},
		{"made by another program", "---\ngenerated: pandoc\n---\n## B\n",
		 "---\ngenerated: pandoc\n---\n# B\n"},
	};
	(void)state;

	check_parts(rows, sizeof rows / sizeof *rows);
}

static void dates(void **state)
{
	static const struct {
		const char *why, *text, *date;
	} rows[] = {
		{"ISO", "on 2024-03-12 at noon", "2024-03-12"},
		{"French", "le 1er février 2023", "2023-02-01"},
		{"English", "March 12, 2024", "2024-03-12"},
		{"English, day first", "12 March 2024", "2024-03-12"},
		{"day first", "12/03/2024", "2024-03-12"},
		{"no such month", "12/13/2024", ""},
		{"no such day", "31/02/2026", ""},
		{"no such day, named", "31 avril 2026", ""},
		{"a leap day", "29 février 2024", "2024-02-29"},
		{"a leap day of no leap year", "29 février 2100", ""},
		{"a leap day of a fourth century", "2000-02-29", "2000-02-29"},
		{"a year alone", "in 2024 we met", ""},
		{"a price", "12 000 2024", ""},
	};
	struct arena arena = {0};
	(void)state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (!str_equal(note_date_find(&arena, str_of(rows[i].text)), str_of(rows[i].date)))
			fail_msg("%s", rows[i].why);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_small_notes),
		cmocka_unit_test(words_of_random_notes),
		cmocka_unit_test(words_of_files),
		cmocka_unit_test(the_sample),
		cmocka_unit_test(what_rises_with_a_heading),
		cmocka_unit_test(what_was_made_is_a_note),
		cmocka_unit_test(dates),
	};

	return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}
