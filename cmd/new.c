#include "cmd/commands.h"
#include "cmd/json.h"
#include "cmd/notes.h"
#include "cmd/print.h"
#include "cmd/template.h"
#include "cmd/wrapped.h"
#include "core/message.h"
#include "core/meta.h"
#include "core/note_date.h"
#include "core/note_import.h"
#include "core/path.h"
#include "core/text.h"
#include "core/utf8.h"

/* The sections that a workshop begins with where there is no template. */
static const enum section_kind usual_sections[] = {
	SECTION_QUESTIONS,
	SECTION_SYNTHESIS,
	SECTION_DISCUSSION,
	SECTION_IDEAS,
};

enum { USUAL_SECTIONS = sizeof usual_sections / sizeof *usual_sections };

/* What a new workshop consists of; workshop.yml comes first. */
struct beginning {
	struct str folder;
	struct recorded_file *files;
	size_t count;
};

/* Puts what was given, if anything, in the place of what stands there. */
static void set(struct app *app, struct meta_doc *about, const char *key, const char *value)
{
	struct str given = str_trim(str_of(value));

	if (given.len == 0)
		return;
	struct str text = meta_set(&app->arena, about, str_of(key), given);
	/* What is written here can be read again. */
	err_free(meta_read(&app->arena, text, "workshop.yml", about));
}

/* "A, B" as an entry of `people`. */
static struct str people_entry(struct app *app, struct str names)
{
	struct buf entry = {.arena = &app->arena};
	struct str name;

	/* "Participants" in French and English alike. */
	buf_add_c(&entry, "{heading: Participants, names: [");
	for (bool first = true; str_next_part(&names, ',', &name);) {
		if (str_is_blank(name))
			continue;
		buf_add_c(&entry, first ? "" : ", ");
		meta_write_scalar(&entry, str_trim(name), true);
		first = false;
	}
	buf_add_c(&entry, "]}");
	return buf_str(&entry);
}

/* workshop.yml: what the template says (empty: nothing), then what was given. */
static err describe(struct app *app, struct str template, const char *title, enum language language,
		    struct str *out)
{
	struct str people = str_of(option_value(app, "people"));
	struct meta_doc about = {0};
	err e = meta_read(&app->arena, template, "workshop.yml", &about);

	if (e)
		return e;
	set(app, &about, "title", title);
	set(app, &about, "date", option_value(app, "date"));
	set(app, &about, "place", option_value(app, "place"));
	set(app, &about, "language", language == LANGUAGE_FRENCH ? "fr" : "en");
	*out = about.source;
	if (!str_is_blank(people))
		*out = meta_append(&app->arena, &about, STR("people"), people_entry(app, people));
	return NULL;
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
	/* However the day was written, folders sort by it. */
	struct str day = note_date_find(&app->arena, date);
	if (day.len)
		slug = str_printf(&app->arena, "%.*s-%.*s", STR_ARGS(day), STR_ARGS(slug));
	if (workshop_at(&notes->workshops, slug))
		return err_advise(err_new(STATUS_BAD_INPUT, _("The workshop %.*s exists already."),
					  STR_ARGS(slug)),
				  _("Give another title, or a day with --date."));
	*out = slug;
	return NULL;
}

static void add_file(struct app *app, struct beginning *beginning, struct str name,
		     struct str bytes)
{
	beginning->files[beginning->count++] = (struct recorded_file){
		.path = path_join(&app->arena, beginning->folder, name),
		.bytes = bytes,
	};
}

static err begin_as_usual(struct app *app, const char *title, enum language language,
			  struct beginning *out)
{
	struct str about;
	err e = describe(app, (struct str){0}, title, language, &about);

	if (e)
		return e;
	out->files = arena_array(&app->arena, struct recorded_file, USUAL_SECTIONS + 1);
	add_file(app, out, STR("workshop.yml"), about);
	for (size_t i = 0; i < USUAL_SECTIONS; i++) {
		const char *heading = section_kind_title(usual_sections[i], language);
		struct str slug = text_slug(&app->arena, str_of(heading));

		add_file(app, out, str_printf(&app->arena, "%02zu-%.*s.md", i + 1, STR_ARGS(slug)),
			 str_printf(&app->arena, "# %s\n", heading));
	}
	return NULL;
}

/* A template is a document as import reads it, of which only the title is left out. */
static err begin_from(struct app *app, struct str template, const char *title,
		      enum language language, struct beginning *out)
{
	struct imported note = import_note(&app->arena, template, str_of(title), language);
	struct str about;
	err e = describe(app, note.files[0].bytes, title, language, &about);

	if (e)
		return e;
	out->files = arena_array(&app->arena, struct recorded_file, note.count);
	add_file(app, out, note.files[0].name, about);
	for (size_t i = 1; i < note.count; i++)
		add_file(app, out, note.files[i].name, note.files[i].bytes);
	return NULL;
}

static err begin(struct app *app, const struct notes *notes, const char *title,
		 enum language language, struct beginning *out)
{
	struct str template = {0};
	err e = template_read(&app->arena, notes->repo, option_value(app, "template"), &template);

	if (e)
		return e;
	return template.at ? begin_from(app, template, title, language, out)
			   : begin_as_usual(app, title, language, out);
}

static void tell(struct app *app, const struct beginning *beginning)
{
	if (!app->json) {
		print_line(app, _("New workshop: %.*s\n"), STR_ARGS(beginning->folder));
		for (size_t i = 0; i < beginning->count; i++)
			print(app, "  %.*s\n", STR_ARGS(path_name(beginning->files[i].path)));
		note(app, "%s\n",
		     _("Next: write in these files, in any editor, then “atelier sync”."));
		return;
	}
	struct json *record = json_record();
	json_add_text(record, "workshop", beginning->folder);
	struct json *list = json_add_array(record, "files");
	for (size_t i = 0; i < beginning->count; i++)
		json_add_text(list, NULL, beginning->files[i].path);
	json_print(app, record);
}

static int run(struct app *app, int argc, char **argv)
{
	struct beginning beginning = {0};
	struct notes notes = {0};
	enum language language;
	err failure;

	(void)argc;
	if ((failure = notes_open(app, &notes)) ||
	    (failure = choose_folder(app, &notes, argv[1], &beginning.folder)))
		goto done;
	language = notes_language(app, &notes);
	if ((failure = begin(app, &notes, argv[1], language, &beginning)))
		goto done;
	struct str message = str_printf(
		&app->arena,
		language == LANGUAGE_FRENCH ? "Nouvel atelier : %s" : "New workshop: %s", argv[1]);
	if ((failure = notes_record(app, &notes, beginning.files, beginning.count, message)))
		goto done;
	tell(app, &beginning);
done:
	notes_close(&notes);
	return fail(app, failure);
}

static const struct option options[] = {
	{"date", 0, N_("DAY"), N_("when it takes place: 2026-05-31, 31/05/2026, 31 May 2026")},
	{"place", 0, N_("PLACE"), N_("where it takes place")},
	{"people", 0, N_("\"A, B\""), N_("who takes part")},
	{"template", 0, N_("NAME"), N_("begin as templates/NAME.txt says")},
	{0},
};

const struct command command_new = {
	.name = "new",
	.french = "nouveau",
	.arguments = N_("TITLE"),
	.summary = N_("begin a workshop with empty sections"),
	.details = N_("A template is a document in the folder “templates”, shared like the notes: "
		      "templates/NAME.txt, with headings for sections and what they begin with. "
		      "templates/default.txt, where it is there, serves without being named."),
	.options = options,
	.least = 1,
	.most = 1,
	.needs = NEEDS_REPOSITORY,
	.everyday = true,
	.examples = N_("atelier new \"Compost on the corner\" --date 2026-05-31 --place Brest\n"
		       "atelier new \"June council\" --template council --people \"Anne B, Omar\""),
	.run = run,
};
