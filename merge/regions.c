#include "merge/regions.h"

/* Whether a change belongs to the stretch before it. */
static bool is_near(const struct region *region, const struct span *next, int apart,
		    const enum fence *fences)
{
	int end = region->base_end;

	if (next->a < end || (region->base == next->a && next->a == next->a_end))
		return true;
	if (next->a - end >= apart)
		return false;
	if (!fences)
		return true;
	if (end > 0 && fences[end - 1] != NO_FENCE)
		return false;
	if (next->a < next->a_end && fences[next->a] == FENCE_AROUND)
		return false;
	for (int i = end; i < next->a; i++)
		if (fences[i] != NO_FENCE)
			return false;
	return true;
}

/* The side's index that stands for base index `at`, given its first span that is not before it. */
static int image(const struct spans *spans, int next, int at)
{
	int before = next > 0 ? spans->at[next - 1].b_end - spans->at[next - 1].a_end : 0;

	return at + before;
}

static void take(struct region *region, const struct span *span, int s, int next[2])
{
	region->changed[s] = true;
	if (span->a_end > region->base_end)
		region->base_end = span->a_end;
	next[s]++;
}

/*
 * Takes into `region` every change that is near it, of both sides, in order.
 * Of two that begin at one point the shorter comes first.
 */
static void gather(struct region *region, const struct spans *const sides[2], int next[2],
		   int apart, const enum fence *fences)
{
	const struct span *head[2] = {NULL, NULL};
	bool grew = true;

	for (int s = 0; s < 2; s++)
		if (next[s] < sides[s]->count && sides[s]->at[next[s]].a == region->base)
			head[s] = sides[s]->at + next[s];
	int first = !head[0] || (head[1] && head[1]->a_end < head[0]->a_end);
	take(region, head[first], first, next);
	while (grew) {
		grew = false;
		for (int s = 0; s < 2; s++) {
			if (next[s] == sides[s]->count)
				continue;
			const struct span *span = sides[s]->at + next[s];
			if (!is_near(region, span, region->changed[1 - s] ? apart : 0, fences))
				continue;
			take(region, span, s, next);
			grew = true;
		}
	}
}

static void add_region(struct arena *arena, struct regions *regions, size_t *room,
		       struct region region)
{
	arena_push(arena, regions->at, (size_t)regions->count, *room);
	regions->at[regions->count++] = region;
}

struct regions diff_regions(struct arena *arena, int base_count, struct spans ours,
			    struct spans theirs, int apart, const enum fence *fences)
{
	const struct spans *const sides[2] = {&ours, &theirs};
	struct regions regions = {0};
	int at = 0, next[2] = {0, 0};
	size_t room = 0;

	while (at < base_count || next[0] < ours.count || next[1] < theirs.count) {
		int first = base_count;
		struct region region = {.base = at};

		for (int s = 0; s < 2; s++) {
			region.side[s] = image(sides[s], next[s], at);
			if (next[s] < sides[s]->count && sides[s]->at[next[s]].a < first)
				first = sides[s]->at[next[s]].a;
		}
		bool open = next[0] == ours.count && next[1] == theirs.count;
		if (at < first || open) {
			region.base_end = first;
		} else {
			region.base_end = at;
			gather(&region, sides, next, apart, fences);
		}
		at = region.base_end;
		for (int s = 0; s < 2; s++)
			region.side_end[s] = image(sides[s], next[s], at);
		add_region(arena, &regions, &room, region);
	}
	return regions;
}
