#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd/history_trace.h"
#include "core/file.h"
#include "support_notes.h"
#include "support_repo.h"

/* A repository of one note, in a folder of its own. */
struct fixture {
	struct arena arena;
	char folder[MADE_FOLDER_BYTES];
	struct repo *repo;
	int64_t clock;
};

static void start(struct fixture *fixture)
{
	*fixture = (struct fixture){.repo = NULL};
	fixture->repo = repo_make(fixture->folder);
}

static void end(struct fixture *fixture)
{
	repo_unmake(fixture->repo, fixture->folder);
	arena_free(&fixture->arena);
}

static struct object_id commit(struct fixture *fixture, const char *who, struct str text,
			       const struct object_id *parents, size_t parent_count)
{
	struct tree_file file = {.path = STR("note.md"), .mode = MODE_FILE, .writable = true};
	struct object_id *copies = arena_array(&fixture->arena, struct object_id, parent_count);
	struct signature author = {str_of(who), str_of(who), 1700000000 + fixture->clock++, 0};
	struct commit made = {.parents = copies,
			      .parent_count = parent_count,
			      .author = author,
			      .committer = author,
			      .message = STR("notes\n")};

	for (size_t i = 0; i < parent_count; i++)
		copies[i] = parents[i];
	check(repo_blob_write(fixture->repo, text, &file.id));
	check(repo_tree_write(fixture->repo, &(struct tree_files){.files = &file, .count = 1},
			      &made.tree));
	check(repo_commit_write(fixture->repo, &made));
	return made.id;
}

static void point_to(struct fixture *fixture, struct object_id tip)
{
	struct object_id now = repo_reference(fixture->repo, "refs/heads/main");

	check(repo_reference_swap(fixture->repo, "refs/heads/main", now, tip, "test"));
}

/* "a word|a word…": every word of the note with who brought it in, and the warnings. */
static struct str answer(struct fixture *fixture, const struct workshops *workshops)
{
	struct history_trace history;
	struct buf out = {.arena = &fixture->arena};
	const struct trace_file *file;

	check(history_trace(&fixture->arena, fixture->repo, workshops, &history));
	file = history_file(&history, STR("note.md"));
	for (size_t i = 0; file && i < file->entry_count; i++) {
		const struct trace_wording *wording;

		if (file->entries[i].wording == TRACE_NONE)
			continue;
		wording = &history.trace.wordings[file->entries[i].wording];
		for (uint32_t j = 0; j < wording->word_count; j++) {
			const struct history_commit *by =
				history_commit(&history, trace_word_commit(wording, j));

			buf_printf(&out, "%.*s/%.*s ",
				   STR_ARGS(history.trace.vocabulary[wording->words[j]]),
				   STR_ARGS(by ? by->author.name : STR("?")));
		}
	}
	if (history.shallow)
		buf_add_c(&out, "shallow ");
	if (history.missing)
		buf_add_c(&out, "missing ");
	if (history.unreadable)
		buf_add_c(&out, "unreadable ");
	if (history.many_parents)
		buf_add_c(&out, "octopus ");
	if (history.criss_cross)
		buf_add_c(&out, "criss-cross ");
	return buf_str(&out);
}

static void check_answer(struct fixture *fixture, const char *wanted)
{
	struct str found = answer(fixture, NULL);

	if (!str_equal(str_trim(found), str_of(wanted)))
		fail_msg("%.*s\n  wanted %s", STR_ARGS(found), wanted);
}

/* A dozen versions by three people, some of them merged. */
static struct object_id seeded_history(struct fixture *fixture, uint64_t seed,
				       struct object_id *ids, uint32_t count)
{
	static const char *const people[] = {"anne", "bob", "chloe"};
	struct seeded seeded = {.arena = &fixture->arena, .state = seed};
	struct str texts[16] = {{0}};

	texts[0] = seeded_note(&seeded);
	ids[0] = commit(fixture, "anne", texts[0], NULL, 0);
	for (uint32_t i = 1; i < count; i++) {
		uint32_t first = i - 1 - seeded_next(&seeded, i < 3 ? i : 3);
		struct object_id parents[] = {ids[first], ids[seeded_next(&seeded, i)]};

		texts[i] = seeded_edit(&seeded, texts[first], 'x');
		ids[i] = commit(fixture, people[i % 3], texts[i], parents,
				1 + (size_t)(seeded_next(&seeded, 3) == 0 && i > 2));
	}
	return ids[count - 1];
}

/* --- what is kept between runs ------------------------------------------------ */

static void answers_are_the_same_from_what_was_kept(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 8; seed++) {
		struct object_id ids[16];
		struct fixture fixture;

		start(&fixture);
		seeded_history(&fixture, seed, ids, 16);

		const char *kept =
			str_printf(&fixture.arena, "%s/.git/atelier/trace", fixture.folder).at;

		for (int i = 0; i < 24; i++) {
			point_to(&fixture, ids[(5 * i + 3) % 16]);

			struct str found = answer(&fixture, NULL);

			assert_int_equal(access(kept, F_OK), 0);
			assert_true(str_equal(found, answer(&fixture, NULL)));
			if (i % 3 == 0) {
				unlink(kept);
				assert_true(str_equal(found, answer(&fixture, NULL)));
			}
		}
		end(&fixture);
	}
}

static void flipped_bits_change_no_answer(void **state)
{
	struct seeded seeded = {.state = 11};
	struct object_id ids[16];
	struct fixture fixture;
	struct str bytes, whole;

	(void)state;
	start(&fixture);
	point_to(&fixture, seeded_history(&fixture, 5, ids, 16));
	whole = answer(&fixture, NULL);

	const char *kept = str_printf(&fixture.arena, "%s/.git/atelier/trace", fixture.folder).at;

	check(file_read(&fixture.arena, kept, 1 << 20, &bytes));
	for (int i = 0; i < 1000; i++) {
		size_t at = seeded_next(&seeded, (uint32_t)bytes.len);
		char *changed = arena_alloc(&fixture.arena, bytes.len, 1);
		FILE *file;

		memcpy(changed, bytes.at, bytes.len);
		changed[at] = (char)(changed[at] ^ (1 << seeded_next(&seeded, 8)));
		/* Every tenth is torn instead. */
		file = fopen(kept, "wb");
		assert_non_null(file);
		fwrite(changed, 1, i % 10 ? bytes.len : at, file);
		fclose(file);
		if (!str_equal(whole, answer(&fixture, NULL)))
			fail_msg("byte %zu", at);
	}
	end(&fixture);
}

/* --- histories that are not whole or not simple -------------------------------- */

static void remove_object(struct fixture *fixture, struct object_id id)
{
	struct str hex = object_id_hex(&fixture->arena, id);
	struct str path = str_printf(&fixture->arena, "%s/.git/objects/%.2s/%s", fixture->folder,
				     hex.at, hex.at + 2);

	assert_int_equal(unlink(path.at), 0);
	/* What was read is remembered by the handle. */
	repo_close(fixture->repo);
	check(repo_open(fixture->folder, &fixture->repo));
}

static void older_versions_may_be_missing(void **state)
{
	struct fixture fixture;

	(void)state;
	start(&fixture);

	struct object_id first =
		commit(&fixture, "anne", STR("- one two three\n- four five six\n"), NULL, 0);
	struct object_id second =
		commit(&fixture, "bob", STR("- one two three bob\n- four five six\n"), &first, 1);
	struct object_id third = commit(
		&fixture, "chloe", STR("- one two three bob\n- four five chloe\n"), &second, 1);

	point_to(&fixture, third);
	remove_object(&fixture, first);
	check_answer(&fixture, "one/? two/? three/? bob/? four/? five/? chloe/chloe missing");
	end(&fixture);
}

static void texts_may_be_missing(void **state)
{
	struct str texts[] = {STR("- one two three four five\n"),
			      STR("- one two three four five bob\n"),
			      STR("- one two three four five bob chloe\n")};
	struct fixture fixture;

	(void)state;
	start(&fixture);

	struct object_id first = commit(&fixture, "anne", texts[0], NULL, 0);
	struct object_id second = commit(&fixture, "bob", texts[1], &first, 1);

	point_to(&fixture, commit(&fixture, "chloe", texts[2], &second, 1));
	remove_object(&fixture, blob_id_of(texts[1]));
	check_answer(&fixture, "one/anne two/anne three/anne four/anne five/anne bob/chloe "
			       "chloe/chloe unreadable");
	end(&fixture);
}

static void merges_of_many_and_across(void **state)
{
	struct fixture fixture;

	(void)state;
	start(&fixture);

	struct object_id base = commit(&fixture, "anne", STR("- one two three\n"), NULL, 0);
	struct object_id sides[] = {
		commit(&fixture, "bob", STR("- one two three\n- bob was here\n"), &base, 1),
		commit(&fixture, "chloe", STR("- chloe came first\n- one two three\n"), &base, 1),
		commit(&fixture, "anne", STR("- one two three four\n"), &base, 1),
	};
	struct str all = STR("- chloe came first\n- one two three four\n- bob was here\n");
	struct str both = STR("- chloe came first\n- one two three\n- bob was here\n");

	point_to(&fixture, commit(&fixture, "dan", all, sides, 3));
	check_answer(&fixture, "chloe/chloe came/chloe first/chloe one/anne two/anne three/anne "
			       "four/anne bob/bob was/bob here/bob octopus");

	struct object_id swapped[] = {sides[1], sides[0]};
	struct object_id crossed[] = {commit(&fixture, "bob", both, sides, 2),
				      commit(&fixture, "chloe", both, swapped, 2)};

	point_to(&fixture, commit(&fixture, "dan", both, crossed, 2));
	check_answer(&fixture, "chloe/chloe came/chloe first/chloe one/anne two/anne three/anne "
			       "bob/bob was/bob here/bob criss-cross");
	end(&fixture);
}

static void what_is_saved_is_not_recorded(void **state)
{
	struct fixture fixture;
	struct workshops workshops;
	struct history_trace history;

	(void)state;
	start(&fixture);
	point_to(&fixture, commit(&fixture, "anne", STR("- one two three\n"), NULL, 0));
	check(file_replace(str_printf(&fixture.arena, "%s/note.md", fixture.folder).at,
			   STR("- one two three saved\n")));
	check(workshops_read(&fixture.arena, fixture.repo, &workshops));
	check(history_trace(&fixture.arena, fixture.repo, &workshops, &history));
	assert_int_equal(history.unrecorded, 1);
	assert_int_equal(history.commit_count, 2);
	assert_true(object_id_is_none(history.commits[1].id));
	assert_true(str_equal(str_trim(answer(&fixture, &workshops)),
			      STR("one/anne two/anne three/anne saved/")));
	end(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_are_the_same_from_what_was_kept),
		cmocka_unit_test(flipped_bits_change_no_answer),
		cmocka_unit_test(older_versions_may_be_missing),
		cmocka_unit_test(texts_may_be_missing),
		cmocka_unit_test(merges_of_many_and_across),
		cmocka_unit_test(what_is_saved_is_not_recorded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
