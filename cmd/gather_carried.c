#include "cmd/gather_forming.h"

#include <stdlib.h>

#include "cmd/gather_parts.h"

static bool is_discussed(const struct gathering *gathering, size_t idea)
{
	return gathering_kind(gathering, gathering->ideas[idea].idea.tellings[0]) ==
	       SECTION_DISCUSSION;
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

		for (size_t a = 0; !gathering_is_one_idea(group) && a < group->count; a++)
			for (size_t b = 0; b < group->count; b++) {
				size_t one = gathering->by_wording[gathering_root(
					gathering, group->wordings[a])];
				size_t other = gathering->by_wording[gathering_root(
					gathering, group->wordings[b])];

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
		uint32_t one = gathering_root(gathering, verdict->a);
		uint32_t other = gathering_root(gathering, verdict->b);

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
		uint32_t a = gathering_root(gathering, pairs.at[i].a);
		uint32_t b = gathering_root(gathering, pairs.at[i].b);

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

void gather_carried(struct gathering *gathering, const struct ideas *groups)
{
	carry_alike(gathering, groups);
	carry_parts(gathering);
	carry_details(gathering);
	for (size_t i = 0; i < gathering->out->idea_count; i++) {
		struct idea *idea = &gathering->ideas[i].idea;

		if (idea->carrier_count > 1)
			qsort(idea->carried_by, idea->carrier_count, sizeof *idea->carried_by,
			      by_number);
	}
}
