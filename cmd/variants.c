#include "cmd/commands.h"
#include "cmd/json.h"
#include "cmd/print.h"
#include "cmd/wordings.h"
#include "core/message.h"

static void print_json(struct app *app, const struct wordings *wordings)
{
	struct json *record = json_record();

	json_add_text(record, "workshop", wordings->workshop->folder);
	json_add_text(record, "file", wordings->section->path);
	json_add_number(record, "line", wordings_line(wordings));
	json_add_text(record, "id", wordings->id);
	struct json *texts = json_add_array(record, "wordings");
	for (size_t n = 0; n < wordings->set.count; n++)
		json_add_text(texts, NULL, wordings->texts[n]);
	json_print(app, record);
}

static int run(struct app *app, int argc, char **argv)
{
	struct notes notes = {0};
	err failure = notes_open(app, &notes);

	(void)argc;
	(void)argv;
	if (failure)
		goto done;
	struct all_wordings found = wordings_of(app, &notes);
	notes_tell_unread(app, &notes, NULL);
	for (size_t i = 0; i < found.count; i++) {
		if (app->json) {
			print_json(app, &found.all[i]);
			continue;
		}
		wordings_print(app, &found.all[i]);
		print(app, "\n");
	}
	if (!app->json && found.count == 0)
		print(app, "%s\n", _("No wording is left to choose."));
	else if (!app->json)
		print(app, "%s\n",
		      _("Settle one: atelier choose POINT NUMBER, or delete the other wordings in "
			"your editor."));
done:
	notes_close(&notes);
	return fail(app, failure);
}

const struct command command_variants = {
	.name = "variants",
	.french = "variantes",
	.summary = N_("list the points that have several wordings"),
	.needs = NEEDS_NOTES,
	.everyday = true,
	.run = run,
};
