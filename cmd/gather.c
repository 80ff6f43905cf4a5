#include "cmd/gather.h"

#include <stdlib.h>

#include "cmd/gather_parts.h"
#include "cmd/gather_people.h"
#include "cmd/gather_read.h"
#include "core/limits.h"

/* An idea while it is put in its place. */
struct forming {
	struct idea idea;
	size_t room;   /* for carriers */
	size_t *hosts; /* ideas that it carries; none: it stands in a section */
	size_t host_count, host_room;
	/* Numbers of ideas, SIZE_MAX: none. */
	size_t first_detail, last_detail, next_detail;
};

struct gathering {
	struct app *app;
	struct arena *arena;
	struct alike_notes *notes;
	struct gathered *out;
	struct gather_places places;
	uint32_t *root_of;    /* by wording: the first that says the same */
	uint32_t *wording_of; /* by telling; NO_WORDING: it has no words */
	size_t *idea_of;      /* by telling */
	size_t *by_wording;   /* by root: its idea */
	struct forming *ideas;
	size_t *shown; /* ideas, by the place of their first telling */
};

/* --- which workshops ------------------------------------------------------------ */

static err choose_workshops(struct gathering *gathering, char **names, size_t count)
{
	const struct notes *notes = &gathering->notes->attribution.notes;
	const struct workshops *all = &notes->workshops;
	bool *wanted = arena_array(gathering->arena, bool, all->count);
	struct gathered *out = gathering->out;

	for (size_t i = 0; i < count; i++) {
		const struct workshop *workshop;
		err e = workshop_choose(gathering->arena, all, names[i], notes->place, &workshop);

		if (e)
			return e;
		wanted[workshop - all->all] = true;
	}
	out->workshops = arena_array(gathering->arena, const struct workshop *, all->count);
	for (size_t i = 0; i < all->count; i++)
		if (count == 0 || wanted[i])
			out->workshops[out->workshop_count++] = &all->all[i];
	return NULL;
}

/* --- what says the same ---------------------------------------------------------- */

static uint32_t root_of(struct gathering *gathering, uint32_t wording)
{
	while (gathering->root_of[wording] != wording)
		wording = gathering->root_of[wording];
	return wording;
}

static bool says_the_same(const struct idea_group *group)
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
		uint32_t root = root_of(gathering, group->wordings[0]);

		for (size_t n = 1; says_the_same(group) && n < group->count; n++)
			gathering->root_of[root_of(gathering, group->wordings[n])] = root;
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
			known = &gathering->by_wording[root_of(gathering, wording)];
		if (!known || *known == SIZE_MAX)
			gathering->idea_of[i] = out->idea_count++;
		else
			gathering->idea_of[i] = *known;
		if (known)
			*known = gathering->idea_of[i];
	}
}

static enum section_kind kind_of(const struct gathering *gathering, const struct telling *telling)
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
		if (precedence(kind_of(gathering, idea->tellings[i])) <
		    precedence(kind_of(gathering, idea->tellings[best])))
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

/* --- what the discussion carries -------------------------------------------------- */

static bool is_discussed(const struct gathering *gathering, size_t idea)
{
	return kind_of(gathering, gathering->ideas[idea].idea.tellings[0]) == SECTION_DISCUSSION;
}

static void carry(struct gathering *gathering, size_t carrying, size_t hosting, const char *level)
{
	struct forming *carrier = &gathering->ideas[carrying], *host = &gathering->ideas[hosting];

	for (size_t i = 0; i < carrier->host_count; i++)
		if (carrier->hosts[i] == hosting)
			return;
	arena_push(gathering->arena, carrier->hosts, carrier->host_count, carrier->host_room);
	carrier->hosts[carrier->host_count++] = hosting;
	for (size_t i = 0; i < carrier->idea.telling_count; i++) {
		arena_push(gathering->arena, host->idea.carried_by, host->idea.carrier_count,
			   host->room);
		host->idea.carried_by[host->idea.carrier_count++] =
			(struct carrier){carrier->idea.tellings[i], level};
	}
}

/* Groups come with the surest level first, which is the one that is kept. */
static void carry_alike(struct gathering *gathering, const struct ideas *groups)
{
	for (size_t i = 0; i < groups->count; i++) {
		const struct idea_group *group = &groups->groups[i];

		for (size_t a = 0; !says_the_same(group) && a < group->count; a++)
			for (size_t b = 0; b < group->count; b++) {
				size_t one = gathering->by_wording[root_of(gathering,
									   group->wordings[a])];
				size_t other = gathering->by_wording[root_of(gathering,
									     group->wordings[b])];

				if (is_discussed(gathering, one) && !is_discussed(gathering, other))
					carry(gathering, one, other,
					      alike_level_name(group->level));
			}
	}
}

static bool is_set_apart(struct gathering *gathering, uint32_t a, uint32_t b)
{
	const struct alike_notes *notes = gathering->notes;

	for (size_t i = 0; i < notes->decided_count; i++) {
		const struct verdict *verdict = &notes->decided[i];
		uint32_t one = root_of(gathering, verdict->a);
		uint32_t other = root_of(gathering, verdict->b);

		if (verdict->kind == VERDICT_DIFFERENT &&
		    ((one == a && other == b) || (one == b && other == a)))
			return true;
	}
	return false;
}

/* The wordings of the workshop whose tellings begin at `from`. out: where the next ones begin */
static size_t wordings_from(const struct gathering *gathering, size_t from,
			    struct workshop_wordings *wordings)
{
	const struct gathered *out = gathering->out;
	size_t at = from;

	wordings->discussed_count = wordings->other_count = 0;
	for (;
	     at < out->telling_count && out->tellings[at].workshop == out->tellings[from].workshop;
	     at++) {
		uint32_t wording = gathering->wording_of[at];

		if (wording == NO_WORDING)
			continue;
		if (is_discussed(gathering, gathering->idea_of[at]))
			wordings->discussed[wordings->discussed_count++] = wording;
		else
			wordings->others[wordings->other_count++] = wording;
	}
	return at;
}

/* Within one workshop, what says a part of an idea carries it; over several that would be rash. */
static void carry_parts(struct gathering *gathering)
{
	struct arena *arena = gathering->arena;
	size_t count = gathering->out->telling_count;
	struct workshop_wordings wordings = {.discussed = arena_array(arena, uint32_t, count),
					     .others = arena_array(arena, uint32_t, count)};
	struct parts_work work = {0};
	struct alike_pairs pairs = {0};

	for (size_t i = 0; i < count;) {
		i = wordings_from(gathering, i, &wordings);
		gather_parts(arena, &work, gathering->notes->collection, &wordings, &pairs);
	}
	for (size_t i = 0; i < pairs.count; i++) {
		uint32_t a = root_of(gathering, pairs.at[i].a);
		uint32_t b = root_of(gathering, pairs.at[i].b);

		if (!is_set_apart(gathering, a, b))
			carry(gathering, gathering->by_wording[a], gathering->by_wording[b],
			      alike_level_name(pairs.at[i].level));
	}
}

/* What stands in the discussion below a point that is shown elsewhere goes with it. */
static void carry_details(struct gathering *gathering)
{
	for (size_t i = 0; i < gathering->out->idea_count; i++) {
		size_t number = gathering->shown[i];
		size_t above = gathering->ideas[number].idea.tellings[0]->above;

		if (above == SIZE_MAX || !is_discussed(gathering, number) ||
		    gathering->ideas[number].host_count)
			continue;
		size_t parent = gathering->idea_of[above];
		if (!is_discussed(gathering, parent))
			carry(gathering, number, parent, "detail");
		for (size_t n = 0; n < gathering->ideas[parent].host_count; n++)
			carry(gathering, number, gathering->ideas[parent].hosts[n], "detail");
	}
}

static int by_number(const void *left, const void *right)
{
	const struct carrier *a = left, *b = right;

	return (a->telling->number > b->telling->number) -
	       (a->telling->number < b->telling->number);
}

/* --- where each stands ------------------------------------------------------------- */

static void find_parent(struct gathering *gathering, size_t number)
{
	struct forming *forming = &gathering->ideas[number];
	const struct telling *shown = forming->idea.tellings[0];

	if (shown->above == SIZE_MAX || forming->host_count)
		return;
	size_t above = gathering->idea_of[shown->above];
	struct forming *parent = &gathering->ideas[above];
	const struct telling *there = parent->idea.tellings[0];

	if (parent->host_count || there->place != shown->place || there->number > shown->number ||
	    parent->idea.depth + 1 >= LIMIT_DEPTH) {
		forming->idea.under = &gathering->out->tellings[shown->above];
		return;
	}
	forming->idea.parent = &parent->idea;
	forming->idea.depth = parent->idea.depth + 1;
	if (parent->last_detail == SIZE_MAX)
		parent->first_detail = number;
	else
		gathering->ideas[parent->last_detail].next_detail = number;
	parent->last_detail = number;
}

static void place_with_details(struct gathering *gathering, struct gathered_section *section,
			       size_t number)
{
	struct forming *first = &gathering->ideas[number], *at = first;

	for (;;) {
		section->ideas[section->count++] = &at->idea;
		if (at->first_detail != SIZE_MAX) {
			at = &gathering->ideas[at->first_detail];
			continue;
		}
		while (at != first && at->next_detail == SIZE_MAX)
			/* The idea is the first member of what is forming. */
			at = (struct forming *)at->idea.parent;
		if (at == first)
			return;
		at = &gathering->ideas[at->next_detail];
	}
}

static unsigned section_order(enum section_kind kind)
{
	static const unsigned order[] = {
		[SECTION_QUESTIONS] = 0, [SECTION_SYNTHESIS] = 1,  [SECTION_CONCLUSION] = 2,
		[SECTION_OTHER] = 3,	 [SECTION_DISCUSSION] = 4, [SECTION_IDEAS] = 5,
	};

	return order[kind];
}

/* Those of one kind stay in the order in which they were found. */
static void order_places(const struct gather_places *places, size_t *order)
{
	for (size_t i = 0; i < places->count; i++) {
		size_t at = i;

		for (; at > 0 && section_order(places->all[order[at - 1]].kind) >
					 section_order(places->all[i].kind);
		     at--)
			order[at] = order[at - 1];
		order[at] = i;
	}
}

static void make_sections(struct gathering *gathering)
{
	struct gathered *out = gathering->out;
	const struct gather_places *places = &gathering->places;
	size_t *order = arena_array(gathering->arena, size_t, places->count);
	size_t *sizes = arena_array(gathering->arena, size_t, places->count);
	struct gathered_section *by_place =
		arena_array(gathering->arena, struct gathered_section, places->count);

	for (size_t i = 0; i < out->idea_count; i++)
		if (gathering->ideas[i].host_count == 0)
			sizes[gathering->ideas[i].idea.tellings[0]->place]++;
	for (size_t i = 0; i < places->count; i++)
		by_place[i] = (struct gathered_section){
			.kind = places->all[i].kind,
			.title = places->all[i].title,
			.ideas = arena_array(gathering->arena, struct idea *, sizes[i]),
		};
	for (size_t i = 0; i < out->idea_count; i++) {
		const struct forming *forming = &gathering->ideas[gathering->shown[i]];

		if (forming->host_count == 0 && !forming->idea.parent)
			place_with_details(gathering, &by_place[forming->idea.tellings[0]->place],
					   gathering->shown[i]);
	}
	order_places(places, order);
	out->sections = arena_array(gathering->arena, struct gathered_section, places->count);
	for (size_t i = 0; i < places->count; i++)
		if (by_place[order[i]].count)
			out->sections[out->section_count++] = by_place[order[i]];
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
	carry_alike(&gathering, &groups);
	carry_parts(&gathering);
	carry_details(&gathering);
	for (size_t i = 0; i < out->idea_count; i++) {
		struct idea *idea = &gathering.ideas[i].idea;

		find_parent(&gathering, gathering.shown[i]);
		if (idea->carrier_count > 1)
			qsort(idea->carried_by, idea->carrier_count, sizeof *idea->carried_by,
			      by_number);
	}
	make_sections(&gathering);
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
