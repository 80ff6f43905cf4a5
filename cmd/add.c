#include <string.h>
#include <unistd.h>

#include "cmd/commands.h"
#include "cmd/json.h"
#include "cmd/notes.h"
#include "cmd/repeats.h"
#include "cmd/wrapped.h"
#include "core/addition.h"
#include "core/file.h"
#include "core/limits.h"
#include "core/message.h"
#include "core/utf8.h"

/* What was added, and where. */
struct addition {
	const struct workshop *workshop;
	const struct section *section;
	uint32_t line;
};

static err read_text(struct app *app, const char *argument, struct str *out)
{
	struct str text = str_of(argument);
	err failure = NULL;

	if (strcmp(argument, "-") == 0)
		failure = file_read_open(&app->arena, STDIN_FILENO, _("standard input"),
					 LIMIT_FILE_BYTES, &text);
	if (failure)
		return failure;
	if (!utf8_valid(text) || str_find_byte(text, '\0', 0) < text.len)
		return err_new(STATUS_BAD_INPUT, _("The text to add is not valid UTF-8."));
	*out = text;
	return NULL;
}

static err check_points(const struct new_points *points)
{
	if (points->count == 0)
		return err_new(STATUS_BAD_INPUT, _("There is no text to add."));
	for (size_t i = 0; i < points->count; i++) {
		struct str rest = points->texts[i], line;

		while (str_next_line(&rest, &line))
			if (line.len > LIMIT_LINE_BYTES / 2)
				return err_advise(err_new(STATUS_BAD_INPUT,
							  _("A line of the text is too long.")),
						  _("Put it on several lines."));
	}
	return NULL;
}

static err find_place(struct app *app, const struct notes *notes, struct addition *out)
{
	err failure = workshop_choose(&app->arena, &notes->workshops, option_value(app, "workshop"),
				      notes->place, &out->workshop);

	if (failure || (failure = section_choose(&app->arena, out->workshop,
						 option_value(app, "section"), &out->section)))
		return failure;
	if (out->section->doc.opaque)
		return err_new(STATUS_BAD_INPUT, _("%.*s cannot be read as text."),
			       STR_ARGS(out->section->path));
	return NULL;
}

/* One attempt: reads, adds, records. errors: STATUS_BUSY when somebody saved meanwhile. */
static err add_points(struct app *app, struct notes *notes, const struct new_points *points,
		      struct addition *out)
{
	err failure;

	if ((failure = notes_open(app, notes)) || (failure = find_place(app, notes, out)))
		return failure;
	struct recorded_file file = {
		.path = out->section->path,
		.bytes = points_added(&app->arena, &out->section->doc, points, &out->line),
		.seen = out->section->doc.source,
	};
	struct str first =
		str_trim(str_slice(points->texts[0], 0, str_find_byte(points->texts[0], '\n', 0)));
	bool french = notes_language(app, notes) == LANGUAGE_FRENCH;
	struct str message =
		str_printf(&app->arena, french ? "Ajout : %.*s" : "Add: %.*s", STR_ARGS(first));
	if (file.bytes.len > LIMIT_FILE_BYTES)
		return err_new(STATUS_BAD_INPUT, _("%.*s would become too large."),
			       STR_ARGS(file.path));
	failure = notes_record(app, notes, &file, 1, message);
	if (!failure)
		workshops_update(&app->arena, &notes->workshops, file.path, file.bytes);
	return failure;
}

static void tell(struct app *app, const struct notes *notes, const struct addition *added)
{
	struct points points;

	if (!app->json) {
		print_line(app, _("Added: %.*s:%u\n"), STR_ARGS(added->section->path), added->line);
		return;
	}
	points = points_of(&app->arena, &notes->workshops);
	for (size_t i = 0; i < points.count; i++) {
		const struct point *point = &points.all[i];

		if (!str_equal(point->section->path, added->section->path) ||
		    point_block(point)->line != added->line)
			continue;
		struct json *record = json_record();
		json_add_text(record, "workshop", point->workshop->folder);
		json_add_text(record, "file", point->section->path);
		json_add_number(record, "line", added->line);
		json_add_text(record, "id", point->id);
		json_add_text(record, "text", point->text);
		json_print(app, record);
		break;
	}
}

static int run(struct app *app, int argc, char **argv)
{
	struct addition added = {0};
	struct notes notes = {0};
	struct new_points points;
	struct str text = {0};
	unsigned attempts = 0;
	err failure;

	(void)argc;
	if ((failure = read_text(app, argv[1], &text)))
		return fail(app, failure);
	points = new_points_of(&app->arena, text);
	if ((failure = check_points(&points)))
		return fail(app, failure);
	while (notes_try_again(failure = add_points(app, &notes, &points, &added), &attempts)) {
		err_free(failure);
		notes_close(&notes);
	}
	if (!failure) {
		tell(app, &notes, &added);
		repeats_tell_added(app, &notes, added.section->path, added.line, points.count);
	}
	notes_close(&notes);
	return fail(app, failure);
}

static const struct option options[] = {
	{"workshop", 'w', N_("WORKSHOP"), N_("which workshop, instead of the one you are in")},
	{"section", 's', N_("SECTION"), N_("which section, instead of the discussion")},
	{0},
};

const struct command command_add = {
	.name = "add",
	.french = "ajouter",
	.arguments = N_("TEXT"),
	.summary = N_("add a point without an editor; - reads standard input"),
	.options = options,
	.least = 1,
	.most = 1,
	.needs = NEEDS_REPOSITORY,
	.everyday = true,
	.examples = N_("atelier add \"A lid keeps the rain out\"\n"
		       "atelier add \"Who turns the heap?\" -w compost -s questions\n"
		       "some-command | atelier add -"),
	.run = run,
};
