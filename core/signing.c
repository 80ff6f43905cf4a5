#include "core/signing.h"

#include "core/commit_text.h"
#include "core/process.h"

enum { SIGNING_MILLISECONDS = 5 * 1000, MOST_PARENTS = 16 };

/* Does the person want what they record to be signed? */
static bool is_wanted(const struct repo *repo)
{
	return repo_setting_is_true(repo, "commit.gpgSign");
}

bool signing_failed(const struct repo *repo, struct object_id commit)
{
	return is_wanted(repo) && !object_id_is_none(commit) &&
	       !repo_commit_is_signed(repo, commit);
}

static const char *date_of(struct arena *arena, const char *variable,
			   const struct signature *person)
{
	struct buf date = {.arena = arena};

	buf_printf(&date, "%s=@", variable);
	signature_time_write(&date, person);
	return str_c(arena, buf_str(&date));
}

/* Hands tree, parents, people and message to git. out: what it printed; empty: it failed */
static err run_git(struct arena *arena, const struct repo *repo, const struct commit *commit,
		   struct str *out)
{
	const char *argv[8 + 2 * MOST_PARENTS] = {"git", "-c", "i18n.commitEncoding=UTF-8",
						  "commit-tree", "-S"};
	const struct signature *author = &commit->author, *committer = &commit->committer;
	const char *const environment[] = {
		str_printf(arena, "GIT_AUTHOR_NAME=%.*s", STR_ARGS(author->name)).at,
		str_printf(arena, "GIT_AUTHOR_EMAIL=%.*s", STR_ARGS(author->email)).at,
		date_of(arena, "GIT_AUTHOR_DATE", author),
		str_printf(arena, "GIT_COMMITTER_NAME=%.*s", STR_ARGS(committer->name)).at,
		str_printf(arena, "GIT_COMMITTER_EMAIL=%.*s", STR_ARGS(committer->email)).at,
		date_of(arena, "GIT_COMMITTER_DATE", committer),
		"LC_ALL=C",
		NULL,
	};
	struct process git = {.argv = argv,
			      .environment = environment,
			      .directory = repo_folder(repo),
			      .input = commit->message,
			      .timeout_milliseconds = SIGNING_MILLISECONDS,
			      .may_prompt = process_has_terminal()};
	struct process_result result;
	size_t count = 5;

	for (size_t i = 0; i < commit->parent_count && i < MOST_PARENTS; i++) {
		argv[count++] = "-p";
		argv[count++] = object_id_hex(arena, commit->parents[i]).at;
	}
	argv[count] = object_id_hex(arena, commit->tree).at;
	err e = process_run(arena, &git, &result);
	if (!e)
		*out = result.status == 0 && !result.timed_out ? str_trim(result.output)
							       : (struct str){0};
	return e;
}

static bool is_same_person(const struct signature *a, const struct signature *b)
{
	return str_equal(a->name, b->name) && str_equal(a->email, b->email) && a->time == b->time &&
	       a->offset_minutes == b->offset_minutes;
}

static bool says_the_same(const struct commit *a, const struct commit *b)
{
	bool same = object_id_equal(a->tree, b->tree) && a->parent_count == b->parent_count &&
		    is_same_person(&a->author, &b->author) &&
		    is_same_person(&a->committer, &b->committer) &&
		    str_equal(a->message, b->message);

	for (size_t i = 0; same && i < a->parent_count; i++)
		same = object_id_equal(a->parents[i], b->parents[i]);
	return same;
}

err signing_try(struct arena *arena, struct repo *repo, struct commit *commit)
{
	static const char saved_folder[] = "refs/atelier/saved/";
	const char *saved =
		str_printf(arena, "%s%s", saved_folder, object_id_hex(arena, commit->id).at).at;
	struct commit written, signed_one;
	struct object_id id;
	struct str printed = {0};
	err e;

	if (!is_wanted(repo) || commit->parent_count > MOST_PARENTS)
		return NULL;
	if ((e = repo_commit_read(arena, repo, commit->id, &written)) ||
	    (e = repo_reference_keep(repo, saved_folder, commit->id, "to be signed")))
		return e;
	/* That git cannot be started is no reason to lose a word. */
	err_free(run_git(arena, repo, &written, &printed));
	if (object_id_read(printed, &id)) {
		err unreadable = repo_commit_read(arena, repo, id, &signed_one);

		if (!unreadable && says_the_same(&written, &signed_one))
			commit->id = id;
		err_free(unreadable);
	}
	return repo_reference_remove(repo, saved);
}
