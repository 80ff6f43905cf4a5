#include "cmd/gather_forming.h"

#include "core/limits.h"

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

void gather_placed(struct gathering *gathering)
{
	for (size_t i = 0; i < gathering->out->idea_count; i++)
		find_parent(gathering, gathering->shown[i]);
	make_sections(gathering);
}
