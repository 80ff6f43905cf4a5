#include "cmd/gather_people.h"

#include <stdlib.h>

#include "core/id_table.h"
#include "core/people_groups.h"
#include "core/text.h"

/* Someone who had a part, with what tells them from others. */
struct enrolled {
	struct gathered_person shown;
	const struct person *person; /* NULL: only a speaker */
	struct str folded;	     /* the name of one who is only a speaker */
	uint32_t number;	     /* in the order of finding */
};

struct roll {
	struct arena *arena;
	const struct attribution *attribution;
	struct enrolled *people;
	size_t count, room;
	uint32_t *of_commit; /* NO_PERSON: nobody, or not asked yet */
};

void part_takers_add(struct arena *arena, struct part_takers *people, uint32_t person)
{
	for (size_t i = 0; i < people->count; i++)
		if (people->at[i] == person)
			return;
	if (person == NO_PERSON)
		return;
	arena_push(arena, people->at, people->count, people->room);
	people->at[people->count++] = person;
}

static uint32_t add(struct roll *roll, struct enrolled enrolled)
{
	enrolled.number = (uint32_t)roll->count;
	arena_push(roll->arena, roll->people, roll->count, roll->room);
	roll->people[roll->count++] = enrolled;
	return enrolled.number;
}

static uint32_t number_of_person(struct roll *roll, const struct person *person)
{
	const struct people *people = &roll->attribution->people;
	struct enrolled enrolled = {.person = person,
				    .shown = {.name = person->name, .email = person->email}};

	for (size_t i = 0; i < roll->count; i++)
		if (roll->people[i].person == person)
			return (uint32_t)i;
	for (size_t i = 0; i < people->count; i++)
		if (people->all[i] == person)
			enrolled.shown.initials = roll->attribution->signs[i];
	return add(roll, enrolled);
}

static uint32_t number_of_commit(struct roll *roll, uint32_t commit)
{
	const struct person *person = author_of(roll->attribution, commit);

	if (!person)
		return NO_PERSON;
	if (roll->of_commit[commit] == NO_PERSON)
		roll->of_commit[commit] = number_of_person(roll, person);
	return roll->of_commit[commit];
}

/* Somebody whom the notes name and who has recorded nothing. */
static uint32_t number_of_guest(struct roll *roll, struct str name)
{
	struct str folded = text_fold(roll->arena, name);

	for (size_t i = 0; i < roll->count; i++)
		if (!roll->people[i].person && str_equal(roll->people[i].folded, folded))
			return (uint32_t)i;
	return add(roll, (struct enrolled){.folded = folded, .shown = {.name = name}});
}

static uint32_t number_of_speaker(struct roll *roll, const struct speaker *speaker)
{
	const struct person *person = speaker->person;

	if (!speaker_is_known(speaker))
		return NO_PERSON;
	if (!person && speaker->how != SPEAKER_GUEST)
		person = contributor_named(roll->arena, roll->attribution, speaker->name);
	return person ? number_of_person(roll, person) : number_of_guest(roll, speaker->name);
}

static void find_writers(struct roll *roll, struct telling *telling)
{
	const struct trace_point *trace = telling->point->trace;
	const struct history_commit *commit = recorded_commit(roll->attribution, trace->origin);

	if (commit) {
		telling->at = commit->author.time;
		telling->offset_minutes = commit->author.offset_minutes;
	}
	part_takers_add(roll->arena, &telling->writers, number_of_commit(roll, trace->origin));
	for (const struct trace_also *also = trace->also; also; also = also->next)
		part_takers_add(roll->arena, &telling->writers,
				number_of_commit(roll, also->commit));
	for (const struct trace_event *event = trace->events; event; event = event->next) {
		uint32_t editor = event->kind == TRACE_REWORD
					  ? number_of_commit(roll, event->commit)
					  : NO_PERSON;
		bool wrote = false;

		for (size_t i = 0; i < telling->writers.count; i++)
			wrote = wrote || telling->writers.at[i] == editor;
		if (!wrote)
			part_takers_add(roll->arena, &telling->editors, editor);
	}
}

/* Neighbouring runs of one person are one. */
static void find_runs(struct roll *roll, struct telling *telling)
{
	const struct trace_wording *wording = telling->point->wording;

	telling->runs = arena_array(roll->arena, struct gathered_run, wording->run_count);
	for (uint32_t i = 0; i < wording->run_count; i++) {
		struct gathered_run run = {wording->runs[i].words,
					   number_of_commit(roll, wording->runs[i].commit)};

		if (telling->run_count &&
		    telling->runs[telling->run_count - 1].person == run.person)
			telling->runs[telling->run_count - 1].words += run.words;
		else
			telling->runs[telling->run_count++] = run;
	}
}

static void find_parts(struct roll *roll, struct telling *telling)
{
	const struct attributed *point = telling->point;

	if (point->trace)
		find_writers(roll, telling);
	if (point->wording)
		find_runs(roll, telling);
	for (size_t i = 0; i < point->speakers.count; i++)
		part_takers_add(roll->arena, &telling->speakers,
				number_of_speaker(roll, &point->speakers.all[i]));
	if (telling->writers.count)
		roll->people[telling->writers.at[0]].shown.wrote++;
	for (size_t i = 0; i < telling->speakers.count; i++)
		roll->people[telling->speakers.at[i]].shown.said++;
}

/* Those whom a workshop lists took part in it, whether or not they wrote. */
static void find_listed(struct roll *roll, const struct workshop *workshop)
{
	struct meta_doc about = {0};

	/* YAML that cannot be read is no reason not to bring the notes together. */
	err_free(meta_read(roll->arena, workshop->about, "workshop.yml", &about));
	struct people_groups groups = people_groups_of(roll->arena, about.root);
	for (size_t i = 0; i < groups.count; i++)
		for (size_t n = 0; n < groups.all[i].names.count; n++) {
			struct str name = groups.all[i].names.at[n];
			const struct person *person =
				contributor_named(roll->arena, roll->attribution, name);

			if (person)
				number_of_person(roll, person);
			else
				number_of_guest(roll, name);
		}
}

/* --- in order ------------------------------------------------------------------ */

static int by_part(const void *left, const void *right)
{
	const struct enrolled *a = left, *b = right;
	size_t parts_a = a->shown.wrote + a->shown.said, parts_b = b->shown.wrote + b->shown.said;
	int order = (parts_a < parts_b) - (parts_a > parts_b);

	if (order == 0)
		order = str_compare(a->shown.name, b->shown.name);
	if (order == 0)
		order = str_compare(a->shown.email, b->shown.email);
	return order ? order : (a->number > b->number) - (a->number < b->number);
}

static void renumber(struct part_takers *people, const uint32_t *numbers)
{
	for (size_t i = 0; i < people->count; i++)
		people->at[i] = numbers[people->at[i]];
}

static void put_in_order(struct roll *roll, struct gathered *out)
{
	uint32_t *numbers = arena_array(roll->arena, uint32_t, roll->count);

	if (roll->count)
		qsort(roll->people, roll->count, sizeof *roll->people, by_part);
	for (size_t i = 0; i < roll->count; i++)
		numbers[roll->people[i].number] = (uint32_t)i;
	for (size_t i = 0; i < out->telling_count; i++) {
		struct telling *telling = &out->tellings[i];

		renumber(&telling->writers, numbers);
		renumber(&telling->editors, numbers);
		renumber(&telling->speakers, numbers);
		for (size_t n = 0; n < telling->run_count; n++)
			if (telling->runs[n].person != NO_PERSON)
				telling->runs[n].person = numbers[telling->runs[n].person];
	}
}

/*
 * Contributors keep the signs they have everywhere; those of others give way. A note may list
 * thousands who have the same initials: each text is known by its id, and counting goes on.
 */
static void give_initials(struct roll *roll, struct gathered *out)
{
	size_t *last = arena_array(roll->arena, size_t, out->person_count);
	struct id_table taken = {0}, firsts = {0};

	for (size_t i = 0; i < out->person_count; i++)
		id_table_add(roll->arena, &taken, blob_id_of(out->people[i].initials));
	for (size_t i = 0; i < out->person_count; i++) {
		struct str first = initials_of(roll->arena, out->people[i].name);
		struct str initials = first.len ? first : STR("?");
		size_t *number;

		if (out->people[i].initials.len)
			continue;
		number = &last[id_table_add(roll->arena, &firsts, blob_id_of(first))];
		do {
			if (++*number > 1)
				initials = str_printf(roll->arena, "%.*s%zu", STR_ARGS(first),
						      *number);
		} while (id_table_find(&taken, blob_id_of(initials)) != ID_UNKNOWN);
		id_table_add(roll->arena, &taken, blob_id_of(initials));
		out->people[i].initials = initials;
	}
}

void gather_people(struct app *app, const struct attribution *attribution, struct gathered *out)
{
	struct roll roll = {.arena = &app->arena, .attribution = attribution};
	uint32_t commits = attribution->history.commit_count;

	roll.of_commit = arena_array(&app->arena, uint32_t, commits + 1);
	for (uint32_t i = 0; i < commits; i++)
		roll.of_commit[i] = NO_PERSON;
	for (size_t i = 0; i < out->telling_count; i++)
		if (out->tellings[i].point)
			find_parts(&roll, &out->tellings[i]);
	for (size_t i = 0; i < out->workshop_count; i++)
		find_listed(&roll, out->workshops[i]);
	put_in_order(&roll, out);
	out->people = arena_array(&app->arena, struct gathered_person, roll.count);
	for (size_t i = 0; i < roll.count; i++)
		out->people[i] = roll.people[i].shown;
	out->person_count = roll.count;
	give_initials(&roll, out);
}
