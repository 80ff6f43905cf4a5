/* Judging saves that were made from an older text, and the log that it goes by. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/file.h"
#include "core/snapshot.h"
#include "core/stale.h"
#include "core/stale_lines.h"

struct place {
	struct arena arena;
	char folder[64];
	struct repo *repo;
};

static const struct signature anyone = {.name = {"a", 1}, .email = {"a@example.org", 13}};

static int set_up(void **state)
{
	struct place *place = calloc(1, sizeof *place);
	const char *temporary = getenv("TMPDIR");

	snprintf(place->folder, sizeof place->folder, "%.40s/stale-XXXXXX",
		 temporary ? temporary : "/tmp");
	assert_non_null(mkdtemp(place->folder));
	assert_null(repo_create(place->folder, "main", &place->repo));
	*state = place;
	return 0;
}

static int tear_down(void **state)
{
	struct place *place = *state;
	char command[128];

	repo_close(place->repo);
	arena_free(&place->arena);
	snprintf(command, sizeof command, "rm -rf '%s'", place->folder);
	int status = system(command);
	free(place);
	return status;
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
	{"others deleted, written back", {"a 1\nb 2\n", "a 1\n"}, "a 1\nb 2\n", false, 0},
	{"a rule is no line", {"a 1\n", "a 1\n\n---\n"}, "a 1\nb 2\n", false, 0},
};

/* Judges one case; `told`: the lines that stayed were told before. */
static bool judge(struct place *place, size_t index, bool told, struct object_id *seen,
		  struct object_id commits[4])
{
	struct stale_log log = {0};
	struct object_id blobs[4], head = {{0}};
	struct file_change save = {.path = STR("n.md"), .to_mode = MODE_FILE};
	struct stale_save out = {0};
	bool stale = false;
	size_t count = 0;

	for (; count < 4 && cases[index].texts[count]; count++) {
		commits[count] = head =
			commit(place, head, cases[index].texts[count], &blobs[count]);
		if (count == 0)
			continue;
		arena_push(&place->arena, log.steps, log.step_count, log.step_room);
		log.steps[log.step_count++] =
			(struct stale_step){save.path, commits[count - 1], blobs[count - 1],
					    commits[count], blobs[count]};
	}
	save.from = blobs[count - 1];
	assert_null(repo_blob_write(place->repo, str_of(cases[index].saved), &save.to));
	assert_null(stale_judge(&place->arena, place->repo, &log, head, &save, &stale, &out));
	*seen = out.seen;
	if (!told || !stale)
		return stale;
	for (size_t i = 0; i < out.stayed_count + out.gone_count; i++) {
		struct str line =
			i < out.stayed_count ? out.stayed[i] : out.gone[i - out.stayed_count];

		arena_push(&place->arena, log.told, log.told_count, log.told_room);
		log.told[log.told_count++] = (struct stale_told){save.path, key_of(line)};
	}
	assert_null(stale_judge(&place->arena, place->repo, &log, head, &save, &stale, &out));
	return stale;
}

static void judges_saves(void **state)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct object_id seen, commits[4];

		if (judge(*state, i, false, &seen, commits) != cases[i].stale)
			fail_msg("%s", cases[i].why);
		if (cases[i].stale && !object_id_equal(seen, commits[cases[i].seen]))
			fail_msg("%s: not on the text that was seen", cases[i].why);
	}
}

static void takes_what_is_asked_twice(void **state)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct object_id seen, commits[4];

		if (judge(*state, i, true, &seen, commits))
			fail_msg("%s", cases[i].why);
	}
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
		cmocka_unit_test_setup_teardown(keeps_a_log, set_up, tear_down),
		cmocka_unit_test_setup_teardown(compacts_the_log, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
