#include "cmd/gather.h"

#include "cmd/gather_forming.h"
#include "cmd/gather_people.h"

/* --- which workshops ------------------------------------------------------------ */

static err choose_workshops(struct gathering *gathering, char **names, size_t count)
{
	const struct notes *notes = &gathering->notes->attribution.notes;
	const struct workshops *all = &notes->workshops;
	struct gathered *out = gathering->out;
	bool *wanted;
	err e = notes_choose(gathering->arena, notes, names, count, &wanted);

	if (e)
		return e;
	out->workshops = arena_array(gathering->arena, const struct workshop *, all->count);
	for (size_t i = 0; i < all->count; i++)
		if (wanted[i])
			out->workshops[out->workshop_count++] = &all->all[i];
	return NULL;
}

/* --- what says the same ---------------------------------------------------------- */

uint32_t gathering_root(const struct gathering *gathering, uint32_t wording)
{
	while (gathering->root_of[wording] != wording)
		wording = gathering->root_of[wording];
	return wording;
}

bool gathering_is_one_idea(const struct idea_group *group)
{
	return group->level >= ALIKE_SAME_WORDS || group->verdict == VERDICT_SAME;
}

static void join_wordings(struct gathering *gathering, const struct ideas *groups)
{
	uint32_t count = gathering->notes->collection->count;

	gathering->root_of = arena_array(gathering->arena, uint32_t, count);
	for (uint32_t i = 0; i < count; i++)
		gathering->root_of[i] = i;
	for (size_t i = 0; i < groups->count; i++) {
		const struct idea_group *group = &groups->groups[i];
		uint32_t root = gathering_root(gathering, group->wordings[0]);

		for (size_t n = 1; gathering_is_one_idea(group) && n < group->count; n++)
			gathering->root_of[gathering_root(gathering, group->wordings[n])] = root;
	}
}

/* Gives every telling its idea. */
static void number_ideas(struct gathering *gathering)
{
	const struct alike_notes *notes = gathering->notes;
	struct gathered *out = gathering->out;
	size_t point = 0;

	gathering->idea_of = arena_array(gathering->arena, size_t, out->telling_count);
	gathering->wording_of = arena_array(gathering->arena, uint32_t, out->telling_count);
	gathering->by_wording = arena_array(gathering->arena, size_t, notes->collection->count);
	for (uint32_t i = 0; i < notes->collection->count; i++)
		gathering->by_wording[i] = SIZE_MAX;
	for (size_t i = 0; i < out->telling_count; i++) {
		uint32_t wording = NO_WORDING;
		size_t *known = NULL;

		/* Tellings that are points stand in the order of the notes. */
		if (out->tellings[i].point)
			wording = notes->collection->wording_of[point++];
		gathering->wording_of[i] = wording;
		if (wording != NO_WORDING)
			known = &gathering->by_wording[gathering_root(gathering, wording)];
		if (!known || *known == SIZE_MAX)
			gathering->idea_of[i] = out->idea_count++;
		else
			gathering->idea_of[i] = *known;
		if (known)
			*known = gathering->idea_of[i];
	}
}

enum section_kind gathering_kind(const struct gathering *gathering, const struct telling *telling)
{
	return gathering->places.all[telling->place].kind;
}

/* Where an idea that is told in several kinds of sections is shown. */
static unsigned precedence(enum section_kind kind)
{
	static const unsigned order[] = {
		[SECTION_QUESTIONS] = 0,  [SECTION_SYNTHESIS] = 1, [SECTION_IDEAS] = 2,
		[SECTION_CONCLUSION] = 3, [SECTION_OTHER] = 4,	   [SECTION_DISCUSSION] = 5,
	};

	return order[kind];
}

/* Puts the telling that is shown in front; the others keep their order. */
static void put_shown_first(const struct gathering *gathering, struct idea *idea)
{
	size_t best = 0;

	for (size_t i = 1; i < idea->telling_count; i++)
		if (precedence(gathering_kind(gathering, idea->tellings[i])) <
		    precedence(gathering_kind(gathering, idea->tellings[best])))
			best = i;
	const struct telling *shown = idea->tellings[best];
	for (; best > 0; best--)
		idea->tellings[best] = idea->tellings[best - 1];
	idea->tellings[0] = shown;
}

static void form_ideas(struct gathering *gathering)
{
	struct gathered *out = gathering->out;
	size_t *starts = arena_array(gathering->arena, size_t, out->idea_count + 1);
	const struct telling **tellings =
		arena_array(gathering->arena, const struct telling *, out->telling_count);
	size_t shown = 0;

	gathering->ideas = arena_array(gathering->arena, struct forming, out->idea_count);
	for (size_t i = 0; i < out->telling_count; i++)
		starts[gathering->idea_of[i] + 1]++;
	for (size_t i = 0; i < out->idea_count; i++) {
		starts[i + 1] += starts[i];
		gathering->ideas[i] = (struct forming){
			.idea.tellings = tellings + starts[i],
			.first_detail = SIZE_MAX,
			.last_detail = SIZE_MAX,
			.next_detail = SIZE_MAX,
		};
	}
	for (size_t i = 0; i < out->telling_count; i++) {
		struct idea *idea = &gathering->ideas[gathering->idea_of[i]].idea;
		idea->tellings[idea->telling_count++] = &out->tellings[i];
	}
	for (size_t i = 0; i < out->idea_count; i++)
		put_shown_first(gathering, &gathering->ideas[i].idea);
	gathering->shown = arena_array(gathering->arena, size_t, out->idea_count);
	for (size_t i = 0; i < out->telling_count; i++)
		if (gathering->ideas[gathering->idea_of[i]].idea.tellings[0] == &out->tellings[i])
			gathering->shown[shown++] = gathering->idea_of[i];
}

/* --- the whole ------------------------------------------------------------------- */

static err find_variants(struct gathering *gathering, bool everything)
{
	const struct notes *notes = &gathering->notes->attribution.notes;
	struct gathered *out = gathering->out;
	struct choices choices = {0};
	err e = choices_of(gathering->app, notes, &choices);

	if (e)
		return e;
	out->variants = arena_array(gathering->arena, const struct choice *, choices.count);
	for (size_t i = 0; i < choices.count; i++) {
		bool wanted = everything;

		for (size_t n = 0; n < out->workshop_count && !wanted; n++)
			wanted = str_equal(choices.all[i].workshop, out->workshops[n]->folder);
		if (wanted)
			out->variants[out->variant_count++] = &choices.all[i];
	}
	return NULL;
}

err gather(struct app *app, struct alike_notes *notes, char **names, size_t count,
	   struct gathered *out)
{
	struct gathering gathering = {.app = app, .arena = &app->arena, .notes = notes, .out = out};
	err e;

	*out = (struct gathered){0};
	if ((e = choose_workshops(&gathering, names, count)) ||
	    (e = find_variants(&gathering, count == 0)))
		return e;
	struct ideas groups = alike_notes_ideas(app, notes, ALIKE_NEAR);
	gather_tellings(app, notes, out, &gathering.places);
	gather_people(app, &notes->attribution, out);
	join_wordings(&gathering, &groups);
	number_ideas(&gathering);
	form_ideas(&gathering);
	gather_carried(&gathering, &groups);
	gather_placed(&gathering);
	out->idea_count = 0;
	for (size_t i = 0; i < out->section_count; i++)
		for (size_t n = 0; n < out->sections[i].count; n++)
			out->idea_count += !idea_is_blank(&out->sections[i], n);
	return NULL;
}

bool idea_is_blank(const struct gathered_section *section, size_t index)
{
	const struct idea *idea = section->ideas[index];
	bool has_details = index + 1 < section->count && section->ideas[index + 1]->parent == idea;

	return idea->telling_count == 1 && !has_details && idea->carrier_count == 0 &&
	       idea->tellings[0]->matter.len == 0 && idea->tellings[0]->point &&
	       str_is_blank(idea->tellings[0]->point->text);
}

static void add_all(struct arena *arena, struct part_takers *to, const struct telling *telling)
{
	for (size_t i = 0; i < telling->writers.count; i++)
		part_takers_add(arena, to, telling->writers.at[i]);
	for (size_t i = 0; i < telling->editors.count; i++)
		part_takers_add(arena, to, telling->editors.at[i]);
	for (size_t i = 0; i < telling->speakers.count; i++)
		part_takers_add(arena, to, telling->speakers.at[i]);
}

struct part_takers idea_people(struct arena *arena, const struct idea *idea)
{
	struct part_takers people = {0};

	for (size_t i = 0; i < idea->telling_count; i++)
		add_all(arena, &people, idea->tellings[i]);
	for (size_t i = 0; i < idea->carrier_count; i++)
		add_all(arena, &people, idea->carried_by[i].telling);
	return people;
}
