#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cmd/commands.h"
#include "cmd/first_run.h"
#include "cmd/json.h"
#include "cmd/print.h"
#include "cmd/setup.h"
#include "cmd/sync_plan.h"
#include "cmd/wrapped.h"
#include "core/apply.h"
#include "core/file.h"
#include "core/lock.h"
#include "core/message.h"
#include "core/record.h"
#include "core/transport.h"

/* The last part of an address, as git would name the copy. */
static const char *folder_of(struct app *app, const char *url)
{
	struct str name = str_of(url);

	while (name.len && name.at[name.len - 1] == '/')
		name.len--;
	if (str_ends(name, STR("/.git")))
		name.len -= 5;
	if (str_ends(name, STR(".git")))
		name.len -= 4;
	for (size_t i = name.len; i > 0; i--)
		if (name.at[i - 1] == '/' || name.at[i - 1] == ':') {
			name = str_slice(name, i, name.len);
			break;
		}
	return name.len ? str_c(&app->arena, name) : NULL;
}

static err check_free(const char *folder)
{
	DIR *directory = opendir(folder);
	struct dirent *entry;
	bool free_to_use = true;

	/* A link that leads nowhere is there. */
	if (!directory)
		return faccessat(AT_FDCWD, folder, F_OK, AT_SYMLINK_NOFOLLOW) < 0
			       ? NULL
			       : err_errno(folder, _("cannot open"));
	while (free_to_use && (entry = readdir(directory)))
		free_to_use = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
	closedir(directory);
	if (free_to_use)
		return NULL;
	return err_advise(err_new(STATUS_CANNOT_CREATE, _("%s is not empty"), folder),
			  _("Name another folder: “atelier join ADDRESS FOLDER”."));
}

/* How much of a path is there, as its first bytes. */
static size_t length_there(struct app *app, const char *path)
{
	while (access(path, F_OK) < 0) {
		if (!strchr(path, '/'))
			return 0;
		path = file_folder_of(&app->arena, path);
	}
	return strlen(path);
}

/* That the folder can be made is found out here: from git it would look as if the others failed. */
static err get_copy(struct app *app, const char *url, const char *folder)
{
	struct transport_result result;
	size_t there = length_there(app, folder);
	err e = file_make_folders(folder);

	if (!e && !(e = transport_clone(&app->arena, url, folder, &result)))
		e = transport_failure(result, url);
	/* Nothing stays of what failed, as with git. */
	while (e && strlen(folder) > there && rmdir(folder) == 0)
		folder = file_folder_of(&app->arena, folder);
	return e;
}

/*
 * What is written on there may not be what a new copy begins with: the remote
 * can name a branch that nobody made. Then the usual name, or the first.
 */
static err choose_branch(struct app *app, struct repo *repo)
{
	struct object_id tip = repo_reference(repo, "HEAD");
	struct reference *found;
	const char *chosen;
	size_t count;
	err e;

	if (!object_id_is_none(tip))
		return NULL;
	e = repo_references(&app->arena, repo, "refs/remotes/origin/", &found, &count);
	if (e || count == 0)
		return e;
	struct reference *from = &found[0];
	for (size_t i = 0; i < count; i++)
		if (str_equal(path_name(found[i].name), STR("main")) ||
		    str_equal(path_name(found[i].name), STR("master")))
			from = &found[i];
	struct str name = str_slice(from->name, strlen("refs/remotes/origin/"), from->name.len);
	chosen = str_printf(&app->arena, "refs/heads/%.*s", STR_ARGS(name)).at;
	if ((e = repo_reference_swap(repo, chosen, tip, from->id, "atelier join")))
		return e;
	return repo_branch_set(repo, chosen);
}

/* Nothing is on disk yet: every file that may be there is put there. */
static err write_files(struct app *app, struct repo *repo)
{
	const struct signature nobody = signature_of_program(0);
	struct object_id tip = repo_reference(repo, "HEAD");
	struct tree_files none = {0}, files;
	struct file_changes changes;
	struct lock lock = {0};
	err e = lock_take(record_lock_path(&app->arena, repo), 1, &lock);

	if (e)
		return e;
	if (!(e = repo_tree_read(&app->arena, repo, tip, &files))) {
		changes = plan_changes(&app->arena, &none, &files);
		e = apply_changes(&app->arena, repo, tip, tip, &changes, &nobody);
	}
	lock_release(&lock);
	return e;
}

/* What is there is known from the start, without asking again. */
static err remember_remote(struct app *app, struct repo *repo)
{
	struct object_id none = OBJECT_ID_NONE, tip = repo_reference(repo, "HEAD");
	struct str branch = repo_branch(&app->arena, repo);
	const char *name = str_printf(&app->arena, "refs/atelier/in/origin/%.*s",
				      STR_ARGS(repo_branch_name(branch)))
				   .at;

	return repo_reference_swap(repo, name, none, tip, "joined");
}

/* Has .gitattributes of its own, as folders of workshops do; others are joined as they are. */
static bool names_notes(struct app *app, struct repo *repo)
{
	struct tree_files files;
	err e = repo_tree_read(&app->arena, repo, repo_reference(repo, "HEAD"), &files);
	bool named = !e && tree_file_find(&files, STR(".gitattributes"));

	err_free(e);
	return named;
}

static err fill(struct app *app, struct repo *repo, const char *language, bool *empty)
{
	err e = choose_branch(app, repo);

	if (e)
		return e;
	*empty = object_id_is_none(repo_reference(repo, "HEAD"));
	if ((e = setup_git(app, repo, !*empty && !names_notes(app, repo))))
		return e;
	if (*empty)
		return setup_first_files(app, repo, language);
	e = remember_remote(app, repo);
	return e ? e : write_files(app, repo);
}

static void tell(struct app *app, const char *url, const char *folder, bool empty)
{
	struct str stick = path_folder(str_of(url));

	if (app->json) {
		struct json *record = json_record();

		json_add_c(record, "folder", folder);
		json_add_bool(record, "empty", empty);
		json_print(app, record);
		return;
	}
	print_line(app, _("%s: your copy is ready.\n"), folder);
	if (empty)
		print_line(app, "%s\n",
			   _("Nothing was shared there yet; what you write will be the first."));
	if (transport_is_bundle(&app->arena, str_of(url)))
		note(app, _("Next: %s, write in the notes, then “atelier carry %s”.\n"),
		     setup_way_into(&app->arena, folder),
		     file_real(&app->arena, stick.len ? str_c(&app->arena, stick) : "."));
	else
		note(app, _("Next: %s, write in the notes, then “atelier sync”.\n"),
		     setup_way_into(&app->arena, folder));
}

static int run(struct app *app, int argc, char **argv)
{
	const char *url = argv[1], *folder = argc > 2 ? argv[2] : folder_of(app, argv[1]);
	const char *language = NULL;
	struct repo *repo = NULL;
	bool empty = false;
	err e = setup_language(NULL, &language);

	if (!e)
		e = transport_check_url(url);
	if (e)
		goto done;
	if (!folder) {
		e = err_advise(err_new(STATUS_USAGE, _("“%s” does not tell a folder's name"), url),
			       _("Name one: “atelier join ADDRESS FOLDER”."));
		goto done;
	}
	if ((e = check_free(folder)) || (e = get_copy(app, url, folder)) ||
	    (e = repo_open_here(folder, &repo)) || (e = fill(app, repo, language, &empty)))
		goto done;
	tell(app, url, folder, empty);
	e = first_run_introduce(app, repo);
	/* The copy is there; whoever has not said who writes is asked again before writing. */
	if (err_status(e) == STATUS_SETUP) {
		note(app, "%s\n", err_message(e));
		err_free(e);
		e = NULL;
	}
done:
	repo_close(repo);
	return fail(app, e);
}

const struct command command_join = {
	.name = "join",
	.french = "rejoindre",
	.aliases = "clone",
	.arguments = N_("URL [DIR]"),
	.summary = N_("get your own copy of shared workshops"),
	.details =
		N_("URL is what others share with: https://…, name@host:folder, or a folder on a "
		   "disk that you both reach."),
	.least = 1,
	.most = 2,
	.needs = NEEDS_NOTHING,
	.everyday = true,
	.examples = N_("atelier join https://git.example.org/team/notes.git\n"
		       "atelier join /media/stick/notes my-notes"),
	.run = run,
};
