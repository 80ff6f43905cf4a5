#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/transport_outcome.h"

static void judged(void **state)
{
	static const struct {
		const char *why, *output, *errors;
		int status;
		enum transport_outcome outcome;
		const char *said;
	} rows[] = {
		{"it was done", "", "remote: not found, so made\n", 0, TRANSPORT_DONE, ""},
		{"words that are not known", "", "fatal: of a later git\n", 128, TRANSPORT_UNKNOWN,
		 "fatal: of a later git"},
		{"the other side's own words tell more",
		 "!\tHEAD:refs/heads/main\t[remote rejected] (hook declined)\n",
		 "remote: Only by review    \n", 1, TRANSPORT_REFUSED, "Only by review"},
		{"how far it was is not quoted", "",
		 "Receiving objects:  44% (4/9)\rReceiving objects:  55% (5/9)\rfatal: early EOF\n",
		 128, TRANSPORT_OFFLINE, "fatal: early EOF"},
		{"nor what the other side counted", "",
		 "remote: Counting objects:  50% (1/2)    \rremote: Counting objects: 100% (2/2)\n"
		 "fatal: of a later git\n",
		 128, TRANSPORT_UNKNOWN, "fatal: of a later git"},
		{"nor how far it was in taking it in",
		 "To ../not found\n!\tHEAD:refs/heads/main\t[remote rejected] (hook declined)\n",
		 "remote: Resolving deltas:  50% (1/2)        \rremote: Resolving deltas: 100% "
		 "(2/2), "
		 "completed with 1 local object.        \nremote: Only by review    \n",
		 1, TRANSPORT_REFUSED, "Only by review"},
		{"how full its disk is, is",
		 "!\tHEAD:refs/heads/main\t[remote rejected] (hook declined)\n",
		 "remote: The disk is at 99% (19.8 of 20 GB)    \n", 1, TRANSPORT_REFUSED,
		 "The disk is at 99% (19.8 of 20 GB)"},
		{"nor where it comes from and what came", "",
		 "From /shared/not found\n   1234567..89abcde  timed out  -> in/timed out\n"
		 " * [new branch]      certificate -> in/certificate\nfatal: of a later git\n",
		 128, TRANSPORT_UNKNOWN, "fatal: of a later git"},
		{"nor where it goes", "",
		 "Cloning into 'certificate'...\nReceiving objects:  44% (4/9)\r"
		 "fatal: early EOF\nfatal: fetch-pack: invalid index-pack output\n",
		 128, TRANSPORT_OFFLINE, "fatal: early EOF"},
		{"nor what goes on nevertheless", "",
		 "From /shared\n   1234567..89abcde  main -> in/main\n"
		 "error: cannot lock ref 'in/main'\n ! 1234567..89abcde  main -> in/main  (unable "
		 "to "
		 "update local ref)\n",
		 1, TRANSPORT_REJECTED, "error: cannot lock ref 'in/main'"},
	};
	struct arena arena = {0};
	(void)state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct process_result run = {.status = rows[i].status,
					     .output = str_of(rows[i].output),
					     .errors = str_of(rows[i].errors)};
		struct transport_result got = transport_judge(&arena, &run);

		if (got.outcome != rows[i].outcome || !str_equal(got.said, str_of(rows[i].said)))
			fail_msg("%s: %d, “%.*s”", rows[i].why, got.outcome, STR_ARGS(got.said));
	}
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(judged)};

	return cmocka_run_group_tests_name("transport", tests, NULL, NULL);
}
