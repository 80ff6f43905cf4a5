#include "cmd/editor.h"

#include <stdlib.h>
#include <unistd.h>

#include "core/file.h"
#include "core/limits.h"
#include "core/message.h"
#include "core/process.h"

static const char *editor_name(void)
{
	static const char *const variables[] = {"VISUAL", "EDITOR"};

	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
		const char *value = getenv(variables[i]);
		if (value && !str_is_blank(str_of(value)))
			return value;
	}
	return NULL;
}

/* The editor of the system where the person has named none, else one that shows how to leave it. */
static const char usual_editors[] =
	"for editor in editor nano vi; do "
	"command -v $editor >/dev/null && exec $editor \"$1\"; done; exit 127";

err editor_open(struct arena *arena, const char *path)
{
	/* $EDITOR may hold options, so a shell reads it; the path is an argument of its own. */
	const char *chosen = editor_name();
	struct str command =
		chosen ? str_printf(arena, "%s \"$1\"", chosen) : str_of(usual_editors);
	const char *const argv[] = {"sh", "-c", command.at, "sh", path, NULL};
	struct process process = {.argv = argv, .may_prompt = true, .foreground = true};
	struct process_result result;
	err failure = process_run(arena, &process, &result);

	if (failure)
		return failure;
	if (result.status == 0)
		return NULL;
	failure = err_new(result.status == 127 ? STATUS_SETUP : STATUS_BAD_INPUT,
			  _("The editor “%s” ended with a failure."), chosen ? chosen : "editor");
	return err_advise(failure,
			  _("Set EDITOR to the editor you use, as in: export EDITOR=nano"));
}

err editor_words_kept(struct arena *arena, err failure, const char *path)
{
	const char *advice = err_advice(failure);

	if (!advice)
		return err_advise(failure, _("What you wrote is in %s."), path);
	advice = str_c(arena, str_of(advice));
	return err_advise(failure, _("What you wrote is in %s. %s"), path, advice);
}

/* Does the file hold words that are nowhere else? */
static bool holds_words(struct arena *arena, const char *path, struct str draft)
{
	struct str now;
	err failure = file_read(arena, path, LIMIT_FILE_BYTES, &now);
	bool holds = failure ? access(path, F_OK) == 0 : !str_equal(now, draft);

	err_free(failure);
	return holds;
}

err editor_change(struct arena *arena, const char *folder, struct str text, const char *ending,
		  const char **path, struct str *out)
{
	struct str wanted = str_printf(arena, "%s/own-words-XXXXXX%s", folder, ending);
	char *name = (char *)arena_alloc(arena, wanted.len + 1, 1);
	err failure = file_make_folders(folder);

	if (failure)
		return failure;
	for (size_t i = 0; i < wanted.len; i++)
		name[i] = wanted.at[i];
	int descriptor = mkstemps(name, (int)str_of(ending).len);
	if (descriptor < 0)
		return err_errno(name, _("cannot create"));
	failure = file_write_open(descriptor, name, text);
	close(descriptor);
	/* Read by name: most editors put a new file in the place of the old one. */
	if (!failure && !(failure = editor_open(arena, name)) &&
	    !(failure = file_read(arena, name, LIMIT_FILE_BYTES, out))) {
		*path = name;
		return NULL;
	}
	if (holds_words(arena, name, text))
		return editor_words_kept(arena, failure, name);
	unlink(name);
	return failure;
}
