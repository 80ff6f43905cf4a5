#include "cmd/attribution.h"
#include "cmd/columns.h"
#include "cmd/commands.h"
#include "cmd/json.h"
#include "cmd/person_style.h"
#include "core/message.h"
#include "core/meta.h"

static void add_names(struct json *record, const char *key, const struct names *names)
{
	struct json *list = json_add_array(record, key);

	for (size_t i = 0; i < names->count; i++)
		json_add_text(list, NULL, names->at[i]);
}

static size_t points_of_person(const struct attribution *attribution, const struct person *person)
{
	size_t count = 0;

	for (size_t i = 0; i < attribution->points.count; i++)
		if (attribution->all[i].trace && !is_another_wording(attribution, i) &&
		    author_of(attribution, attribution->all[i].trace->origin) == person)
			count++;
	return count;
}

/* .mailmap joins addresses; people.yml also gives one to a person that it lists without. */
static bool joins_addresses(const struct likeness *pair)
{
	return pair->one->email.len && pair->other->email.len;
}

/* One address a line, as .mailmap wants it. */
static struct str mailmap_line(struct arena *arena, const struct likeness *pair)
{
	return str_printf(arena, "%.*s <%.*s> %.*s <%.*s>", STR_ARGS(pair->one->name),
			  STR_ARGS(pair->one->email), STR_ARGS(pair->other->name),
			  STR_ARGS(pair->other->email));
}

static struct str roster_line(struct arena *arena, const struct likeness *pair)
{
	struct buf line = {.arena = arena};

	buf_add_c(&line, "- {name: ");
	meta_write_scalar(&line, pair->one->name, true);
	buf_add_c(&line, ", emails: [");
	if (pair->one->email.len)
		meta_write_scalar(&line, pair->one->email, true);
	buf_add_c(&line, joins_addresses(pair) ? ", " : "");
	if (pair->other->email.len)
		meta_write_scalar(&line, pair->other->email, true);
	buf_add_c(&line, "]}");
	return buf_str(&line);
}

static void print_json(struct app *app, const struct attribution *attribution,
		       const struct likenesses *alike)
{
	for (size_t i = 0; i < attribution->people.count; i++) {
		const struct person *person = attribution->people.all[i];
		struct json *record = json_record(), *list;

		json_add_text(record, "name", person->name);
		json_add_text(record, "email", person->email);
		add_names(record, "emails", &person->emails);
		add_names(record, "aliases", &person->aliases);
		add_names(record, "written", &person->written);
		json_add_text(record, "initials", attribution->signs[i]);
		json_add_number(record, "points", (int64_t)points_of_person(attribution, person));
		json_add_bool(record, "listed", person->listed);
		list = json_add_array(record, "maybe_also");
		for (size_t j = 0; j < alike->count; j++)
			if (alike->all[j].one == person && joins_addresses(&alike->all[j]))
				json_add_text(list, NULL,
					      mailmap_line(&app->arena, &alike->all[j]));
		json_print(app, record);
	}
}

static void print_people(struct app *app, const struct attribution *attribution)
{
	struct columns columns = {.columns = 4, .left = 3};
	struct column_row *head = columns_add(&app->arena, &columns);

	head->cells[1] = str_of(_("name"));
	head->cells[2] = str_of(_("addresses"));
	head->cells[3] = str_of(_("first wrote"));
	for (size_t i = 0; i < attribution->people.count; i++) {
		const struct person *person = attribution->people.all[i];
		struct column_row *row = columns_add(&app->arena, &columns);
		struct buf emails = {.arena = &app->arena};

		for (size_t j = 0; j < person->emails.count; j++) {
			buf_add_c(&emails, j ? ", " : "");
			buf_add(&emails, person->emails.at[j]);
		}
		row->style = person_style(person);
		row->cells[0] = attribution->signs[i];
		row->cells[1] = person->name;
		row->cells[2] = buf_str(&emails);
		row->cells[3] =
			str_printf(&app->arena, "%zu", points_of_person(attribution, person));
	}
	columns_print(app, &columns);
}

static void print_suggestions(struct app *app, const struct likenesses *alike)
{
	size_t joins = 0;

	for (size_t i = 0; i < alike->count; i++)
		joins += joins_addresses(&alike->all[i]);
	if (joins)
		print(app, "\n%s\n",
		      _("These may be one person each. If so, add the line to .mailmap:"));
	for (size_t i = 0; i < alike->count; i++)
		if (joins_addresses(&alike->all[i]))
			print(app, "  %.*s\n", STR_ARGS(mailmap_line(&app->arena, &alike->all[i])));
	if (joins)
		print(app, "%s\n", _("or to people.yml:"));
	else if (alike->count)
		print(app, "\n%s\n",
		      _("These may be one person each. If so, add the line to people.yml:"));
	for (size_t i = 0; i < alike->count; i++)
		print(app, "  %.*s\n", STR_ARGS(roster_line(&app->arena, &alike->all[i])));
}

static int run(struct app *app, int argc, char **argv)
{
	struct attribution attribution;
	err e = attribution_open(app, &attribution);

	(void)argc;
	(void)argv;
	if (!e) {
		struct likenesses alike = people_alike(&app->arena, &attribution.people);

		if (app->json)
			print_json(app, &attribution, &alike);
		else if (attribution.people.count == 0)
			print(app, "%s\n", _("Nobody has recorded anything yet."));
		else {
			print_people(app, &attribution);
			print_suggestions(app, &alike);
		}
	}
	attribution_close(&attribution);
	return fail(app, e);
}

const struct command command_people = {
	.name = "people",
	.french = "personnes",
	.aliases = "gens",
	.summary = N_("list who writes, and who may be one person"),
	.details = N_("Addresses are one person's only where .mailmap or people.yml says so; what "
		      "merely looks alike is suggested, as lines for these files."),
	.needs = NEEDS_NOTES,
	.paged = true,
	.examples = N_("atelier people"),
	.run = run,
};
