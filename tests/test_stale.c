/* Judging saves that were made from an older text, and the log that it goes by. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/file.h"
#include "core/late.h"
#include "core/snapshot.h"
#include "core/stale.h"
#include "tests/support_repo.h"

struct place {
	struct arena arena;
	char folder[MADE_FOLDER_BYTES];
	struct repo *repo;
};

static const struct signature anyone = {.name = {"a", 1}, .email = {"a@example.org", 13}};

static int set_up(void **state)
{
	struct place *place = calloc(1, sizeof *place);

	place->repo = repo_make(place->folder);
	*state = place;
	return 0;
}

static int tear_down(void **state)
{
	struct place *place = *state;

	repo_unmake(place->repo, place->folder);
	arena_free(&place->arena);
	free(place);
	return 0;
}

/* A commit on top of `parent` in which the note holds `text`. */
static struct object_id commit(struct place *place, struct object_id parent, const char *text,
			       struct object_id *blob)
{
	struct tree_file file = {.path = STR("n.md"), .mode = MODE_FILE, .writable = true};
	struct tree_files files = {.files = &file, .count = 1};
	struct object_id id;

	assert_null(repo_blob_write(place->repo, str_of(text), &file.id));
	assert_null(
		record_tree(&place->arena, place->repo, &files, parent, &anyone, STR("x"), &id));
	*blob = file.id;
	return id;
}

/* A history of one note: each sync brought the next text; then somebody saves. */
static const struct {
	const char *why, *texts[4], *saved;
	bool stale;
	size_t seen; /* which text the editor showed */
} cases[] = {
	{"nothing came in", {"a 1\nb 2\n"}, "a 1\n", false, 0},
	{"the old text and a line", {"a 1\n", "a 1\nb 2\n"}, "a 1\nc 3\n", true, 0},
	{"the new text and a line", {"a 1\n", "a 1\nb 2\n"}, "a 1\nb 2\nc 3\n", false, 0},
	{"the only line that came in deleted", {"a 1\n", "a 1\nb 2\n"}, "a 1\n", true, 0},
	{"one of two deleted", {"a 1\n", "a 1\nb 2\nc 3\n"}, "a 1\nc 3\n", false, 0},
	{"the text of two syncs ago",
	 {"a 1\n", "a 1\nb 2\n", "a 1\nb 2\nc 3\n"},
	 "a 1\nx 9\n",
	 true,
	 0},
	{"the text of one sync ago",
	 {"a 1\n", "a 1\nb 2\n", "a 1\nb 2\nc 3\n"},
	 "a 1\nb 2\nx 9\n",
	 true,
	 1},
	{"the text of one sync ago, a line of it deleted",
	 {"a 1\nd 4\n", "a 1\nd 4\nb 2\n", "a 1\nd 4\nb 2\nc 3\n"},
	 "a 1\nb 2\nx 9\n",
	 true,
	 1},
	{"everything written anew: too much to guess, so it is told",
	 {"a 1\n", "a 1\nb 2\n"},
	 "x 7\ny 8\nz 9\n",
	 true,
	 0},
	{"a line that came in reworded",
	 {"a 1\n", "a 1\nwe meet on the first floor of the town hall\n"},
	 "a 1\nwe meet on the second floor of the town hall\n",
	 false,
	 0},
	{"a line that was gone and came in again reworded, another gone",
	 {"we meet on the first floor of the town hall\ng h i j k l m n o p q r s 7\n",
	  "a 1\nb 2\n", "a 1\nwe meet on the first floor of the town hall\nb 2\n",
	  "a 1\nwe meet on the first floor of the town hall\n"},
	 "c 3\na 1\nwe meet on the second floor of the town hall\n",
	 false,
	 0},
	{"a line of the old text reworded that others reworded too",
	 {"a 1\nwe meet on the first floor of the town hall\n",
	  "a 1\nwe meet on the first floor of the town hall tonight\n"},
	 "a 1\nwe all meet on the first floor of the town hall\n",
	 true,
	 0},
	{"others deleted, the old text and a line",
	 {"a 1\nb 2\n", "a 1\n"},
	 "a 1\nb 2\nc 3\n",
	 true,
	 0},
	{"the old text, a wording chosen that others chose too",
	 {"a 1\nmay 5 ⟨version 1⟩\nmay 6 ⟨version 2⟩\nmay 7 ⟨version 3⟩\n",
	  "a 1\nmay 6\nb 2\nc 3\n"},
	 "a 1\nmay 6\n",
	 true,
	 0},
	{"a wording chosen, and one of two that came in deleted",
	 {"may 5 ⟨version 1⟩\nmay 6 ⟨version 2⟩\n",
	  "b 2\nc 3\nmay 5 ⟨version 1⟩\nmay 6 ⟨version 2⟩\n"},
	 "b 2\nmay 6\n",
	 false,
	 0},
	{"others deleted two, the old text with one of them reworded",
	 {"a 1\nb 2\nwe meet on the first floor of the town hall\n", "a 1\n"},
	 "a 1\nb 2\nwe all meet on the first floor of the town hall\n",
	 true,
	 0},
	{"others deleted two, one of them written back in other words",
	 {"a 1\nb 2\nwe meet on the first floor of the town hall\n", "a 1\n"},
	 "a 1\nwe all meet on the first floor of the town hall\n",
	 false,
	 0},
	{"others deleted, written back", {"a 1\nb 2\n", "a 1\n"}, "a 1\nb 2\n", false, 0},
	{"the old text without a line that others reworded",
	 {"a 1\nwe meet on the first floor of the town hall\n",
	  "a 1\nwe meet on the first floor of the town hall tonight\n"},
	 "a 1\n",
	 true,
	 0},
	{"a line that others reworded deleted, in the new text or the old",
	 {"a 1\nb 2\n", "a 1\nb 3\n", "a 1\nb 3\nc 4\nd 5\n"},
	 "a 1\n",
	 true,
	 0},
	{"two lines of the old text deleted, nearer to an older text still",
	 {"a b c d e 1\nf 2\n", "a b c d e 1 x\nf 2\ng h i j k l m n 3\no p q r s t u v 4\n",
	  "a b c d e 1 x y\nf 2\ng h i j k l m n 3\no p q r s t u v 4\nw 5\n"},
	 "a b c d e 1 x\nf 2\n",
	 true,
	 1},
	{"a long line deleted that others deleted, as a short one came in",
	 {"a 1\nb b b b 2\n", "a 1\nc c c 3\n", "a 1\nc c c 3\nd 4\ne 5\nf 6\n"},
	 "a 1\n",
	 true,
	 0},
	{"many points in the same words as one that came in",
	 {"a 1\n", "a 1\nanne says number 1 in this round of notes\n"},
	 "a 1\nbruno says number 1 in this round of notes\nbruno says number 2 in this round of "
	 "notes\nbruno says number 3 in this round of notes\nbruno says number 4 in this round of "
	 "notes\nbruno says number 5 in this round of notes\n",
	 true,
	 0},
	{"a wording chosen by both, and all else is missing",
	 {"a 1\nb 2 ⟨version 1⟩\nb 3 ⟨version 2⟩\n", "a 1\nb 2\nc 4\nd 5\ne 6\n"},
	 "a 1\nb 2\n",
	 true,
	 0},
	{"a rule is no line", {"a 1\n", "a 1\n\n---\n"}, "a 1\nb 2\n", false, 0},
};

static void add_step(struct place *place, struct stale_log *log, struct object_id from_commit,
		     struct object_id from, struct object_id to_commit, struct object_id to)
{
	arena_push(&place->arena, log->steps, log->step_count, log->step_room);
	log->steps[log->step_count++] =
		(struct stale_step){STR("n.md"), from_commit, from, to_commit, to};
}

static bool judge_save(struct place *place, const struct stale_log *log, struct object_id head,
		       struct object_id present, const char *saved, struct stale_save *out)
{
	struct file_change save = {.path = STR("n.md"), .from = present, .to_mode = MODE_FILE};
	bool stale = false;

	assert_null(repo_blob_write(place->repo, str_of(saved), &save.to));
	struct stale_log known = *log;
	assert_null(late_list(&place->arena, place->repo, &known.waiting, &known.waiting_count));
	assert_null(stale_judge(&place->arena, place->repo, &known, head, &save, &stale, out));
	return stale;
}

/* Judges one case. */
static bool judge(struct place *place, size_t index, struct object_id *seen,
		  struct object_id commits[4])
{
	struct stale_log log = {0};
	struct object_id blobs[4], head = OBJECT_ID_NONE;
	struct stale_save out = {0};
	size_t count = 0;

	for (; count < 4 && cases[index].texts[count]; count++) {
		commits[count] = head =
			commit(place, head, cases[index].texts[count], &blobs[count]);
		if (count > 0)
			add_step(place, &log, commits[count - 1], blobs[count - 1], head,
				 blobs[count]);
	}
	bool stale = judge_save(place, &log, head, blobs[count - 1], cases[index].saved, &out);
	*seen = out.seen;
	return stale;
}

static void judges_saves(void **state)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct object_id seen, commits[4];

		if (judge(*state, i, &seen, commits) != cases[i].stale)
			fail_msg("%s", cases[i].why);
		if (cases[i].stale && !object_id_equal(seen, commits[cases[i].seen]))
			fail_msg("%s: not on the text that was seen", cases[i].why);
	}
}

/*
 * A sync brought others' words; a save of the old text was told of and joined with
 * them; then the same person saves again.
 */
static const struct {
	const char *why, *old, *others, *first, *joined, *second;
	bool stale;
} second_saves[] = {
	{"the line deleted again", "a 1\n", "a 1\nb 2\n", "a 1\nc 3\n", "a 1\nb 2\nc 3\n",
	 "a 1\nc 3\n", false},
	{"a deletion told, deleted again", "a 1\nd 4\n", "a 1\nd 4\nb 2\n", "a 1\nd 4\n",
	 "a 1\nd 4\nb 2\n", "a 1\nd 4\n", false},
	{"typed on in the old text", "a 1\n", "a 1\nb 2\n", "a 1\nc 3\n", "a 1\nb 2\nc 3\n",
	 "a 1\nc 3\nd 4\n", true},
	{"the old text in another order", "a 1\n", "a 1\nb 2\n", "a 1\nc 3\n", "a 1\nb 2\nc 3\n",
	 "c 3\na 1\n", true},
	{"a line of one's own deleted in the old text", "a 1\nd 4\n", "a 1\nd 4\nb 2\n",
	 "a 1\nd 4\nc 3\n", "a 1\nd 4\nb 2\nc 3\n", "a 1\nc 3\n", true},
	{"the line there, and a new one", "a 1\n", "a 1\nb 2\n", "a 1\nc 3\n", "a 1\nb 2\nc 3\n",
	 "a 1\nb 2\nc 3\nd 4\n", false},
	{"a rewording taken back again", "a 1\nb 2\n", "a 1\nb 3\n", "a 1\nb 2\nc 3\n",
	 "a 1\nb 3\nc 3\n", "a 1\nb 2\nc 3\n", false},
	{"the old text once more, with what others deleted", "a 1\nb 2\n", "a 1\nd 4\n",
	 "b 2\na 1\nc 3\n", "a 1\nd 4\nc 3\n", "b 2\na 1\nc 3\n", true},
	{"what others deleted written again", "a 1\nb 2\n", "a 1\n", "a 1\nb 2\nc 3\n",
	 "a 1\nc 3\n", "a 1\nb 2\nc 3\n", false},
	{"what others deleted, typed on", "a 1\nb 2\n", "a 1\n", "a 1\nb 2\nc 3\n", "a 1\nc 3\n",
	 "a 1\nb 2\nc 3\nd 4\n", true},
};

static void takes_what_is_asked_twice(void **state)
{
	struct place *place = *state;

	for (size_t i = 0; i < sizeof second_saves / sizeof *second_saves; i++) {
		struct stale_log log = {0};
		struct object_id none = OBJECT_ID_NONE, old, others, first, joined;
		struct stale_save out = {0};
		struct object_id a = commit(place, none, second_saves[i].old, &old);
		struct object_id b = commit(place, a, second_saves[i].others, &others);

		add_step(place, &log, a, old, b, others);
		if (!judge_save(place, &log, b, others, second_saves[i].first, &out))
			fail_msg("%s: the first save", second_saves[i].why);
		for (size_t k = 0; k < out.stayed_count + out.gone_count; k++) {
			struct str line = k < out.stayed_count ? out.stayed[k]
							       : out.gone[k - out.stayed_count];

			arena_push(&place->arena, log.told, log.told_count, log.told_room);
			log.told[log.told_count++] = (struct stale_told){out.path, key_of(line)};
		}
		struct object_id c = commit(place, b, second_saves[i].first, &first);
		struct object_id d = commit(place, c, second_saves[i].joined, &joined);
		add_step(place, &log, c, first, d, joined);
		if (judge_save(place, &log, d, joined, second_saves[i].second, &out) !=
		    second_saves[i].stale)
			fail_msg("%s", second_saves[i].why);
	}
}

/* What became of a text that a sync brought tells that it was seen, as that text does. */
static void looks_at_what_is_recorded_since(void **state)
{
	struct place *place = *state;
	struct stale_log log = {0};
	struct object_id none = OBJECT_ID_NONE, old, others, own;
	struct stale_save out = {0};
	struct object_id a = commit(place, none, "a 1\nb 2\n", &old);
	struct object_id b = commit(
		place, a, "a 1\nb 2\nwe meet on the first floor of the town hall\nc 3\n", &others);

	add_step(place, &log, a, old, b, others);
	b = commit(place, b, "a 1\nwe meet on the first floor of the town hall\n", &own);
	assert_false(judge_save(place, &log, b, own,
				"a 1\nwe all meet on the first floor of the town hall\n", &out));
}

/* A sync was killed when it had recorded an old text that was saved, and nothing else. */
static void goes_on_from_a_save_that_waits(void **state)
{
	struct place *place = *state;
	struct stale_log log = {0};
	struct object_id none = OBJECT_ID_NONE, old, others, waiting;
	struct stale_save out = {0};
	struct object_id a = commit(place, none, "a 1\n", &old);
	struct object_id b = commit(place, a, "a 1\nb 2\n", &others);
	struct object_id c = commit(place, a, "a 1\nc is what was said 3\n", &waiting);

	add_step(place, &log, a, old, b, others);
	assert_null(late_keep(place->repo, c));
	assert_true(
		judge_save(place, &log, b, others, "a 1\nc is what was said to us 3 4\n", &out));
	assert_true(object_id_equal(out.seen, c));
	assert_true(object_id_is_none(out.commit));
	/* The same once more is recorded already. */
	assert_true(judge_save(place, &log, b, others, "a 1\nc is what was said 3\n", &out));
	assert_true(object_id_equal(out.commit, c));
	/* A line with another figure is another line. */
	assert_false(judge_save(place, &log, b, others, "a 1\nb 2\nc is what was said 4\n", &out));
	/* One from the text that is recorded has nothing to do with it. */
	assert_false(judge_save(place, &log, b, others, "a 1\nb 2\nd 4\n", &out));
}

static void keeps_a_log(void **state)
{
	struct place *place = *state;
	struct arena *arena = &place->arena;
	struct str lines[] = {STR("- one"), STR("- two")}, other = STR("w/a note.md");
	struct stale_step step = {.path = other};
	struct stale_log log;
	const char *path = str_printf(arena, "%s/versions", repo_state_folder(place->repo)).at;

	for (size_t i = 0; i < OBJECT_ID_BYTES; i++) {
		step.from_commit.bytes[i] = 1;
		step.from.bytes[i] = 2;
		step.to_commit.bytes[i] = 3;
		step.to.bytes[i] = 4;
	}
	assert_null(stale_log_read(arena, place->repo, &log));
	assert_int_equal(log.step_count, 0);
	assert_null(stale_log_add(arena, place->repo, &step, 1));
	assert_null(stale_log_tell(arena, place->repo, other, lines, 2));
	/* A power cut in the middle of a line, and the next batch. */
	assert_null(file_append(path, STR("step 0101 02")));
	assert_null(stale_log_tell(arena, place->repo, STR("x.md"), lines, 1));
	assert_null(stale_log_read(arena, place->repo, &log));
	assert_int_equal(log.step_count, 1);
	assert_true(object_id_equal(log.steps[0].to, step.to));
	assert_true(str_equal(log.steps[0].path, other));
	assert_int_equal(log.told_count, 3);
	assert_true(key_equal(log.told[1].line, key_of(lines[1])));
	assert_null(stale_log_forget(arena, place->repo, other));
	assert_null(stale_log_read(arena, place->repo, &log));
	assert_int_equal(log.told_count, 1);
}

static void compacts_the_log(void **state)
{
	enum { STEPS = 1000, BATCHES = 40 };
	struct place *place = *state;
	struct stale_step *steps = arena_array(&place->arena, struct stale_step, STEPS);
	struct stale_log log;

	for (size_t i = 0; i < STEPS; i++) {
		memset(&steps[i], (int)(i % 250) + 1, sizeof steps[i]);
		memset(&steps[i].to, 255, sizeof steps[i].to);
		steps[i].path = str_printf(&place->arena, "w/%zu.md", i % 100);
	}
	for (size_t i = 0; i < BATCHES; i++)
		assert_null(stale_log_add(&place->arena, place->repo, steps, STEPS));
	assert_null(stale_log_read(&place->arena, place->repo, &log));
	assert_true(log.step_count < STEPS * BATCHES / 2);
	assert_true(log.step_count >= (size_t)100 * STALE_VERSIONS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(judges_saves, set_up, tear_down),
		cmocka_unit_test_setup_teardown(takes_what_is_asked_twice, set_up, tear_down),
		cmocka_unit_test_setup_teardown(looks_at_what_is_recorded_since, set_up, tear_down),
		cmocka_unit_test_setup_teardown(goes_on_from_a_save_that_waits, set_up, tear_down),
		cmocka_unit_test_setup_teardown(keeps_a_log, set_up, tear_down),
		cmocka_unit_test_setup_teardown(compacts_the_log, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
