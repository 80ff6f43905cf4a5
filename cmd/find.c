#include "cmd/commands.h"
#include "cmd/json.h"
#include "cmd/notes.h"
#include "cmd/wrapped.h"
#include "core/message.h"
#include "core/text.h"

/* The end of what says `wanted`, folded, from byte `from`; `from`: nothing there does. */
static size_t end_of_hit(struct arena *arena, struct str text, size_t from, struct str wanted)
{
	struct str rest = str_slice(text, from, text.len);

	while (rest.len) {
		text_next_char(&rest);
		size_t end = (size_t)(rest.at - text.at);
		struct str said = text_fold(arena, str_slice(text, from, end));

		if (str_equal(said, wanted))
			return end;
		if (said.len > wanted.len || !str_starts(wanted, said))
			return from;
	}
	return from;
}

/* The point's text, what was looked for made strong. */
static void add_text(struct wrapped *line, struct str text, struct str wanted)
{
	struct str rest = text;
	size_t from = 0;

	while (line->app->screen.styled && rest.len) {
		size_t at = (size_t)(rest.at - text.at);
		size_t end = end_of_hit(&line->app->arena, text, at, wanted);

		if (end > at) {
			wrapped_add(line, STYLE_NONE, str_slice(text, from, at));
			wrapped_add(line, STYLE_STRONG, str_slice(text, at, end));
			from = end;
			rest = str_slice(text, end, text.len);
		} else {
			text_next_char(&rest);
		}
	}
	wrapped_add(line, STYLE_NONE, str_slice(text, from, text.len));
}

static void print_words(struct app *app, const struct point *point, struct str wanted)
{
	struct wrapped line = wrapped_begin(app, STR("    "));

	wrapped_addf(&line, STYLE_FAINT, "%.*s:%u", STR_ARGS(point->section->path),
		     point_block(point)->line);
	wrapped_add(&line, STYLE_NONE, STR("  "));
	add_text(&line, point->text, wanted);
	wrapped_end(&line);
}

static void print_json(struct app *app, const struct point *point)
{
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
		if (app->json)
			print_json(app, point);
		else
			print_words(app, point, wanted);
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
	{"workshop", 'w', N_("WORKSHOP"), N_("only this workshop")},
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
	.paged = true,
	.examples = N_("atelier find cooperation\n"
		       "atelier find \"rain\" -w compost"),
	.run = run,
};
