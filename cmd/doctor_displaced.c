#include "cmd/findings.h"
#include "core/displaced.h"
#include "core/identity.h"
#include "core/message.h"

static const char check[] = "displaced";
static const struct str nowhere = {NULL, 0};

static size_t count_of(const struct displaced_files *files, enum displaced_state state)
{
	size_t count = 0;

	for (size_t i = 0; i < files->count; i++)
		count += files->files[i].state == state;
	return count;
}

/* The rest is for the next sync. */
static err take(struct findings *findings, struct displaced_files *files)
{
	struct arena *arena = &findings->app->arena;
	struct signature author;
	err e = identity_find(arena, repo_folder(findings->repo), findings->app->identity, &author);

	return e ? e : displaced_take(arena, findings->repo, files, &author);
}

static void tell_stuck(struct findings *findings, const struct displaced *file)
{
	struct arena *arena = &findings->app->arena;
	struct str place = str_printf(arena, "atelier/aside/%.*s", STR_ARGS(file->name));

	finding_add(
		findings, check, FINDING_LOOK, file->path.len ? file->path : place,
		str_of(_("a note that was replaced was written to since, and cannot be taken in")),
		str_printf(arena,
			   _("Take what is yours out of .git/%.*s into the note, then delete "
			     "that file."),
			   STR_ARGS(place))
			.at);
}

static void tell_waiting(struct findings *findings, const struct displaced_files *files)
{
	struct arena *arena = &findings->app->arena;
	size_t quiet = count_of(files, DISPLACED_QUIET), open = count_of(files, DISPLACED_OPEN);

	if (open)
		finding_add(findings, check, FINDING_NOTE, nowhere,
			    str_printf(arena,
				       message_plural(
					       "%zu replaced note is still open in a program: "
					       "what it writes is taken in once it is closed",
					       "%zu replaced notes are still open in programs: "
					       "what they write is taken in once they are closed",
					       open),
				       open),
			    NULL);
	if (quiet)
		finding_add(
			findings, check, FINDING_FINE, nowhere,
			str_printf(arena,
				   message_plural("%zu replaced note waits until the next sync has "
						  "looked at it once more",
						  "%zu replaced notes wait until the next sync has "
						  "looked at them once more",
						  quiet),
				   quiet),
			NULL);
	if (files->count == 0)
		finding_add(findings, check, FINDING_FINE, nowhere,
			    str_of(_("no replaced note waits to be looked at again")), NULL);
}

void check_displaced(struct findings *findings)
{
	struct displaced_files files = displaced_look(&findings->app->arena, findings->repo);
	bool taken = findings->fix && displaced_is_written(&files);
	err e = taken ? take(findings, &files) : NULL;

	taken = taken && !e;
	finding_add_error(findings, check, e);
	for (size_t i = 0; i < files.count; i++) {
		const struct displaced *file = &files.files[i];

		if (file->state == DISPLACED_STUCK)
			tell_stuck(findings, file);
		if (file->state != DISPLACED_WRITTEN)
			continue;
		finding_add(findings, check, taken ? FINDING_FIXED : FINDING_LOOK, file->path,
			    taken ? str_of(_("what was written to it after it was replaced was "
					     "recorded; the next sync brings it in"))
				  : str_of(_("something was written to it after it was replaced")),
			    _("The next sync takes it in."));
	}
	tell_waiting(findings, &files);
}
