#include "cmd/commands.h"
#include "cmd/json.h"
#include "cmd/wordings.h"
#include "cmd/wrapped.h"
#include "core/message.h"

static void print_json(struct app *app, const struct choice *choice)
{
	struct json *record = choice_record(choice);
	struct json *texts = json_add_array(record, "wordings");
	for (size_t n = 0; n < choice->count; n++)
		json_add_text(texts, NULL, choice->texts[n]);
	json_print(app, record);
}

static void print_all(struct app *app, const struct choices *found)
{
	for (size_t i = 0; i < found->count; i++) {
		if (app->json) {
			print_json(app, &found->all[i]);
			continue;
		}
		choice_print(app, &found->all[i]);
		print(app, "\n");
	}
	if (app->json)
		return;
	print_line(app, "%s\n",
		   found->count == 0
			   ? _("No wording is left to choose.")
			   : _("Settle one: atelier choose (it asks), atelier choose POINT NUMBER, "
			       "or delete the other wordings in your editor."));
}

static int run(struct app *app, int argc, char **argv)
{
	struct choices found = {0};
	struct notes notes = {0};
	err failure = notes_open(app, &notes);

	(void)argc;
	(void)argv;
	if (!failure)
		failure = choices_of(app, &notes, &found);
	if (!failure) {
		notes_tell_unread(app, &notes, NULL);
		print_all(app, &found);
	}
	notes_close(&notes);
	return fail(app, failure);
}

const struct command command_variants = {
	.name = "variants",
	.french = "variantes",
	.summary = N_("list the points that have several wordings"),
	.needs = NEEDS_NOTES,
	.everyday = true,
	.paged = true,
	.examples = N_("atelier variants"),
	.run = run,
};
