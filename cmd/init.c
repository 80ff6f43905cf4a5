#include <dirent.h>
#include <string.h>

#include "cmd/commands.h"
#include "cmd/first_run.h"
#include "cmd/json.h"
#include "cmd/print.h"
#include "cmd/setup.h"
#include "core/file.h"
#include "core/message.h"
#include "core/repo_object.h"
#include "core/transport.h"
#include "core/workshop.h"

/* Holds files, git's own folder aside. */
static err has_files(const char *folder, bool *out)
{
	DIR *directory = opendir(folder);
	struct dirent *entry;

	*out = false;
	if (!directory)
		return err_errno(folder, _("cannot open"));
	while (!*out && (entry = readdir(directory)))
		*out = strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
		       strcmp(entry->d_name, ".git") != 0;
	closedir(directory);
	return NULL;
}

/*
 * Do the notes of this folder belong to a repository further up? A second one inside it would
 * take them out of what is shared there.
 */
static bool has_part(struct app *app, const struct repo *around, const char *folder)
{
	struct object_id head = repo_reference(around, "HEAD");
	struct str place = workshops_place(&app->arena, around, folder);

	return !object_id_is_none(repo_tree_entry(around, head, "atelier.yml")) ||
	       !object_id_is_none(repo_tree_entry(around, head, str_c(&app->arena, place)));
}

/* out: NULL: there is none around, or it has nothing to do with this folder */
static struct repo *open_around(struct app *app, const char *folder)
{
	struct repo *around = NULL;
	err e = repo_open(folder, &around);

	if (!e && has_part(app, around, folder))
		return around;
	err_free(e);
	repo_close(around);
	return NULL;
}

/*
 * An existing repository as it is, or a new one in the folder.
 * out: `keeps_files`: in: the folder has some; `*folder`: where the repository is
 */
static err open_or_create(struct app *app, const char **folder, bool *keeps_files,
			  struct repo **out)
{
	const char *branch = option_value(app, "branch");
	err e = repo_open_here(*folder, out);

	if (e && err_status(e) != STATUS_BAD_INPUT)
		return e;
	if (e && *keeps_files && (*out = open_around(app, *folder)))
		*folder = repo_folder(*out);
	else if (e) {
		err_free(e);
		return repo_create(*folder, branch ? branch : "main", out);
	}
	err_free(e);
	*keeps_files |= !object_id_is_none(repo_reference(*out, "HEAD"));
	return NULL;
}

static void tell(struct app *app, const char *folder, bool keeps_files)
{
	if (app->json) {
		struct json *record = json_record();

		json_add_c(record, "folder", folder);
		json_add_bool(record, "adopted", keeps_files);
		json_print(app, record);
		return;
	}
	print(app,
	      keeps_files ? _("%s: ready. The notes in it stay as they are.\n")
			  : _("%s: ready for workshops.\n"),
	      folder);
	if (strcmp(folder, ".") == 0)
		note(app, _("Next: “atelier new” or “atelier import”, then “atelier sync”.\n"));
	else
		note(app, _("Next: %s, “atelier new” or “atelier import”, then “atelier sync”.\n"),
		     setup_way_into(&app->arena, folder));
}

/* Where to share from now on; another address that was known is told, as nothing else has it. */
static err share_at(struct app *app, struct repo *repo, const char *url)
{
	struct str before = repo_setting(&app->arena, repo, "remote.origin.url");
	err e = setup_remote(app, repo, url);

	if (!e && before.len &&
	    !str_equal(before, repo_setting(&app->arena, repo, "remote.origin.url")))
		note(app, _("Until now it was shared at %.*s.\n"), STR_ARGS(before));
	return e;
}

static err make_ready(struct app *app, struct repo *repo, bool keeps_files, const char *language)
{
	const char *url = option_value(app, "remote");
	err e = setup_git(app, repo, keeps_files);

	if (!e && url)
		e = share_at(app, repo, url);
	return e || keeps_files ? e : setup_first_files(app, repo, language);
}

static int run(struct app *app, int argc, char **argv)
{
	const char *folder = argc > 1 ? argv[1] : ".", *language = NULL;
	const char *url = option_value(app, "remote");
	struct repo *repo = NULL;
	bool keeps_files;
	err e = setup_language(option_value(app, "language"), &language);

	if (!e && url)
		e = transport_check_url(url);
	if (e || (e = file_make_folders(folder)) || (e = has_files(folder, &keeps_files)) ||
	    (e = open_or_create(app, &folder, &keeps_files, &repo)))
		goto done;
	if (!keeps_files && !option_given(app, "language"))
		language = first_run_language(app, language);
	e = make_ready(app, repo, keeps_files, language);
	if (!e)
		tell(app, folder, keeps_files);
done:
	repo_close(repo);
	return fail(app, e);
}

static const struct option options[] = {
	{"remote", 0, N_("URL"), N_("where to share: any git host, or a folder")},
	{"language", 0, N_("fr|en"), N_("language of the notes")},
	{"branch", 0, N_("NAME"), N_("git's name for the line of versions (main)")},
	{0},
};

const struct command command_init = {
	.name = "init",
	.french = "initialiser",
	.arguments = N_("[DIR]"),
	.summary = N_("make a folder ready for workshops"),
	.details = N_("A new folder gets its first files. One that holds notes or is a git "
		      "repository already is taken as it is: nothing is written but git's own "
		      "folder."),
	.options = options,
	.least = 0,
	.most = 1,
	.needs = NEEDS_NOTHING,
	.everyday = true,
	.examples = N_("atelier init my-workshops\n"
		       "atelier init --remote git@example.org:team/notes.git --language fr"),
	.run = run,
};
