#include "cmd/result.h"

#include <string.h>

#include "cmd/export_table.h"
#include "cmd/json.h"
#include "cmd/page_frame.h"
#include "cmd/print.h"
#include "core/file.h"
#include "core/limits.h"
#include "core/message.h"
#include "core/path.h"
#include "core/repo_object.h"

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

/* --- what must not be written over -------------------------------------------------------- */

static bool lies_in(struct arena *arena, const char *file, const char *folder)
{
	const char *real = file_real(arena, folder);

	return real && path_is_below(str_of(file), str_of(real));
}

/* What git keeps and runs, which may lie elsewhere than in the repository's .git. */
static bool is_gits(struct arena *arena, const struct repo *repo, const char *file,
		    struct str inside)
{
	return lies_in(arena, file, repo_own_path(arena, repo, "")) ||
	       lies_in(arena, file, repo_common_path(arena, repo, "")) ||
	       (inside.len && path_judge(inside) == PATH_REFUSED);
}

/* Every form that is written with -o begins so that it is known again. */
static bool is_made(struct arena *arena, struct str bytes)
{
	struct doc doc;

	if (str_starts(bytes, STR(EXPORT_TABLE_HEADING)) || str_starts(bytes, STR(JSON_BEGINS)) ||
	    page_is_ours(bytes))
		return true;
	doc = doc_read(arena, bytes);
	return doc_is_generated(arena, &doc);
}

/* Notes, and what atelier and git go by, are not given up for what is made of them. */
static bool is_lived_by(struct str path)
{
	return path_is_note(path) || str_ends(path, STR(".yml")) || path_name(path).at[0] == '.';
}

static bool is_recorded(struct arena *arena, const struct repo *repo, struct str path,
			struct str bytes)
{
	struct object_id head = repo_reference(repo, "HEAD");

	return object_id_equal(repo_tree_entry(repo, head, str_c(arena, path)), blob_id_of(bytes));
}

/* What lies there may be words that somebody saved, and that stand nowhere else. */
static err check_replaced(struct arena *arena, const struct repo *repo, const char *path)
{
	/* Of what is made, which may be larger than a note. */
	const size_t most_bytes = 64 * (size_t)LIMIT_FILE_BYTES;
	const char *file = file_real_to_be(arena, path);
	struct str inside, bytes;
	err e;

	if (!file)
		return NULL;
	inside = repo_place(arena, repo, file);
	if (is_gits(arena, repo, file, inside))
		return err_advise(
			err_new(STATUS_BAD_INPUT, _("%s: this is git’s own folder."), path),
			_("Give another file after -o."));
	if (inside.len == 0 || !file_real(arena, file))
		return NULL;
	if ((e = file_read(arena, file, most_bytes, &bytes)))
		return e;
	if (str_is_blank(bytes) ||
	    (!is_lived_by(inside) && is_recorded(arena, repo, inside, bytes)) ||
	    is_made(arena, bytes))
		return NULL;
	return err_advise(err_new(STATUS_BAD_INPUT, _("%s: this was not made with -o."), path),
			  _("Give another file after -o."));
}

/* --- the result --------------------------------------------------------------------------- */

err result_begin(struct app *app, const struct repo *repo, struct result *result)
{
	const char *path = option_value(app, "output");
	err e;

	*result = (struct result){0};
	if (!path || strcmp(path, "-") == 0)
		return NULL;
	if (!*path)
		return err_new(STATUS_USAGE, _("%s: a value is missing behind this option."), "-o");
	if ((e = check_replaced(&app->arena, repo, path)))
		return e;
	result->path = path;
	result->repo = repo;
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
	/* Made in no time or in minutes: somebody may have saved there meanwhile. */
	if ((e = check_replaced(&app->arena, result->repo, result->path)) ||
	    (e = file_put(result->path, bytes)))
		return e;
	note(app, _("Written: %s\n"), result->path);
	return NULL;
}
