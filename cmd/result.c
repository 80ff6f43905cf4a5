#include "cmd/result.h"

#include <string.h>

#include "cmd/print.h"
#include "core/file.h"
#include "core/message.h"
#include "core/path.h"

/* "md, html or json" */
static struct str list_of(struct arena *arena, const char *const *names)
{
	struct buf list = {.arena = arena};

	for (size_t i = 0; names[i]; i++) {
		const char *between = names[i + 1] ? ", " : _(" or ");

		buf_printf(&list, "%s%s", i ? between : "", names[i]);
	}
	return buf_str(&list);
}

/* What a file's name ends with, behind the dot; empty: nothing that says what is in it. */
static struct str ending_of(const char *file)
{
	enum { MOST_BYTES = 5 };
	struct str name = path_name(str_of(file)), stem = path_stem(name);
	struct str ending = str_slice(name, stem.len + 1, name.len);

	return ending.len <= MOST_BYTES ? ending : STR("");
}

err result_format(struct app *app, const char *const *names, size_t *out)
{
	const char *asked = option_value(app, "format"), *file = option_value(app, "output");
	struct str ending = file ? ending_of(file) : STR("");
	struct str wanted = asked ? str_of(asked) : app->json ? STR("json") : ending;

	*out = 0;
	for (size_t i = 0; names[i]; i++)
		if (str_equal(wanted, str_of(names[i]))) {
			*out = i;
			return NULL;
		}
	struct str list = list_of(&app->arena, names);
	if (asked)
		return err_new(STATUS_USAGE, _("--format %s: it is %.*s."), asked, STR_ARGS(list));
	if (wanted.len == 0 || str_equal(wanted, STR("txt")))
		return NULL;
	return err_advise(
		err_new(STATUS_BAD_INPUT, _("%s: there is no format for this ending."), file),
		_("The formats are %.*s; --format says which."), STR_ARGS(list));
}

/* Are two paths one file that is there? */
static bool is_one_file(struct arena *arena, const char *left, const char *right)
{
	const char *a = file_real(arena, left), *b = a ? file_real(arena, right) : NULL;

	return a && b && strcmp(a, b) == 0;
}

static bool is_in(struct arena *arena, const struct repo *repo, struct str path, const char *wanted)
{
	return is_one_file(arena, str_c(arena, path_join(arena, str_of(repo_folder(repo)), path)),
			   wanted);
}

/* Is it a section, or what tells about a workshop? */
static bool is_note(struct arena *arena, const struct workshops *workshops, const struct repo *repo,
		    const char *wanted)
{
	for (size_t i = 0; i < workshops->count; i++) {
		const struct workshop *workshop = &workshops->all[i];

		if (is_in(arena, repo, path_join(arena, workshop->folder, STR("workshop.yml")),
			  wanted))
			return true;
		for (size_t j = 0; j < workshop->count; j++)
			if (is_in(arena, repo, workshop->sections[j].path, wanted))
				return true;
	}
	return false;
}

err result_begin(struct app *app, const struct workshops *workshops, const struct repo *repo,
		 struct result *result)
{
	const char *path = option_value(app, "output");

	*result = (struct result){0};
	if (!path || strcmp(path, "-") == 0)
		return NULL;
	if (is_note(&app->arena, workshops, repo, path))
		return err_advise(
			err_new(STATUS_BAD_INPUT, _("%s: this is one of the notes."), path),
			_("Give another file after -o."));
	result->path = path;
	app->into_file = true;
	return kept_output_begin(&result->kept);
}

err result_end(struct app *app, struct result *result, bool failed)
{
	struct str bytes;
	err e;

	if (!result->path)
		return NULL;
	app->into_file = false;
	e = kept_output_end(&app->arena, &result->kept, &bytes);
	if (e || failed)
		return e;
	if ((e = file_put(result->path, bytes)))
		return e;
	note(app, _("Written: %s\n"), result->path);
	return NULL;
}
