#include "tests/support_repo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/process.h"

void check(err failure)
{
	if (failure)
		fail_msg("%s", err_message(failure));
}

struct repo *repo_make(char folder[MADE_FOLDER_BYTES])
{
	const char *temporary = getenv("TMPDIR");
	struct repo *repo;

	snprintf(folder, MADE_FOLDER_BYTES, "%.40s/atelier-XXXXXX", temporary ? temporary : "/tmp");
	assert_non_null(mkdtemp(folder));
	check(repo_create(folder, "main", &repo));
	return repo;
}

void repo_unmake(struct repo *repo, const char *folder)
{
	const char *const remove[] = {"rm", "-rf", folder, NULL};
	struct arena arena = {0};
	struct process_result result;

	repo_close(repo);
	check(process_run(&arena, &(struct process){.argv = remove, .directory = "/"}, &result));
	if (result.status)
		fail_msg("rm: %.*s", STR_ARGS(result.errors));
	arena_free(&arena);
}
