#include "cmd/commands.h"
#include "cmd/editor.h"
#include "cmd/json.h"
#include "cmd/notes.h"
#include "cmd/print.h"
#include "core/message.h"
#include "core/path.h"

/*
 * The file itself is opened, not a copy: the editor's own recovery works, and a
 * sync that runs meanwhile knows which text the editor showed, so that a save
 * from an older text is merged like any other.
 */
static err edit(struct app *app, const struct notes *notes)
{
	const struct workshop *workshop;
	const struct section *section;
	const char *wanted = option_value(app, "section");
	err e = workshop_choose(&app->arena, &notes->workshops, option_value(app, "workshop"),
				notes->place, &workshop);

	if (e || (e = section_choose(&app->arena, workshop, wanted, &section)))
		return e;
	struct str path = path_join(&app->arena, str_of(repo_folder(notes->repo)), section->path);
	return editor_open(&app->arena, str_c(&app->arena, path));
}

static int run(struct app *app, int argc, char **argv)
{
	struct notes notes = {0};
	err e;

	(void)argc;
	(void)argv;
	if (app->json)
		return fail(app, err_new(STATUS_USAGE, _("An editor needs a terminal.")));
	if (!(e = notes_open(app, &notes)))
		e = edit(app, &notes);
	notes_close(&notes);
	if (!e)
		note(app, "%s\n", _("“atelier sync” records and shares what you saved."));
	return fail(app, e);
}

static const struct option options[] = {
	{"workshop", 'w', N_("WORKSHOP"), N_("which workshop, instead of the one you are in")},
	{"section", 's', N_("SECTION"), N_("which section, instead of the discussion")},
	{0},
};

const struct command command_edit = {
	.name = "edit",
	.french = "modifier",
	.summary = N_("open a section in your editor"),
	.details = N_("The editor is the one that VISUAL or EDITOR names. A sync may run "
		      "meanwhile: what others wrote and what you save are joined, whichever text "
		      "your editor still shows."),
	.options = options,
	.needs = NEEDS_REPOSITORY,
	.everyday = true,
	.examples = N_("atelier edit\n"
		       "atelier edit -w compost -s questions"),
	.run = run,
};
