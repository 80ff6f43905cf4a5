#include "cmd/commands.h"
#include "cmd/json.h"
#include "cmd/notes.h"
#include "cmd/print.h"
#include "core/message.h"
#include "core/text.h"

static void print_point(struct app *app, const struct point *point)
{
	if (!app->json) {
		print_style(app, STYLE_FAINT);
		print(app, "%.*s:%u  ", STR_ARGS(point->section->path), point_block(point)->line);
		print_style(app, STYLE_NONE);
		print_text(app, point->text);
		print(app, "\n");
		return;
	}
	struct json *record = json_record();
	json_add_text(record, "workshop", point->workshop->folder);
	json_add_text(record, "file", point->section->path);
	json_add_number(record, "line", point_block(point)->line);
	json_add_text(record, "id", point->id);
	json_add_text(record, "text", point->text);
	json_print(app, record);
}

static int run(struct app *app, int argc, char **argv)
{
	struct str wanted = text_fold(&app->arena, str_of(argv[1]));
	const struct workshop *only = NULL;
	struct notes notes = {0};
	size_t hits = 0;
	err failure;

	(void)argc;
	if ((failure = notes_open(app, &notes)) ||
	    (option_given(app, "workshop") &&
	     (failure = workshop_choose(&app->arena, &notes.workshops,
					option_value(app, "workshop"), notes.place, &only))))
		goto done;
	struct points points = points_of(&app->arena, &notes.workshops);
	for (size_t i = 0; i < points.count; i++) {
		const struct point *point = &points.all[i];

		if ((only && point->workshop != only) ||
		    !str_contains(text_fold(&app->arena, point->text), wanted))
			continue;
		print_point(app, point);
		hits++;
	}
	notes_tell_unread(app, &notes, only);
	if (hits == 0)
		note(app, "%s\n", _("No point says this."));
done:
	notes_close(&notes);
	return fail(app, failure);
}

static const struct option options[] = {
	{"workshop", 'w', N_("WORKSHOP"), N_("only in this workshop")},
	{0},
};

const struct command command_find = {
	.name = "find",
	.french = "chercher",
	.arguments = N_("TEXT"),
	.summary = N_("find points by a piece of their text, case and accents aside"),
	.options = options,
	.least = 1,
	.most = 1,
	.needs = NEEDS_NOTES,
	.everyday = true,
	.run = run,
};
