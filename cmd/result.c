#include "cmd/result.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/print.h"
#include "core/file.h"
#include "core/message.h"
#include "core/path.h"

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

/* What a link leads to is replaced, not the link; a pipe or device is written to. */
static err put(struct arena *arena, const char *path, struct str bytes)
{
	const char *real = file_real(arena, path);
	struct stat status;
	err e;

	if (stat(path, &status) != 0 || S_ISREG(status.st_mode)) {
		e = file_replace(real ? real : path, bytes);
	} else {
		int descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);

		e = descriptor < 0 ? err_errno(path, _("cannot open"))
				   : file_write_open(descriptor, path, bytes);
		if (descriptor >= 0)
			close(descriptor);
	}
	return e;
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
	if ((e = put(&app->arena, result->path, bytes)))
		return e;
	note(app, _("Written: %s\n"), result->path);
	return NULL;
}
