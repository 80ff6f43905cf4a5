#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/file.h"
#include "core/limits.h"
#include "core/repo_index.h"
#include "core/workshop.h"
#include "core/worktree.h"
#include "tests/support_repo.h"

enum { RENAMES = 3000, TICKS = 100 };

struct fixture {
	struct arena arena;
	char folder[MADE_FOLDER_BYTES];
	struct repo *repo;
	atomic_bool done;
};

static const char *at(struct fixture *fixture, const char *path)
{
	return str_printf(&fixture->arena, "%s/%s", fixture->folder, path).at;
}

static int begin(void **state)
{
	struct fixture *fixture = calloc(1, sizeof *fixture);

	fixture->repo = repo_make(fixture->folder);
	assert_int_equal(mkdir(at(fixture, "w"), 0777), 0);
	check(file_replace(at(fixture, "w/note.md"), STR("- said\n")));
	*state = fixture;
	return 0;
}

static int end(void **state)
{
	struct fixture *fixture = *state;

	repo_unmake(fixture->repo, fixture->folder);
	arena_free(&fixture->arena);
	free(fixture);
	return 0;
}

static void what_is_no_plain_file_is_not_read(void **state)
{
	static const struct {
		const char *why, *path, *bytes;
		bool obstructed, over_limit;
	} rows[] = {
		{"a note", "w/note.md", "- said\n", false, false},
		{"a note that somebody has open to write", "w/open.md", "- half\n", false, false},
		{"nothing", "w/none.md", "", false, false},
		{"nothing, in no folder", "x/none.md", "", false, false},
		{"a folder", "w", "", true, false},
		{"a link to a note", "w/link.md", "", true, false},
		{"a note below a link to a folder", "linked/note.md", "", true, false},
		{"a pipe that nobody writes to", "w/pipe.md", "", true, false},
		{"a note over the limit", "w/large.md", "", false, true},
	};
	struct fixture *fixture = *state;

	check(file_replace(at(fixture, "w/open.md"), STR("- half\n")));
	check(file_replace(at(fixture, "w/large.md"), STR("")));
	assert_int_equal(truncate(at(fixture, "w/large.md"), LIMIT_FILE_BYTES + 1), 0);
	assert_int_equal(symlink("note.md", at(fixture, "w/link.md")), 0);
	assert_int_equal(symlink("w", at(fixture, "linked")), 0);
	assert_int_equal(mkfifo(at(fixture, "w/pipe.md"), 0666), 0);
	int writer = open(at(fixture, "w/open.md"), O_WRONLY | O_APPEND | O_CLOEXEC);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct saved_file found;

		print_message("# %s\n", rows[i].why);
		check(worktree_show(&fixture->arena, fixture->repo, str_of(rows[i].path), &found));
		assert_true(str_equal(found.bytes, str_of(rows[i].bytes)));
		assert_int_equal(found.obstructed, rows[i].obstructed);
		assert_int_equal(found.over_limit, rows[i].over_limit);
		assert_int_equal(found.mode != 0, rows[i].bytes[0] || rows[i].over_limit);
	}
	close(writer);
}

static bool has_ticked(const char *path)
{
	struct timespec now;
	struct stat status;

	clock_gettime(CLOCK_REALTIME_COARSE, &now);
	assert_int_equal(stat(path, &status), 0);
	return status.st_mtim.tv_sec != now.tv_sec || status.st_mtim.tv_nsec != now.tv_nsec;
}

/* Who saves as many bytes within the tick leaves a file that looks the same. */
static void what_was_put_there_within_a_tick_is_not_sure(void **state)
{
	struct fixture *fixture = *state;
	struct saved_file displaced;
	bool ticked = true;

	for (int i = 0; ticked && i < TICKS; i++) {
		check(worktree_put(&fixture->arena, fixture->repo, STR("w/put.md"), STR("- put\n"),
				   MODE_FILE, &displaced));
		ticked = has_ticked(at(fixture, "w/put.md"));
		check(worktree_drop(&fixture->arena, fixture->repo, STR("w/put.md")));
	}
	/* On a slow disk it has ticked each time. */
	assert_true(ticked || displaced.stamp.is_fresh);
}

static void *rename_to_and_fro(void *state)
{
	struct fixture *fixture = state;
	char note[96], other[96];

	snprintf(note, sizeof note, "%s/w/note.md", fixture->folder);
	snprintf(other, sizeof other, "%s/w/note.md~", fixture->folder);
	for (int i = 0; i < RENAMES; i++) {
		rename(note, other);
		rename(other, note);
	}
	atomic_store(&fixture->done, true);
	return NULL;
}

/* An editor that sets the old text aside before it writes the new one. */
static void what_is_renamed_meanwhile_fails_nothing(void **state)
{
	struct fixture *fixture = *state;
	pthread_t editor;

	check(file_replace(at(fixture, "w/workshop.yml"), STR("title: W\n")));
	assert_int_equal(pthread_create(&editor, NULL, rename_to_and_fro, fixture), 0);
	while (!atomic_load(&fixture->done)) {
		struct arena arena = {0};
		struct workshops found;

		check(workshops_read(&arena, fixture->repo, &found));
		assert_int_equal(found.count, 1);
		assert_in_range(found.all[0].count, 0, 1);
		arena_free(&arena);
	}
	pthread_join(editor, NULL);
}

static void list_files(struct fixture *fixture, const struct tree_files *files,
		       const struct file_changes *changes)
{
	check(repo_index_lock(fixture->repo));
	check(repo_index_replace(fixture->repo, files, changes));
}

/* Saved twice between two ticks of the clock a note has one stamp, and one size if it is so. */
static void a_stamp_of_the_same_moment_never_counts(void **state)
{
	struct fixture *fixture = *state;
	struct str path = STR("w/note.md");
	struct saved_file saved;
	check(worktree_read(&fixture->arena, fixture->repo, path, &saved));
	struct object_id id = blob_id_of(saved.bytes);
	struct tree_file file = {.path = path, .mode = MODE_FILE, .id = id, .writable = true};
	struct file_change change = {
		.path = path, .to = id, .to_mode = MODE_FILE, .stamp = saved.stamp};
	struct tree_files files = {.files = &file, .count = 1};
	struct file_changes first = {.files = &change, .count = 1}, nothing = {0};
	struct timespec moment[] = {
		{saved.stamp.modified_seconds, saved.stamp.modified_nanoseconds},
		{saved.stamp.modified_seconds, saved.stamp.modified_nanoseconds}};
	struct index_entries index;

	list_files(fixture, &files, &first);
	/* The disk's clock had not ticked since when the index was written. */
	assert_int_equal(utimensat(AT_FDCWD, at(fixture, ".git/index"), moment, 0), 0);
	for (int runs = 0; runs < 2; runs++) {
		check(repo_index_read(&fixture->arena, fixture->repo, &index));
		const struct index_entry *entry = index_entry_find(&index, path);

		assert_non_null(entry);
		assert_false(entry->reliable && file_stamp_equal(&entry->stamp, &saved.stamp));
		assert_true(index_has_seen(&index, path, id, &saved.stamp));
		list_files(fixture, &files, &nothing);
	}
}

/* It may have been saved once more between its reading and that tick. */
static void a_stamp_of_the_moment_of_reading_never_counts(void **state)
{
	struct fixture *fixture = *state;
	struct str path = STR("w/note.md");
	const struct timespec moments[][2] = {
		{{.tv_sec = 1}, {.tv_sec = 1}},
		{{.tv_sec = 1, .tv_nsec = 1}, {.tv_sec = 1, .tv_nsec = 1}},
		{{.tv_sec = INT32_MAX}, {.tv_sec = INT32_MAX}}};

	for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
		struct saved_file saved;
		struct index_entries index;

		assert_int_equal(utimensat(AT_FDCWD, at(fixture, "w/note.md"), moments[i], 0), 0);
		check(worktree_read(&fixture->arena, fixture->repo, path, &saved));
		struct object_id id = blob_id_of(saved.bytes);
		struct tree_file file = {
			.path = path, .mode = MODE_FILE, .id = id, .writable = true};
		struct file_change change = {
			.path = path, .to = id, .to_mode = MODE_FILE, .stamp = saved.stamp};

		list_files(fixture, &(struct tree_files){.files = &file, .count = 1},
			   &(struct file_changes){.files = &change, .count = 1});
		check(repo_index_read(&fixture->arena, fixture->repo, &index));
		assert_int_equal(
			file_stamp_equal(&index_entry_find(&index, path)->stamp, &saved.stamp),
			moments[i][0].tv_sec == 1);
	}
}

static size_t names_in(const char *path)
{
	DIR *folder = opendir(path);
	size_t count = 0;

	assert_non_null(folder);
	while (readdir(folder))
		count++;
	closedir(folder);
	return count;
}

static void what_finds_no_room_leaves_nothing_behind(void **state)
{
	struct fixture *fixture = *state;
	struct rlimit usual, full;
	struct saved_file displaced;
	struct str note;

	assert_int_equal(mkdir(at(fixture, ".git/atelier"), 0777), 0);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &usual), 0);
	full = (struct rlimit){.rlim_cur = 4, .rlim_max = usual.rlim_max};
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &full);
	err failure = worktree_put(&fixture->arena, fixture->repo, STR("w/note.md"),
				   STR("- said by others\n"), MODE_FILE, &displaced);
	setrlimit(RLIMIT_FSIZE, &usual);
	assert_non_null(failure);
	err_free(failure);
	assert_int_equal(names_in(at(fixture, ".git/atelier/aside")), 2);
	check(file_read(&fixture->arena, at(fixture, "w/note.md"), LIMIT_FILE_BYTES, &note));
	assert_true(str_equal(note, STR("- said\n")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_no_plain_file_is_not_read, begin, end),
		cmocka_unit_test_setup_teardown(what_was_put_there_within_a_tick_is_not_sure, begin,
						end),
		cmocka_unit_test_setup_teardown(what_is_renamed_meanwhile_fails_nothing, begin,
						end),
		cmocka_unit_test_setup_teardown(a_stamp_of_the_moment_of_reading_never_counts,
						begin, end),
		cmocka_unit_test_setup_teardown(a_stamp_of_the_same_moment_never_counts, begin,
						end),
		cmocka_unit_test_setup_teardown(what_finds_no_room_leaves_nothing_behind, begin,
						end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
