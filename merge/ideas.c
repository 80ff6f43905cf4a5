#include "merge/ideas.h"

#include <stdlib.h>

#include "merge/ideas_stars.h"

struct grouping {
	struct arena *arena;
	const struct collection *collection;
	const struct verdict *verdicts;
	size_t verdict_count;
	const uint32_t *times;
	uint32_t *unit; /* by wording: the first wording of those that are the same */
	uint32_t *next; /* by wording: the next of its unit, NO_WORDING: the last */
	bool *joined;	/* by unit: by a verdict */
	struct ideas ideas;
};

/* Puts the wordings of one unit into the other; the smaller number names both. */
static void join_units(struct grouping *grouping, uint32_t a, uint32_t b)
{
	uint32_t keep = a < b ? a : b, gone = a < b ? b : a, last = keep;

	while (grouping->next[last] != NO_WORDING)
		last = grouping->next[last];
	grouping->next[last] = gone;
	for (uint32_t i = gone; i != NO_WORDING; i = grouping->next[i])
		grouping->unit[i] = keep;
	grouping->joined[keep] |= grouping->joined[gone];
}

/* Does somebody call a wording of one unit different from one of the other? */
static bool are_different(const struct grouping *grouping, uint32_t a, uint32_t b)
{
	for (size_t i = 0; i < grouping->verdict_count; i++) {
		const struct verdict *verdict = &grouping->verdicts[i];

		if (verdict->kind != VERDICT_DIFFERENT)
			continue;
		uint32_t left = grouping->unit[verdict->a], right = grouping->unit[verdict->b];
		if ((left == a && right == b) || (left == b && right == a))
			return true;
	}
	return false;
}

static bool is_set_apart(const struct grouping *grouping, uint32_t wording, uint32_t head)
{
	for (size_t i = 0; i < grouping->verdict_count; i++) {
		const struct verdict *verdict = &grouping->verdicts[i];
		uint32_t later = verdict->a > verdict->b ? verdict->a : verdict->b;
		uint32_t earlier = verdict->a + verdict->b - later;

		if (verdict->kind == VERDICT_DIFFERENT && later == wording &&
		    grouping->collection->wordings[earlier].head == head)
			return true;
	}
	return false;
}

/* Wordings of one bag are one unit, but for those that a verdict sets apart. */
static void begin_units(struct grouping *grouping)
{
	uint32_t count = grouping->collection->count;
	uint32_t *last = arena_array(grouping->arena, uint32_t, count);

	grouping->unit = arena_array(grouping->arena, uint32_t, count);
	grouping->next = arena_array(grouping->arena, uint32_t, count);
	grouping->joined = arena_array(grouping->arena, bool, count);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t head = grouping->collection->wordings[i].head;

		grouping->unit[i] = last[i] = i;
		grouping->next[i] = NO_WORDING;
		if (head == i || is_set_apart(grouping, i, head))
			continue;
		grouping->unit[i] = head;
		grouping->next[last[head]] = i;
		last[head] = i;
	}
}

static void tell_clash(struct grouping *grouping, size_t verdict)
{
	struct ideas *ideas = &grouping->ideas;

	arena_push(grouping->arena, ideas->clashes, ideas->clash_count, ideas->clash_room);
	ideas->clashes[ideas->clash_count++] = verdict;
}

static int by_wordings(const void *left, const void *right)
{
	const struct verdict *a = *(const struct verdict *const *)left;
	const struct verdict *b = *(const struct verdict *const *)right;

	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return (a->b > b->b) - (a->b < b->b);
}

/* Joins what people called the same, unless they also called it different. */
static void obey_same(struct grouping *grouping)
{
	const struct verdict **sorted =
		arena_array(grouping->arena, const struct verdict *, grouping->verdict_count);

	for (size_t i = 0; i < grouping->verdict_count; i++)
		sorted[i] = &grouping->verdicts[i];
	if (grouping->verdict_count > 1)
		qsort(sorted, grouping->verdict_count, sizeof(const struct verdict *), by_wordings);
	for (size_t i = 0; i < grouping->verdict_count; i++) {
		uint32_t a = grouping->unit[sorted[i]->a], b = grouping->unit[sorted[i]->b];

		if (sorted[i]->kind != VERDICT_SAME)
			continue;
		if (a != b && are_different(grouping, a, b)) {
			tell_clash(grouping, (size_t)(sorted[i] - grouping->verdicts));
			continue;
		}
		if (a != b)
			join_units(grouping, a, b);
		grouping->joined[grouping->unit[a]] = true;
	}
}

static struct idea_group *add_group(struct grouping *grouping, enum alike_level level,
				    uint32_t score)
{
	struct ideas *ideas = &grouping->ideas;

	arena_push(grouping->arena, ideas->groups, ideas->count, ideas->room);
	ideas->groups[ideas->count] = (struct idea_group){.level = level, .score = score};
	return &ideas->groups[ideas->count++];
}

static void add_unit(struct grouping *grouping, struct idea_group *group, uint32_t unit)
{
	for (uint32_t i = unit; i != NO_WORDING; i = grouping->next[i]) {
		arena_push(grouping->arena, group->wordings, group->count, group->room);
		group->wordings[group->count++] = i;
	}
}

/* Units of several wordings, and wordings that stand several times. */
static void add_same(struct grouping *grouping)
{
	for (uint32_t i = 0; i < grouping->collection->count; i++) {
		bool several = grouping->next[i] != NO_WORDING;

		if (grouping->unit[i] != i || (!several && grouping->times[i] < 2))
			continue;
		bool joined = grouping->joined[i];
		struct idea_group *group =
			add_group(grouping, several && !joined ? ALIKE_SAME_WORDS : ALIKE_IDENTICAL,
				  ALIKE_FULL);
		group->verdict = several && joined ? VERDICT_SAME : VERDICT_NONE;
		add_unit(grouping, group, i);
	}
}

static int by_units(const void *left, const void *right)
{
	const struct alike_pair *a = left, *b = right;

	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	if (a->b != b->b)
		return a->b < b->b ? -1 : 1;
	if (a->level != b->level)
		return a->level > b->level ? -1 : 1;
	return (a->score < b->score) - (a->score > b->score);
}

/* The pairs between units, each once, the best first; without what verdicts rule out. */
static struct alike_pairs pairs_of_units(struct grouping *grouping, const struct alike_pairs *pairs)
{
	struct alike_pairs found = {0};
	size_t kept = 0;

	found.at = arena_array(grouping->arena, struct alike_pair, pairs->count);
	for (size_t i = 0; i < pairs->count; i++) {
		struct alike_pair pair = pairs->at[i];
		uint32_t a = grouping->unit[pair.a], b = grouping->unit[pair.b];

		if (a == b || (grouping->verdict_count && are_different(grouping, a, b)))
			continue;
		pair.a = a < b ? a : b;
		pair.b = a < b ? b : a;
		found.at[found.count++] = pair;
	}
	if (found.count > 1)
		qsort(found.at, found.count, sizeof *found.at, by_units);
	for (size_t i = 0; i < found.count; i++)
		if (kept == 0 || found.at[kept - 1].a != found.at[i].a ||
		    found.at[kept - 1].b != found.at[i].b)
			found.at[kept++] = found.at[i];
	found.count = kept;
	return found;
}

/* What people called a part of another; the words are not asked any more. */
static void obey_part_of(struct grouping *grouping, struct alike_pairs *pairs)
{
	for (size_t i = 0; i < grouping->verdict_count; i++) {
		const struct verdict *verdict = &grouping->verdicts[i];
		uint32_t a = grouping->unit[verdict->a], b = grouping->unit[verdict->b];
		size_t kept = 0;

		if (verdict->kind != VERDICT_PART_OF || a == b)
			continue;
		if (are_different(grouping, a, b)) {
			tell_clash(grouping, i);
			continue;
		}
		for (size_t j = 0; j < pairs->count; j++) {
			struct alike_pair pair = pairs->at[j];

			if ((pair.a == a && pair.b == b) || (pair.a == b && pair.b == a))
				continue;
			pairs->at[kept++] = pair;
		}
		pairs->count = kept;
		struct idea_group *group = add_group(grouping, ALIKE_PART_OF, ALIKE_FULL);
		group->verdict = VERDICT_PART_OF;
		add_unit(grouping, group, a);
		add_unit(grouping, group, b);
	}
}

static void add_stars(struct grouping *grouping, const struct alike_pairs *pairs,
		      const struct stars *stars)
{
	for (size_t i = 0; i < stars->count; i++) {
		const struct star *star = &stars->at[i];
		struct idea_group *group = add_group(grouping, ALIKE_NEAR, star->score);

		for (size_t j = 0; j < star->count; j++)
			add_unit(grouping, group, star->units[j]);
	}
	for (size_t i = 0; i < pairs->count; i++) {
		struct alike_pair pair = pairs->at[i];
		uint32_t star = stars->of[pair.a];

		if (star != NO_STAR && star == stars->of[pair.b])
			continue;
		/* The shorter one is the part. */
		bool swap = pair.level == ALIKE_PART_OF &&
			    grouping->collection->wordings[pair.b].weight <
				    grouping->collection->wordings[pair.a].weight;
		struct idea_group *group = add_group(grouping, pair.level, pair.score);
		add_unit(grouping, group, swap ? pair.b : pair.a);
		add_unit(grouping, group, swap ? pair.a : pair.b);
	}
}

static int by_strength(const void *left, const void *right)
{
	const struct idea_group *a = left, *b = right;

	if (a->level != b->level)
		return a->level > b->level ? -1 : 1;
	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	if (a->wordings[0] != b->wordings[0])
		return a->wordings[0] < b->wordings[0] ? -1 : 1;
	uint32_t here = a->wordings[a->count - 1], there = b->wordings[b->count - 1];
	return (here > there) - (here < there);
}

struct ideas ideas_of(struct arena *arena, const struct collection *collection,
		      const struct alike_pairs *pairs, const struct verdict *verdicts,
		      size_t verdict_count, const uint32_t *times)
{
	struct grouping grouping = {.arena = arena,
				    .collection = collection,
				    .verdicts = verdicts,
				    .verdict_count = verdict_count,
				    .times = times};

	begin_units(&grouping);
	obey_same(&grouping);
	add_same(&grouping);
	struct alike_pairs between = pairs_of_units(&grouping, pairs);
	obey_part_of(&grouping, &between);
	struct stars stars = stars_of(arena, collection, &between);
	add_stars(&grouping, &between, &stars);
	if (grouping.ideas.count > 1)
		qsort(grouping.ideas.groups, grouping.ideas.count, sizeof *grouping.ideas.groups,
		      by_strength);
	return grouping.ideas;
}
