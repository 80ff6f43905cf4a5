#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "core/process.h"

/* None of these ever ends by itself; where the shell prints a number, it is that of one. */
#define FOR_EVER "exec sleep 1000"

enum { SOON = 60, LONG = 500, NEVER = 3600 * 1000, KILLED = 128 + SIGKILL, ENDED = 128 + SIGTERM };
enum { OUTPUT_LIMIT = 100 * 1000 };

struct row {
	const char *why, *script;
	bool may_prompt, time_is_of_silence;
	int64_t timeout;
	int status;
	bool timed_out;
	size_t output; /* bytes that are read at least */
	int other;     /* what ended the one whose number is printed; 0: nothing, it goes on */
};

static const struct row rows[] = {
	{"it ends", "echo done; exit 3", false, false, NEVER, 3, false, 5, 0},
	{"it takes too long", FOR_EVER, false, false, SOON, ENDED, true, 0, 0},
	{"it does not listen", "trap '' TERM; " FOR_EVER, false, false, SOON, KILLED, true, 0, 0},
	{"it does not listen, and keeps the terminal", "trap '' TERM; " FOR_EVER, true, false, SOON,
	 KILLED, true, 0, 0},
	{"what it started does not listen", "(trap '' TERM; " FOR_EVER ") & echo $!; wait", false,
	 false, SOON, ENDED, true, 2, SIGKILL},
	{"it closes its streams and goes on", "exec >&- 2>&-; " FOR_EVER, false, false, SOON, ENDED,
	 true, 0, 0},
	{"what it started outlives it and holds its streams", "sleep 1000 & echo $!", false, false,
	 NEVER, 0, false, 2, 0},
	{"the same, with the terminal", "sleep 1000 & echo $!", true, false, NEVER, 0, false, 2, 0},
	{"the same, and the pipe is full", "sleep 1000 & echo $!; head -c 65000 /dev/zero", false,
	 false, NEVER, 0, false, 65002, 0},
	{"it writes more than is kept", "head -c 1000000 /dev/zero; exit 4", false, false, NEVER, 4,
	 false, OUTPUT_LIMIT, 0},
	{"it takes long, and says how far it is",
	 "i=0; while [ $i -lt 22 ]; do sleep .025; echo -; i=$((i + 1)); done", false, true, LONG,
	 0, false, 44, 0},
	{"it says something, and no more", "echo -; " FOR_EVER, false, true, SOON, ENDED, true, 0,
	 0},
};

/* What the program started is ours once it has ended. */
static void check_other(const struct row *row, struct str output)
{
	pid_t other = (pid_t)strtol(output.at, NULL, 10);
	int status = 0;

	if (row->other == 0) {
		assert_int_equal(waitpid(other, &status, WNOHANG), 0);
		kill(other, SIGKILL);
	}
	assert_int_equal(waitpid(other, &status, 0), other);
	assert_int_equal(WTERMSIG(status), SIGKILL);
}

static void check(struct arena *arena, const struct row *row)
{
	const char *const argv[] = {"sh", "-c", row->script, NULL};
	struct process process = {.argv = argv,
				  .may_prompt = row->may_prompt,
				  .time_is_of_silence = row->time_is_of_silence,
				  .output_limit = OUTPUT_LIMIT,
				  .timeout_milliseconds = row->timeout};
	struct process_result result;
	err failure = process_run(arena, &process, &result);

	if (failure)
		fail_msg("%s", err_message(failure));
	assert_int_equal(result.status, row->status);
	assert_int_equal(result.timed_out, row->timed_out);
	assert_in_range(result.output.len, row->output, OUTPUT_LIMIT);
	if (result.output.len && result.output.at[0] >= '1' && result.output.at[0] <= '9')
		check_other(row, result.output);
}

/* Of what is data the beginning is kept, of what it says why it failed. */
static void what_is_kept(void **state)
{
	static const char script[] = "say() { i=0; while [ $i -lt 3000 ]; do echo \"as far as "
				     "$i\"; i=$((i + 1)); done; }\n"
				     "echo first; say; say >&2; printf 'fatal: why' >&2; exit 1";
	const char *const argv[] = {"sh", "-c", script, NULL};
	enum { LEAST_LIMIT = 16, MOST_LIMIT = 64 * 1024 };
	struct arena arena = {0};

	(void)state;
	for (size_t limit = LEAST_LIMIT; limit <= MOST_LIMIT; limit *= 3) {
		struct process process = {.argv = argv, .output_limit = limit};
		struct process_result result;
		err failure = process_run(&arena, &process, &result);
		struct str end = STR("\nas far as 2999\nfatal: why");

		if (failure)
			fail_msg("%s", err_message(failure));
		end = str_slice(end, end.len > limit / 2 ? end.len - limit / 2 : 0, end.len);
		assert_true(str_starts(result.output, STR("first\nas far")));
		assert_true(str_ends(result.errors, end));
		assert_in_range(result.errors.len, limit / 2, limit);
	}
	arena_free(&arena);
}

static void it_always_comes_back(void **state)
{
	struct arena arena = {0};

	(void)state;
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		print_message("# %s\n", rows[i].why);
		check(&arena, &rows[i]);
	}
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(it_always_comes_back),
					   cmocka_unit_test(what_is_kept)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
