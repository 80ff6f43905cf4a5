#include "core/repo.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/ascending.h"
#include "core/file.h"
#include "core/message.h"
#include "core/path.h"
#include "core/repo_private.h"

struct object_id repo_id_from(const git_oid *id)
{
	struct object_id out = {{0}};

	memcpy(out.bytes, id->id, OBJECT_ID_BYTES);
	return out;
}

git_oid repo_id_to(struct object_id id)
{
	git_oid out = {{0}};

	memcpy(out.id, id.bytes, OBJECT_ID_BYTES);
	return out;
}

/* Of the system's error numbers, libgit2 keeps the words alone: its own end with them. */
static int number_in(const git_error *failure)
{
	for (int number = 1; failure->klass == GIT_ERROR_OS && number <= EHWPOISON; number++)
		if (str_ends(str_of(failure->message), str_of(strerror(number))))
			return number;
	return 0;
}

err repo_failure(enum status status, const char *what)
{
	const git_error *failure = git_error_last();
	int number = failure ? number_in(failure) : 0;

	if (!failure || number)
		return err_new(status, _("%s: %s"), what,
			       number ? err_reason(number) : _("unknown reason"));
	return err_new(status, _("%s: git’s library says “%s”"), what, failure->message);
}

/*
 * libgit2 1.5 takes the lack of the setting that would allow it for the lack of a repository.
 * source: its validate_ownership_config()
 */
static bool is_of_other_owner(int code)
{
	const git_error *failure = git_error_last();

	return code == GIT_EOWNER ||
	       (code == GIT_ENOTFOUND && failure && failure->klass == GIT_ERROR_CONFIG);
}

/* The way versions are named (SHA-256), or another one that libgit2 does not know yet. */
static bool is_of_unknown_kind(void)
{
	const git_error *failure = git_error_last();

	return failure && failure->klass == GIT_ERROR_REPOSITORY &&
	       str_starts(str_of(failure->message), STR("unsupported "));
}

static err no_repository(const char *directory, int code)
{
	if (is_of_other_owner(code))
		return err_advise(
			err_new(STATUS_SETUP, _("%s belongs to somebody else"), directory),
			_("If you trust it: git config --global --add safe.directory FOLDER"));
	if (code == GIT_ENOTFOUND)
		return err_advise(err_new(STATUS_BAD_INPUT, _("%s is not in a folder of workshops"),
					  directory),
				  _("Go to one, or make one with “atelier init”, or get a copy "
				    "with “atelier join”."));
	err e = repo_failure(STATUS_SETUP, directory);
	if (is_of_unknown_kind())
		e = err_advise(e, _("Git keeps its versions in a way that is not read here. Make "
				    "another folder with “atelier init”, and copy the notes "
				    "there."));
	return e;
}

/* Fills the handle once libgit2 has opened the repository; closes it on failure. */
static err finish_open(struct repo *repo, const char *directory, struct repo **out)
{
	const char *folder = git_repository_workdir(repo->git);
	err e = NULL;

	if (!folder)
		e = err_new(STATUS_BAD_INPUT, _("%s has no folder of files of its own"), directory);
	else if (git_repository_odb(&repo->objects, repo->git) < 0)
		e = repo_failure(STATUS_SETUP, directory);
	if (e) {
		repo_close(repo);
		return e;
	}
	struct str path = str_of(folder);
	repo->folder = str_c(&repo->arena, str_slice(path, 0, path.len > 1 ? path.len - 1 : 1));
	repo->state_folder = repo_own_path(&repo->arena, repo, "atelier");
	*out = repo;
	return NULL;
}

static struct repo *new_handle(void)
{
	repo_start();
	return calloc(1, sizeof(struct repo));
}

/* What messages call a folder: the working directory has a name, too. */
static const char *name_of(struct arena *arena, const char *directory)
{
	char here[PATH_MAX];

	return strcmp(directory, ".") == 0 && getcwd(here, sizeof here)
		       ? str_copy(arena, str_of(here)).at
		       : directory;
}

static err open_with(const char *directory, unsigned flags, struct repo **out)
{
	struct repo *repo = new_handle();
	int code;

	if (!repo)
		return err_errno(directory, _("cannot open"));
	code = git_repository_open_ext(&repo->git, directory, flags, NULL);
	if (code < 0) {
		err e = no_repository(name_of(&repo->arena, directory), code);
		repo_close(repo);
		return e;
	}
	return finish_open(repo, directory, out);
}

err repo_open(const char *directory, struct repo **out)
{
	return open_with(directory, GIT_REPOSITORY_OPEN_CROSS_FS, out);
}

err repo_open_here(const char *directory, struct repo **out)
{
	return open_with(directory, GIT_REPOSITORY_OPEN_NO_SEARCH, out);
}

err repo_create(const char *directory, const char *branch, struct repo **out)
{
	git_repository_init_options options = {.version = GIT_REPOSITORY_INIT_OPTIONS_VERSION};
	int valid = 0;

	/* The handle first: it starts libgit2, without which even a check leaks. */
	struct repo *repo = new_handle();
	if (!repo)
		return err_errno(directory, _("cannot create"));
	if (git_branch_name_is_valid(&valid, branch) < 0 || !valid) {
		repo_close(repo);
		return err_new(STATUS_USAGE, _("“%s” is not a name that git takes"), branch);
	}
	/* No template: what a machine's administrator puts there are mostly hooks. */
	options.flags = GIT_REPOSITORY_INIT_MKDIR;
	options.initial_head = branch;
	if (git_repository_init_ext(&repo->git, directory, &options) < 0) {
		err e = repo_failure(STATUS_CANNOT_CREATE, directory);
		repo_close(repo);
		return e;
	}
	return finish_open(repo, directory, out);
}

void repo_close(struct repo *repo)
{
	if (!repo)
		return;
	git_odb_free(repo->objects);
	git_repository_free(repo->git);
	arena_free(&repo->arena);
	free(repo);
	git_libgit2_shutdown();
}

const char *repo_folder(const struct repo *repo)
{
	return repo->folder;
}

const char *repo_state_folder(const struct repo *repo)
{
	return repo->state_folder;
}

const char *repo_common_path(struct arena *arena, const struct repo *repo, const char *name)
{
	return str_printf(arena, "%s%s", git_repository_commondir(repo->git), name).at;
}

struct str repo_place(struct arena *arena, const struct repo *repo, const char *real)
{
	struct str root = str_of(file_real(arena, repo->folder)), path = str_of(real);

	if (root.len == 0 || !path_is_below(path, root))
		return STR("");
	return str_slice(path, root.len + 1, path.len);
}

const char *repo_own_path(struct arena *arena, const struct repo *repo, const char *name)
{
	return str_printf(arena, "%s%s", git_repository_path(repo->git), name).at;
}

bool repo_is_shallow(const struct repo *repo)
{
	return git_repository_is_shallow(repo->git) == 1;
}

enum repo_state repo_state(const struct repo *repo)
{
	switch (git_repository_state(repo->git)) {
	case GIT_REPOSITORY_STATE_NONE:
		return REPO_QUIET;
	case GIT_REPOSITORY_STATE_MERGE:
		return REPO_MERGING;
	case GIT_REPOSITORY_STATE_REBASE:
	case GIT_REPOSITORY_STATE_REBASE_INTERACTIVE:
	case GIT_REPOSITORY_STATE_REBASE_MERGE:
		return REPO_REBASING;
	default:
		return REPO_OTHER_OPERATION;
	}
}

struct str repo_setting(struct arena *arena, const struct repo *repo, const char *name)
{
	git_config *config = NULL;
	git_buf value = {0};
	struct str out = {0};

	if (git_repository_config_snapshot(&config, repo->git) == 0 &&
	    git_config_get_string_buf(&value, config, name) == 0)
		out = str_copy(arena, (struct str){value.ptr, value.size});
	git_buf_dispose(&value);
	git_config_free(config);
	return out;
}

/* By hand: libgit2 1.5 loses memory with each setting that it compares with a pattern. */
bool repo_rewrites_addresses(const struct repo *repo)
{
	git_config_iterator *iterator = NULL;
	git_config_entry *entry;
	git_config *config = NULL;
	bool found = git_repository_config_snapshot(&config, repo->git) < 0 ||
		     git_config_iterator_new(&iterator, config) < 0;

	while (!found && git_config_next(&entry, iterator) == 0)
		found = str_starts(str_of(entry->name), STR("url.")) &&
			str_ends(str_of(entry->name), STR("insteadof"));
	git_config_iterator_free(iterator);
	git_config_free(config);
	return found;
}

bool repo_setting_is_true(const struct repo *repo, const char *name)
{
	git_config *config = NULL;
	int value = 0;

	if (git_repository_config_snapshot(&config, repo->git) == 0 &&
	    git_config_get_bool(&value, config, name) < 0)
		value = 0;
	git_config_free(config);
	return value != 0;
}

static struct str remote_setting(struct arena *arena, struct str remote, const char *name)
{
	return str_printf(arena, "remote.%.*s.%s", STR_ARGS(remote), name);
}

bool repo_is_partial(const struct repo *repo, struct str remote)
{
	struct arena arena = {0};
	bool partial = repo_setting_is_true(repo, remote_setting(&arena, remote, "promisor").at) ||
		       str_equal(repo_setting(&arena, repo, "extensions.partialclone"), remote);

	arena_free(&arena);
	return partial;
}

err repo_set_whole(struct repo *repo, struct str remote)
{
	struct arena arena = {0};
	const char *const names[] = {
		remote_setting(&arena, remote, "promisor").at,
		remote_setting(&arena, remote, "partialclonefilter").at,
		"extensions.partialclone",
	};
	git_config *all = NULL, *own = NULL;
	bool done = git_repository_config(&all, repo->git) == 0 &&
		    git_config_open_level(&own, all, GIT_CONFIG_LEVEL_LOCAL) == 0;

	for (size_t i = 0; done && i < sizeof names / sizeof *names; i++) {
		int code = git_config_delete_entry(own, names[i]);

		done = code == 0 || code == GIT_ENOTFOUND;
	}
	err e = done ? NULL : repo_failure(STATUS_CANNOT_CREATE, _("cannot keep a setting"));
	git_config_free(own);
	git_config_free(all);
	arena_free(&arena);
	return e;
}

err repo_set(struct repo *repo, const char *name, const char *value)
{
	git_config *all = NULL, *own = NULL;
	err e = NULL;

	if (git_repository_config(&all, repo->git) < 0 ||
	    git_config_open_level(&own, all, GIT_CONFIG_LEVEL_LOCAL) < 0 ||
	    git_config_set_string(own, name, value) < 0)
		e = repo_failure(STATUS_CANNOT_CREATE, _("cannot keep a setting"));
	git_config_free(own);
	git_config_free(all);
	return e;
}

/* "remote.NAME.url" gives NAME; anything else nothing. */
static struct str remote_of(const char *setting)
{
	struct str name = str_of(setting), opening = STR("remote."), closing = STR(".url");

	if (!str_starts(name, opening) || !str_ends(name, closing) ||
	    name.len <= opening.len + closing.len)
		return (struct str){0};
	return str_slice(name, opening.len, name.len - closing.len);
}

/* git_remote_list() of libgit2 1.5 loses memory with each setting it looks at. */
err repo_remotes(struct arena *arena, const struct repo *repo, struct str **out, size_t *count)
{
	git_config_iterator *iterator = NULL;
	git_config *config = NULL;
	git_config_entry *entry;
	struct str *names = NULL;
	size_t number = 0, room = 0;
	err e = NULL;

	if (git_repository_config_snapshot(&config, repo->git) < 0 ||
	    git_config_iterator_new(&iterator, config) < 0)
		e = repo_failure(STATUS_IO, _("cannot read the settings"));
	while (!e && git_config_next(&entry, iterator) == 0) {
		struct str name = remote_of(entry->name);

		if (name.len == 0 || str_is_among(name, names, number))
			continue;
		arena_push(arena, names, number, room);
		names[number++] = str_copy(arena, name);
	}
	git_config_iterator_free(iterator);
	git_config_free(config);
	if (e)
		return e;
	if (number)
		qsort(names, number, sizeof *names, ascending_str);
	*out = names;
	*count = number;
	return NULL;
}
