#include "cmd/setup.h"

#include <string.h>
#include <unistd.h>

#include "core/converted.h"
#include "core/file.h"
#include "core/message.h"
#include "core/record.h"
#include "core/transport.h"

enum { SETTINGS_LIMIT = 1024 * 1024 };

static const char attributes_of_notes[] = "*.md -text merge=atelier\n"
					  "*.markdown -text merge=atelier\n"
					  "*.yml -text merge=atelier\n";

/*
 * In this copy alone, above whatever .gitattributes comes with the notes: plain git keeps
 * their bytes as they are, too. An encoding cannot be unset, only not be told.
 */
static const char notes_as_they_are[] = "*.md -text -filter -ident !working-tree-encoding\n"
					"*.markdown -text -filter -ident !working-tree-encoding\n"
					"*.yml -text -filter -ident !working-tree-encoding\n";
/* Where people have git convert notes on their way to the disk, that stays as it is. */
static const char driver_alone[] = "*.md merge=atelier\n"
				   "*.markdown merge=atelier\n"
				   "*.yml merge=atelier\n";

/* A shell reads the driver's line: quoted, and '%' doubled for git. */
static void add_quoted(struct buf *line, const char *path)
{
	buf_add_byte(line, '\'');
	for (; *path; path++) {
		if (*path == '\'')
			buf_add_c(line, "'\\'");
		if (*path == '%')
			buf_add_byte(line, '%');
		buf_add_byte(line, *path);
	}
	buf_add_byte(line, '\'');
}

static const char *driver_line(struct app *app)
{
	const char *program = str_printf(&app->arena, "%s/atelier-merge", app->program_dir).at;
	struct buf line = {.arena = &app->arena};

	if (access(program, X_OK) == 0)
		add_quoted(&line, program);
	else
		buf_add_c(&line, "atelier-merge");
	/* git takes a driver that fails for one that kept our side: the other would be lost. */
	buf_add_c(&line, " merge-driver %O %A %B %L %P"
			 " || git merge-file --marker-size=%L %A %O %B");
	return str_c(&app->arena, buf_str(&line));
}

static bool has_line(struct str text, struct str wanted)
{
	struct str line;

	while (str_next_line(&text, &line))
		if (str_equal(str_trim(line), str_trim(wanted)))
			return true;
	return false;
}

/* Adds the lines of `wanted` that a settings file does not have yet. */
static err add_lines(struct app *app, const char *path, struct str wanted)
{
	struct buf missing = {.arena = &app->arena};
	struct str present = {0}, line;
	bool found;
	err e = file_make_folders(file_folder_of(&app->arena, path));

	if (e || (e = file_read_if_there(&app->arena, path, SETTINGS_LIMIT, &present, &found)))
		return e;
	if (present.len && !str_ends(present, STR("\n")))
		buf_add_byte(&missing, '\n');
	size_t nothing = missing.len;
	while (str_next_line(&wanted, &line))
		if (!has_line(present, line))
			buf_add(&missing, line);
	return missing.len > nothing ? file_append(path, buf_str(&missing)) : NULL;
}

err setup_git(struct app *app, struct repo *repo, bool attributes)
{
	const char *path = repo_common_path(&app->arena, repo, "info/attributes");
	struct tree_files files;
	bool converted = false;
	err e = repo_set(repo, "merge.atelier.name", "atelier");

	if (e || (e = repo_set(repo, "merge.atelier.driver", driver_line(app))) ||
	    (e = add_lines(app, repo_common_path(&app->arena, repo, "info/exclude"),
			   path_temporary_patterns(&app->arena))) ||
	    (e = repo_tree_read(&app->arena, repo, repo_reference(repo, "HEAD"), &files)) ||
	    (e = converted_has_notes(&app->arena, repo, &files, &converted)))
		return e;
	if (attributes)
		e = add_lines(app, path, str_of(converted ? driver_alone : attributes_of_notes));
	return e || converted ? e : add_lines(app, path, str_of(notes_as_they_are));
}

static bool has_lines(struct str text, struct str lines)
{
	struct str line;
	bool has = true;

	while (str_next_line(&lines, &line))
		has &= has_line(text, line);
	return has;
}

/* Names the notes in a settings file; one that cannot be read names nothing. */
static bool names_notes(struct app *app, const char *path)
{
	struct str text = {0};
	err e = file_read(&app->arena, path, SETTINGS_LIMIT, &text);
	bool named = !e && (has_lines(text, str_of(attributes_of_notes)) ||
			    has_lines(text, str_of(driver_alone)));

	err_free(e);
	return named;
}

/* .gitattributes belongs to the notes; git's own file is this copy's alone. */
static bool is_named(struct app *app, const struct repo *repo)
{
	return names_notes(app,
			   str_printf(&app->arena, "%s/.gitattributes", repo_folder(repo)).at) ||
	       names_notes(app, repo_common_path(&app->arena, repo, "info/attributes"));
}

bool setup_is_current(struct app *app, const struct repo *repo)
{
	return is_named(app, repo) &&
	       str_equal(repo_setting(&app->arena, repo, "merge.atelier.driver"),
			 str_of(driver_line(app)));
}

err setup_git_again(struct app *app, struct repo *repo)
{
	return setup_git(app, repo, !is_named(app, repo));
}

err setup_first_files(struct app *app, struct repo *repo, const char *language)
{
	struct recorded_file files[] = {
		{.path = STR(".gitattributes"), .bytes = str_of(attributes_of_notes)},
		{.path = STR("atelier.yml"),
		 .bytes = str_printf(&app->arena, "format: 1\nlanguage: %s\n", language)},
	};
	const struct signature nobody = signature_of_program(0);
	const struct recording recording = {files, 2, &nobody, STR("Workshops")};

	return record_files(&app->arena, repo, &recording, NULL);
}

err setup_remote(struct app *app, struct repo *repo, const char *url)
{
	struct str branch = repo_branch(&app->arena, repo);
	const char *absolute = url;
	char folder[4096];
	err e = transport_check_url(url);

	if (e)
		return e;
	/* A relative folder is meant from here, not from the workshops' folder. */
	if (url[0] != '/' && !strchr(url, ':') && getcwd(folder, sizeof folder))
		absolute = str_printf(&app->arena, "%s/%s", folder, url).at;
	struct str short_name = repo_branch_name(branch);
	const char *remote_key =
		str_printf(&app->arena, "branch.%.*s.remote", STR_ARGS(short_name)).at;
	const char *merge_key =
		str_printf(&app->arena, "branch.%.*s.merge", STR_ARGS(short_name)).at;

	if ((e = repo_set(repo, "remote.origin.url", absolute)) ||
	    (e = repo_set(repo, remote_key, "origin")))
		return e;
	/* What plain git fetches may have been chosen. */
	if (repo_setting(&app->arena, repo, "remote.origin.fetch").len == 0 &&
	    (e = repo_set(repo, "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*")))
		return e;
	return repo_set(repo, merge_key, branch.at);
}

err setup_language(const char *option, const char **out)
{
	if (option && strcmp(option, "fr") != 0 && strcmp(option, "en") != 0)
		return err_new(STATUS_USAGE, _("--language %s: it is fr or en."), option);
	if (option)
		*out = option;
	else
		*out = message_language() == LANGUAGE_FRENCH ? "fr" : "en";
	return NULL;
}

const char *setup_way_into(struct arena *arena, const char *folder)
{
	const char *quote = strpbrk(folder, " '&();|<>$*?") ? "\"" : "";

	return str_printf(arena, _("“cd %s%s%s”"), quote, folder, quote).at;
}
