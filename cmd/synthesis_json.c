#include "cmd/facts.h"
#include "cmd/json.h"
#include "cmd/synthesis_print.h"

struct writing {
	struct app *app;
	const struct gathered *gathered;
};

static struct json *add_point(struct json *list, const struct writing *writing,
			      const struct telling *telling)
{
	struct str email = {0};

	if (telling->writers.count)
		email = writing->gathered->people[telling->writers.at[0]].email;
	return facts_add_point(list, telling->point, email);
}

static void add_contributors(struct json *object, const struct writing *writing,
			     const struct idea *idea)
{
	struct json *list = json_add_array(object, "contributors");
	struct part_takers people = {0};

	for (size_t i = 0; i < idea->telling_count; i++) {
		const struct telling *telling = idea->tellings[i];

		for (size_t n = 0; n < telling->writers.count; n++)
			part_takers_add(&writing->app->arena, &people, telling->writers.at[n]);
		for (size_t n = 0; n < telling->editors.count; n++)
			part_takers_add(&writing->app->arena, &people, telling->editors.at[n]);
	}
	for (size_t i = 0; i < people.count; i++) {
		const struct gathered_person *person = &writing->gathered->people[people.at[i]];
		struct json *each = json_add_object(list, NULL);

		json_add_text_or_null(each, "name", person->name);
		json_add_text_or_null(each, "email", person->email);
	}
}

static bool is_told(const struct speaker *const *told, size_t count, const struct speaker *speaker)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(told[i]->as, speaker->as) && str_equal(told[i]->name, speaker->name))
			return true;
	return false;
}

static void add_speakers(struct json *object, const struct writing *writing,
			 const struct idea *idea)
{
	struct json *list = json_add_array(object, "speakers");
	const struct speaker **told = NULL;
	size_t count = 0, room = 0;

	for (size_t i = 0; i < idea->telling_count; i++)
		for (size_t n = 0; n < idea->tellings[i]->point->speakers.count; n++) {
			const struct speaker *speaker = &idea->tellings[i]->point->speakers.all[n];
			struct json *each;

			if (is_told(told, count, speaker))
				continue;
			arena_push(&writing->app->arena, told, count, room);
			told[count++] = speaker;
			each = json_add_object(list, NULL);
			json_add_text(each, "as", speaker->as);
			json_add_text_or_null(each, "name", speaker->name);
			json_add_c(each, "how", speaker_how_name(speaker->how));
		}
}

static void add_idea(struct json *list, const struct writing *writing, const struct idea *idea)
{
	struct json *object = json_add_object(list, NULL), *points;

	json_add_text(object, "text", idea->tellings[0]->point->text);
	points = json_add_array(object, "points");
	for (size_t i = 0; i < idea->telling_count; i++)
		add_point(points, writing, idea->tellings[i]);
	add_contributors(object, writing, idea);
	add_speakers(object, writing, idea);
	points = json_add_array(object, "carried_by");
	for (size_t i = 0; i < idea->carrier_count; i++)
		json_add_c(add_point(points, writing, idea->carried_by[i].telling), "level",
			   idea->carried_by[i].level);
}

static void add_sections(struct json *record, const struct writing *writing)
{
	struct json *list = json_add_array(record, "sections");

	for (size_t i = 0; i < writing->gathered->section_count; i++) {
		const struct gathered_section *section = &writing->gathered->sections[i];
		struct json *object = json_add_object(list, NULL), *ideas;

		json_add_c(object, "kind", section_kind_name(section->kind));
		json_add_text(object, "title", section->title);
		ideas = json_add_array(object, "ideas");
		for (size_t n = 0; n < section->count; n++)
			/* Tables and quotes alone say nothing that is a point. */
			if (section->ideas[n]->tellings[0]->point && !idea_is_blank(section, n))
				add_idea(ideas, writing, section->ideas[n]);
	}
}

static void add_variants(struct json *record, const struct gathered *gathered)
{
	struct json *list = json_add_array(record, "variants");

	for (size_t i = 0; i < gathered->variant_count; i++) {
		const struct choice *choice = gathered->variants[i];
		struct json *object = json_add_object(list, NULL), *wordings;

		json_add_text(object, "workshop", choice->workshop);
		json_add_text(object, "file", choice->path);
		json_add_number(object, "line", choice->line);
		json_add_text(object, "id", choice->id);
		wordings = json_add_array(object, "wordings");
		for (size_t n = 0; n < choice->count; n++)
			json_add_text(wordings, NULL, choice->texts[n]);
	}
}

static void add_people(struct json *record, const struct gathered *gathered)
{
	struct json *list = json_add_array(record, "people");

	for (size_t i = 0; i < gathered->person_count; i++) {
		const struct gathered_person *person = &gathered->people[i];
		struct json *object = json_add_object(list, NULL);

		json_add_text_or_null(object, "name", person->name);
		json_add_text_or_null(object, "email", person->email);
		json_add_text(object, "initials", person->initials);
		json_add_number(object, "wrote", (int64_t)person->wrote);
		json_add_number(object, "said", (int64_t)person->said);
	}
}

struct str synthesis_json(struct app *app, const struct gathered *gathered)
{
	struct writing writing = {app, gathered};
	struct json *record = json_record();
	struct json *list = json_add_array(record, "workshops");

	for (size_t i = 0; i < gathered->workshop_count; i++) {
		struct json *object = json_add_object(list, NULL);

		json_add_text(object, "workshop", gathered->workshops[i]->folder);
		json_add_text(object, "title", gathered->workshops[i]->title);
	}
	add_sections(record, &writing);
	add_variants(record, gathered);
	add_people(record, gathered);
	return json_line(&app->arena, record);
}
