#include "merge/ideas_stars.h"

#include <stdlib.h>

enum {
	MOST_CHECKED = 32,	/* members that a new one is compared with */
	STRANGER_SCORE = 300000 /* less alike than this, two are no members of one star */
};

struct neighbour {
	uint32_t unit, score;
};

/* The near neighbours of every wording, in one array. */
struct near_lists {
	uint32_t *starts; /* by wording, and one more */
	struct neighbour *at;
};

struct centre {
	uint32_t unit, neighbours;
	uint64_t score; /* of all pairs together */
};

static int by_score(const void *left, const void *right)
{
	const struct neighbour *a = left, *b = right;

	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	return (a->unit > b->unit) - (a->unit < b->unit);
}

static struct near_lists list_neighbours(struct arena *arena, const struct alike_pairs *pairs,
					 uint32_t count)
{
	struct near_lists lists = {.starts = arena_array(arena, uint32_t, count + 2)};
	uint32_t *starts = lists.starts + 1, sum = 0;

	for (size_t i = 0; i < pairs->count; i++)
		if (pairs->at[i].level >= ALIKE_NEAR) {
			starts[pairs->at[i].a]++;
			starts[pairs->at[i].b]++;
		}
	for (uint32_t i = 0; i <= count; i++) {
		uint32_t held = starts[i];

		starts[i] = sum;
		sum += held;
	}
	lists.at = arena_array(arena, struct neighbour, sum);
	/* Filling moves the start of each list to that of the next, where it belongs. */
	for (size_t i = 0; i < pairs->count; i++) {
		struct alike_pair pair = pairs->at[i];

		if (pair.level < ALIKE_NEAR)
			continue;
		lists.at[starts[pair.a]++] = (struct neighbour){pair.b, pair.score};
		lists.at[starts[pair.b]++] = (struct neighbour){pair.a, pair.score};
	}
	for (uint32_t i = 0; i < count; i++)
		if (lists.starts[i + 1] - lists.starts[i] > 1)
			qsort(lists.at + lists.starts[i], lists.starts[i + 1] - lists.starts[i],
			      sizeof *lists.at, by_score);
	return lists;
}

static int by_neighbours(const void *left, const void *right)
{
	const struct centre *a = left, *b = right;

	if (a->neighbours != b->neighbours)
		return a->neighbours > b->neighbours ? -1 : 1;
	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	return (a->unit > b->unit) - (a->unit < b->unit);
}

static struct centre *list_centres(struct arena *arena, const struct near_lists *lists,
				   uint32_t count, size_t *centre_count)
{
	struct centre *centres = NULL;
	size_t room = 0;

	*centre_count = 0;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t from = lists->starts[i], to = lists->starts[i + 1];
		struct centre centre = {.unit = i, .neighbours = to - from};

		if (from == to)
			continue;
		for (uint32_t j = from; j < to; j++)
			centre.score += lists->at[j].score;
		arena_push(arena, centres, *centre_count, room);
		centres[(*centre_count)++] = centre;
	}
	if (*centre_count > 1)
		qsort(centres, *centre_count, sizeof *centres, by_neighbours);
	return centres;
}

static bool fits(const struct collection *collection, const struct star *star, uint32_t unit)
{
	for (size_t i = 1; i < star->count && i < MOST_CHECKED; i++) {
		struct alikeness found =
			alike_compare(collection->lexicon, collection->weights,
				      collected_text(&collection->wordings[star->units[i]]),
				      collected_text(&collection->wordings[unit]));
		bool unlike = found.level < ALIKE_PART_OF && found.score < STRANGER_SCORE;

		if (unlike || found.level == ALIKE_CONTRADICTS)
			return false;
	}
	return true;
}

struct stars stars_of(struct arena *arena, const struct collection *collection,
		      const struct alike_pairs *pairs)
{
	struct arena scratch = {0};
	struct stars stars = {.of = arena_array(arena, uint32_t, collection->count)};
	struct near_lists lists = list_neighbours(&scratch, pairs, collection->count);
	size_t centre_count;
	struct centre *centres = list_centres(&scratch, &lists, collection->count, &centre_count);

	for (uint32_t i = 0; i < collection->count; i++)
		stars.of[i] = NO_STAR;
	for (size_t i = 0; i < centre_count; i++) {
		struct centre centre = centres[i];
		struct star star = {0};

		if (stars.of[centre.unit] != NO_STAR)
			continue;
		star.units = arena_array(arena, uint32_t, centre.neighbours + 1);
		star.units[star.count++] = centre.unit;
		for (uint32_t j = lists.starts[centre.unit]; j < lists.starts[centre.unit + 1];
		     j++) {
			struct neighbour near = lists.at[j];

			if (stars.of[near.unit] != NO_STAR || !fits(collection, &star, near.unit))
				continue;
			star.units[star.count++] = near.unit;
			star.score = near.score;
		}
		if (star.count < 2)
			continue;
		for (size_t j = 0; j < star.count; j++)
			stars.of[star.units[j]] = (uint32_t)stars.count;
		arena_push(arena, stars.at, stars.count, stars.room);
		stars.at[stars.count++] = star;
	}
	arena_free(&scratch);
	return stars;
}
