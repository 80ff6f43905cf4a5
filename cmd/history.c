#include "cmd/commands.h"
#include "cmd/contributions.h"
#include "cmd/dates.h"
#include "cmd/json.h"
#include "cmd/person_style.h"
#include "cmd/wrapped.h"
#include "core/message.h"
#include "core/path.h"
#include "core/workshop.h"

static bool is_in(struct str folder, struct str path)
{
	return folder.len == 0 || str_equal(folder, STR(".")) || path_is_below(path, folder);
}

/* Keeps the files of one workshop. */
static size_t keep_below(struct str *files, size_t count, struct str folder)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (is_in(folder, files[i]))
			files[kept++] = files[i];
	return kept;
}

static struct str title_of(const struct commit *commit)
{
	return str_trim(str_first_line(commit->message));
}

/* What a plain save is recorded as names its files, which are told anyway. */
static bool is_plain_save(struct str title)
{
	return str_starts(title, STR("Notes: ")) || str_starts(title, STR("Notes\u00A0: "));
}

static void print_json(struct app *app, const struct commit *commit, const struct str *files,
		       size_t count)
{
	struct json *record = json_record(), *list;

	json_add_text(record, "commit", object_id_hex(&app->arena, commit->id));
	json_add_number(record, "at", commit->author.time);
	json_add_text(record, "name", commit->author.name);
	json_add_text(record, "email", commit->author.email);
	json_add_text(record, "title", title_of(commit));
	list = json_add_array(record, "files");
	for (size_t i = 0; i < count; i++)
		json_add_text(list, NULL, files[i]);
	json_print(app, record);
}

static void print_words(struct app *app, const struct commit *commit, const struct str *files,
			size_t count)
{
	/* As it was where it was written. */
	struct str at = time_shown(&app->arena, commit->author.time, commit->author.offset_minutes);
	struct str called = person_called(commit->author.name, commit->author.email);

	print(app, "%.*s  ", STR_ARGS(at));
	print_style(app, address_style(commit->author.email));
	print(app, "%.*s", STR_ARGS(called));
	print_style(app, STYLE_NONE);
	print(app, "\n");
	if (!is_plain_save(title_of(commit)))
		print_wrapped(app, 4, STYLE_FAINT, title_of(commit));
	for (size_t i = 0; i < count; i++)
		print(app, "    %.*s\n", STR_ARGS(files[i]));
}

/* out: *told: set where something of it lies in the folder */
static err print_commit(struct app *app, const struct repo *repo, const struct commit *commit,
			struct str folder, bool *told)
{
	struct str *files;
	size_t count;
	err e = commit_files(&app->arena, repo, commit, &files, &count);

	if (e)
		return e;
	count = keep_below(files, count, folder);
	if (count == 0)
		return NULL;
	*told = true;
	if (app->json)
		print_json(app, commit, files, count);
	else
		print_words(app, commit, files, count);
	return NULL;
}

/* The folder of the workshop that was asked about; empty: all of them. */
static err choose_folder(struct app *app, const struct repo *repo, const char *wanted,
			 struct str *out)
{
	const struct workshop *workshop;
	struct workshops workshops;
	err e;

	*out = (struct str){0};
	if (!wanted)
		return NULL;
	if ((e = workshops_read(&app->arena, repo, &workshops)) ||
	    (e = workshop_choose(&app->arena, &workshops, wanted,
				 workshops_place(&app->arena, repo, "."), &workshop)))
		return e;
	*out = workshop->folder;
	return NULL;
}

static void tell_nothing(struct app *app, struct str folder, size_t count)
{
	if (folder.len && count)
		print(app, _("Nobody has recorded anything in %.*s yet.\n"), STR_ARGS(folder));
	else
		print(app, "%s\n", _("Nobody has recorded anything yet."));
}

static int run(struct app *app, int argc, char **argv)
{
	const struct object_id none = OBJECT_ID_NONE;
	struct commit *commits = NULL;
	struct repo *repo = NULL;
	struct str folder;
	size_t count = 0;
	bool told = false;
	err e = repo_open(".", &repo);

	if (e || (e = choose_folder(app, repo, argc > 1 ? argv[1] : NULL, &folder)) ||
	    (e = repo_history(&app->arena, repo, repo_reference(repo, "HEAD"), none, &commits,
			      &count)))
		goto done;
	for (size_t i = count; !e && i > 0; i--)
		if (commit_is_by_person(&commits[i - 1]))
			e = print_commit(app, repo, &commits[i - 1], folder, &told);
	if (!e && !told && !app->json)
		tell_nothing(app, folder, count);
	if (!e && repo_is_shallow(repo))
		note(app, "%s\n", _("Older versions are not here: “atelier sync” brings them."));
done:
	repo_close(repo);
	return fail(app, e);
}

static const struct option options[] = {
	{"workshop", 'w', N_("WORKSHOP"), N_("only this workshop")},
	{0},
};

const struct command command_history = {
	.name = "history",
	.french = "historique",
	.arguments = N_("[WORKSHOP]"),
	.summary = N_("tell who recorded what, the latest first"),
	.options = options,
	.most = 1,
	.of_workshops = true,
	.needs = NEEDS_NOTES,
	.paged = true,
	.examples = N_("atelier history\n"
		       "atelier history compost"),
	.run = run,
};
