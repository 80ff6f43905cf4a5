#include <stdio.h>
#include <unistd.h>

#include "cmd/commands.h"
#include "cmd/json.h"
#include "cmd/print.h"
#include "cmd/wordings.h"
#include "core/message.h"

enum { LEAVE = 0, ANSWER_BYTES = 64 };

/* The set that a point is a wording of. */
static err find_wordings(struct app *app, const struct notes *notes, const char *wanted,
			 struct wordings *out)
{
	struct all_wordings found = wordings_of(app, notes);
	struct points points = points_of(&app->arena, &notes->workshops);
	struct str name = str_trim(str_of(wanted));
	struct point point;

	for (size_t i = 0; i < found.count; i++)
		if (str_equal(found.all[i].id, name)) {
			*out = found.all[i];
			return NULL;
		}
	err failure =
		point_find(&app->arena, &notes->workshops, &points, name, notes->place, &point);
	if (failure)
		return failure;
	for (size_t i = 0; i < found.count; i++)
		for (size_t n = 0; n < found.all[i].set.count; n++)
			if (found.all[i].section == point.section &&
			    found.all[i].set.blocks[n] == point.index) {
				*out = found.all[i];
				return NULL;
			}
	return err_advise(
		err_new(STATUS_BAD_INPUT, _("%s: this point has one wording only."), wanted),
		_("“atelier variants” lists those that have several."));
}

/* A number from 1 to `most`; -1: it is none. */
static long read_number(struct str text, size_t most)
{
	size_t number = 0;

	text = str_trim(text);
	if (text.len == 0 || text.len > 4)
		return -1;
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] < '0' || text.at[i] > '9')
			return -1;
		number = 10 * number + (size_t)(text.at[i] - '0');
	}
	return number >= 1 && number <= most ? (long)number : -1;
}

/* Asks until there is an answer. out: the wording's number, or LEAVE */
static long ask(struct app *app, const struct wordings *wordings)
{
	char answer[ANSWER_BYTES];

	wordings_print(app, wordings);
	for (;;) {
		print(app, _("Which one stays? (1 to %zu, Enter: leave it) "), wordings->set.count);
		fflush(stdout);
		if (!fgets(answer, sizeof answer, stdin) || str_is_blank(str_of(answer)))
			return LEAVE;
		long number = read_number(str_of(answer), wordings->set.count);
		if (number > 0)
			return number;
	}
}

static err settle(struct app *app, struct notes *notes, const struct wordings *wordings,
		  size_t number)
{
	const struct section *section = wordings->section;
	struct str text = wordings->texts[number - 1];
	bool french = notes_language(app, notes) == LANGUAGE_FRENCH;
	struct recorded_file file = {
		.path = section->path,
		.bytes = variant_settle(&app->arena, &section->doc, &wordings->set, number - 1),
	};
	struct str message =
		str_printf(&app->arena, french ? "Choix : %.*s" : "Choose: %.*s", STR_ARGS(text));
	err failure = notes_record(app, notes, &file, &section->doc.source, 1, message);

	if (failure)
		return failure;
	if (app->json) {
		struct json *record = json_record();

		json_add_text(record, "workshop", wordings->workshop->folder);
		json_add_text(record, "file", section->path);
		json_add_number(record, "line", wordings_line(wordings));
		json_add_text(record, "text", text);
		json_print(app, record);
	} else {
		print(app, _("Settled: %.*s"), STR_ARGS(text));
		print(app, "\n");
	}
	return NULL;
}

/* Asks about every set, one after the other; what is settled moves those below. */
static err choose_all(struct app *app)
{
	size_t left = 0;

	for (;;) {
		struct notes notes = {0};
		err failure = notes_open(app, &notes);
		struct all_wordings found = {0};

		if (!failure)
			found = wordings_of(app, &notes);
		if (failure || left >= found.count) {
			if (!failure && found.count == 0 && left == 0)
				print(app, "%s\n", _("No wording is left to choose."));
			notes_close(&notes);
			return failure;
		}
		long number = ask(app, &found.all[left]);
		if (number == LEAVE)
			left++;
		else
			failure = settle(app, &notes, &found.all[left], (size_t)number);
		notes_close(&notes);
		if (failure)
			return failure;
		if (feof(stdin))
			return NULL;
	}
}

static err choose_one(struct app *app, const char *wanted, const char *number_text)
{
	struct wordings wordings = {0};
	struct notes notes = {0};
	long number;
	err failure;

	if ((failure = notes_open(app, &notes)) ||
	    (failure = find_wordings(app, &notes, wanted, &wordings)))
		goto done;
	if (number_text)
		number = read_number(str_of(number_text), wordings.set.count);
	else
		number = ask(app, &wordings);
	if (number < 0) {
		failure = err_new(STATUS_USAGE, _("%s: the wordings are numbered 1 to %zu."),
				  number_text, wordings.set.count);
		goto done;
	}
	if (number != LEAVE)
		failure = settle(app, &notes, &wordings, (size_t)number);
done:
	notes_close(&notes);
	return failure;
}

static int run(struct app *app, int argc, char **argv)
{
	bool can_ask = isatty(STDIN_FILENO) && !app->json;

	if (argc < 3 && !can_ask)
		return usage(app);
	return fail(app, argc == 1 ? choose_all(app)
				   : choose_one(app, argv[1], argc > 2 ? argv[2] : NULL));
}

const struct command command_choose = {
	.name = "choose",
	.french = "choisir",
	.arguments = N_("POINT [NUMBER]"),
	.summary = N_("settle which wording of a point stays"),
	.details = N_("  POINT is an id, file:line, or a piece of text that only one point has.\n"
		      "  On a terminal, without NUMBER, the wordings are shown and you are asked;\n"
		      "  without POINT, about all of them in turn.\n"
		      "\n"
		      "  atelier choose 0f3a5b7c91 2\n"
		      "  atelier choose my-workshop/03-discussion.md:12 1"),
	.most = 2,
	.needs = NEEDS_REPOSITORY,
	.everyday = true,
	.run = run,
};
