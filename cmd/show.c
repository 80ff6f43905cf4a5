#include "cmd/commands.h"
#include "cmd/dates.h"
#include "cmd/json.h"
#include "cmd/notes.h"
#include "cmd/show_authors.h"
#include "cmd/since.h"
#include "cmd/wrapped.h"
#include "core/message.h"
#include "core/people_groups.h"

/* What workshop.yml tells: when, where, who. */
static void print_about(struct app *app, const struct workshop *workshop)
{
	struct meta_doc about = {0};

	/* YAML that cannot be read is no reason not to show the notes. */
	err_free(meta_read(&app->arena, workshop->about, "workshop.yml", &about));
	struct str date = meta_text(about.root, STR("date"));
	struct str place = meta_text(about.root, STR("place"));
	struct people_groups groups = people_groups_of(&app->arena, about.root);

	/* What a program reads has the date as it was written. */
	if (app->screen.width)
		date = date_shown(&app->arena, date);
	print_style(app, STYLE_STRONG);
	print(app, "%.*s\n", STR_ARGS(workshop->title));
	print_style(app, STYLE_NONE);
	if (date.len || place.len)
		print(app, "%.*s%s%.*s\n", STR_ARGS(date), date.len && place.len ? ", " : "",
		      STR_ARGS(place));
	for (size_t i = 0; i < groups.count; i++) {
		print_text(app, people_group_shown(&app->arena, &groups.all[i]));
		print(app, "\n");
	}
	print(app, "\n");
}

/* A block's own bytes; on a terminal its lines are broken below its text. */
static void print_block(struct app *app, const struct block *block)
{
	enum style style = block->kind == BLOCK_HEADING ? STYLE_STRONG : STYLE_NONE;
	bool point = block->kind == BLOCK_POINT;
	/* What is laid out by its lines stays so. */
	bool breaks = (point || block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_HEADING) &&
		      !block->joined && str_ends(block->raw, STR("\n"));
	struct str rest = block->raw, line;

	if (app->screen.width == 0 || !breaks) {
		print_style(app, style);
		print_text(app, block->raw);
		print_style(app, STYLE_NONE);
		return;
	}
	while (str_next_line(&rest, &line)) {
		struct wrapped shown = wrapped_begin(
			app, blanks(&app->arena, point ? block->content : block->indent));

		wrapped_add(&shown, style, str_chomp(line));
		wrapped_end(&shown);
	}
}

static void print_section(struct app *app, const struct section *section)
{
	const struct doc *doc = &section->doc;

	if (doc->opaque) {
		/* What is too large, or another person's, has not been read. */
		print_text(app, doc->source);
		return;
	}
	for (size_t i = 0; i < doc->count; i++) {
		if (i)
			print_text(app, doc->blocks[i].gap);
		print_block(app, &doc->blocks[i]);
	}
	if (doc->count && doc->ends_without_line_end)
		print(app, "\n");
}

static void print_sections(struct app *app, const struct workshop *workshop,
			   const struct section *only)
{
	bool first = true;

	for (size_t i = 0; i < workshop->count; i++) {
		if (only && only != &workshop->sections[i])
			continue;
		if (!first)
			print(app, "\n");
		print_section(app, &workshop->sections[i]);
		first = false;
	}
}

/* A point a line. */
static void print_json(struct app *app, const struct notes *notes, const struct workshop *workshop,
		       const struct section *only)
{
	struct points points = points_of(&app->arena, &notes->workshops);

	for (size_t i = 0; i < points.count; i++) {
		const struct point *point = &points.all[i];

		if (point->workshop != workshop || (only && point->section != only))
			continue;
		struct json *record = json_record();
		json_add_text(record, "workshop", workshop->folder);
		json_add_text(record, "file", point->section->path);
		json_add_number(record, "line", point_block(point)->line);
		json_add_text(record, "section", point_section_title(&app->arena, point));
		json_add_text(record, "id", point->id);
		json_add_text(record, "text", point->text);
		json_print(app, record);
	}
}

static int run(struct app *app, int argc, char **argv)
{
	const struct workshop *workshop;
	const struct section *section = NULL;
	struct notes notes = {0};
	const char *wanted = argc > 1 ? argv[1] : NULL;
	err failure;

	if ((failure = notes_open(app, &notes)) ||
	    (failure = workshop_choose(&app->arena, &notes.workshops, wanted, notes.place,
				       &workshop)) ||
	    (option_given(app, "section") &&
	     (failure = section_choose(&app->arena, workshop, option_value(app, "section"),
				       &section))))
		goto done;
	if (option_given(app, "authors") || option_given(app, "since")) {
		failure = show_authors(app, workshop->folder, section ? section->path : STR(""));
		goto done;
	}
	if (app->json) {
		print_json(app, &notes, workshop, section);
		notes_tell_unread(app, &notes, workshop);
		goto done;
	}
	if (!section)
		print_about(app, workshop);
	print_sections(app, workshop, section);
	notes_tell_unread(app, &notes, workshop);
	if (!section)
		since_remember(app, &notes, workshop->folder);
done:
	notes_close(&notes);
	return fail(app, failure);
}

static const struct option options[] = {
	{"workshop", 'w', N_("WORKSHOP"), N_("which workshop, instead of the one you are in")},
	{"section", 's', N_("SECTION"),
	 N_("only this section: a number, a file, a kind or a piece of its title")},
	{"authors", 0, NULL, N_("with who wrote each point and word")},
	{"since", 0, N_("TIME"),
	 N_("only what is new since: a date, “yesterday”, “3 days”, “last”: since you last "
	    "looked")},
	{0},
};

const struct command command_show = {
	.name = "show",
	.french = "voir",
	.arguments = N_("[WORKSHOP]"),
	.summary = N_("show a workshop as one document"),
	.options = options,
	.most = 1,
	.of_workshops = true,
	.needs = NEEDS_NOTES,
	.everyday = true,
	.paged = true,
	.examples = N_("atelier show compost\n"
		       "atelier show --authors -s discussion\n"
		       "atelier show --since yesterday"),
	.run = run,
};
