#include <string.h>

#include "cmd/commands.h"
#include "cmd/json.h"
#include "cmd/notes.h"
#include "cmd/print.h"
#include "core/message.h"
#include "core/meta.h"
#include "core/path.h"
#include "core/text.h"
#include "core/utf8.h"

/* The sections that a new workshop begins with. */
static const enum section_kind template[] = {
	SECTION_QUESTIONS,
	SECTION_SYNTHESIS,
	SECTION_DISCUSSION,
	SECTION_IDEAS,
};

enum { TEMPLATE_FILES = sizeof template / sizeof *template + 1 };

/* "2026-05-03", which sorts folders by day; other ways of writing a date do not. */
static bool sorts_as_date(struct str date)
{
	if (date.len != 10)
		return false;
	for (size_t i = 0; i < 10; i++) {
		bool dash = i == 4 || i == 7;
		if (dash ? date.at[i] != '-' : date.at[i] < '0' || date.at[i] > '9')
			return false;
	}
	return true;
}

static void add_line(struct buf *out, const char *key, const char *value)
{
	if (!value || str_is_blank(str_of(value)))
		return;
	buf_printf(out, "%s: ", key);
	meta_write_scalar(out, str_trim(str_of(value)), false);
	buf_add_byte(out, '\n');
}

static struct str describe(struct app *app, const char *title, enum language language)
{
	struct buf out = {.arena = &app->arena};
	struct str rest = str_of(option_value(app, "people")), name;

	add_line(&out, "title", title);
	add_line(&out, "date", option_value(app, "date"));
	add_line(&out, "place", option_value(app, "place"));
	add_line(&out, "language", language == LANGUAGE_FRENCH ? "fr" : "en");
	if (str_is_blank(rest))
		return buf_str(&out);
	/* "Participants" in French and English alike. */
	buf_add_c(&out, "people:\n  - heading: Participants\n    names: [");
	for (bool first = true; str_next_part(&rest, ',', &name);) {
		if (str_is_blank(name))
			continue;
		buf_add_c(&out, first ? "" : ", ");
		meta_write_scalar(&out, str_trim(name), true);
		first = false;
	}
	buf_add_c(&out, "]\n");
	return buf_str(&out);
}

static err choose_folder(struct app *app, const struct notes *notes, const char *title,
			 struct str *out)
{
	struct str slug = text_slug(&app->arena, str_of(title));
	struct str date = str_trim(str_of(option_value(app, "date")));

	if (!utf8_valid(str_of(title)) || !utf8_valid(date) ||
	    !utf8_valid(str_of(option_value(app, "place"))) ||
	    !utf8_valid(str_of(option_value(app, "people"))))
		return err_new(STATUS_BAD_INPUT, _("%s: this is not valid UTF-8."), title);
	if (slug.len == 0)
		return err_new(STATUS_BAD_INPUT, _("“%s”: a title needs a letter or a digit."),
			       title);
	if (sorts_as_date(date))
		slug = str_printf(&app->arena, "%.*s-%.*s", STR_ARGS(date), STR_ARGS(slug));
	for (size_t i = 0; i < notes->workshops.count; i++)
		if (str_equal(notes->workshops.all[i].folder, slug))
			return err_advise(err_new(STATUS_BAD_INPUT,
						  _("The workshop %.*s exists already."),
						  STR_ARGS(slug)),
					  _("Give another title, or a day with --date."));
	*out = slug;
	return NULL;
}

static void plan_files(struct app *app, struct str folder, struct str about, enum language language,
		       struct recorded_file files[TEMPLATE_FILES])
{
	files[0] = (struct recorded_file){
		.path = path_join(&app->arena, folder, STR("workshop.yml")),
		.bytes = about,
	};
	for (size_t i = 1; i < TEMPLATE_FILES; i++) {
		const char *title = section_kind_title(template[i - 1], language);
		struct str slug = text_slug(&app->arena, str_of(title));

		files[i] = (struct recorded_file){
			.path = str_printf(&app->arena, "%.*s/%02zu-%.*s.md", STR_ARGS(folder), i,
					   STR_ARGS(slug)),
			.bytes = str_printf(&app->arena, "# %s\n", title),
		};
	}
}

static void tell(struct app *app, struct str folder, const struct recorded_file *files)
{
	if (!app->json) {
		print(app, _("New workshop: %.*s"), STR_ARGS(folder));
		print(app, "\n");
		for (size_t i = 1; i < TEMPLATE_FILES; i++)
			print(app, "  %.*s\n", STR_ARGS(path_name(files[i].path)));
		return;
	}
	struct json *record = json_record();
	json_add_text(record, "workshop", folder);
	struct json *list = json_add_array(record, "files");
	for (size_t i = 0; i < TEMPLATE_FILES; i++)
		json_add_text(list, NULL, files[i].path);
	json_print(app, record);
}

static int run(struct app *app, int argc, char **argv)
{
	struct recorded_file files[TEMPLATE_FILES];
	struct str seen[TEMPLATE_FILES] = {{0}}, folder = {0}, message;
	struct notes notes = {0};
	err failure;

	(void)argc;
	if ((failure = notes_open(app, &notes)) ||
	    (failure = choose_folder(app, &notes, argv[1], &folder)))
		goto done;
	enum language language = notes_language(app, &notes);
	plan_files(app, folder, describe(app, argv[1], language), language, files);
	message = str_printf(
		&app->arena,
		language == LANGUAGE_FRENCH ? "Nouvel atelier : %s" : "New workshop: %s", argv[1]);
	if ((failure = notes_record(app, &notes, files, seen, TEMPLATE_FILES, message)))
		goto done;
	tell(app, folder, files);
done:
	notes_close(&notes);
	return fail(app, failure);
}

static const struct option options[] = {
	{"date", 0, N_("DAY"), N_("when it takes place, best as 2026-05-31")},
	{"place", 0, N_("PLACE"), N_("where it takes place")},
	{"people", 0, N_("\"A, B\""), N_("who takes part")},
	{0},
};

const struct command command_new = {
	.name = "new",
	.french = "nouveau",
	.arguments = N_("TITLE"),
	.summary = N_("begin a workshop with empty sections"),
	.options = options,
	.least = 1,
	.most = 1,
	.needs = NEEDS_REPOSITORY,
	.everyday = true,
	.run = run,
};
