/*
 * Words of a point that an automatic merge has no more which stand in a row in what it
 * has: the point is not deleted, though the one that they stand in took none of them.
 */
#include "merge/trace_inside.h"

enum {
	ROW_WORDS = 3,
	PLACES_LOOKED_AT = 64, /* of one row */
};

static uint32_t hash_row(const uint32_t *words)
{
	uint64_t hash = words[0];

	for (int i = 1; i < ROW_WORDS; i++)
		hash = hash * UINT64_C(0x9e3779b97f4a7c15) + words[i];
	return (uint32_t)(hash ^ hash >> 32);
}

static void add_rows(struct work *work, struct words words, uint32_t what)
{
	for (uint32_t at = 0; at + ROW_WORDS <= words.count; at++)
		listing_add(&work->scratch, &work->rows, hash_row(words.at + at), what);
}

/* The blocks that the merge wrote, and behind them the wordings that it has from a parent. */
static void list_rows(struct work *work)
{
	size_t count;

	work->rows_listed = true;
	standing_of(work, TRACE_NONE, &count);
	for (uint32_t i = 0; i < work->fresh_count; i++)
		if (work->fresh[i].wording >= work->before.wordings)
			add_rows(work, work->fresh[i].words, i);
	for (size_t i = 0; i < work->standing.count; i++)
		add_rows(work, wording_words(work->tracer, work->standing.at[i].what),
			 work->fresh_count + work->standing.at[i].what);
	listing_order(&work->rows);
}

/* out: the point of what was listed, TRACE_NONE: the parent that has the part has it beside */
static uint32_t point_beyond(struct work *work, const struct candidate *part, uint32_t listed)
{
	if (listed < work->fresh_count)
		return work->fresh[listed].point;
	listed -= work->fresh_count;
	return stands_beside(work, part, listed) ? TRACE_NONE
						 : work->tracer->wordings[listed].point;
}

/* out: how many rows of words stand in what was listed */
static uint32_t count_rows_in(const struct work *work, struct words words, uint32_t index)
{
	uint32_t held = 0;

	for (uint32_t at = 0; at + ROW_WORDS <= words.count; at++) {
		size_t count, i = 0;
		const struct listed *all =
			listing_find(&work->rows, hash_row(words.at + at), &count);

		while (i < count && i < PLACES_LOOKED_AT && all[i].what != index)
			i++;
		held += i < count && all[i].what == index;
	}
	return held;
}

static bool stands_in_row(struct work *work, const struct candidate *part, uint32_t *other)
{
	enum { BLOCKS_LOOKED_AT = 16 };
	struct words words = wording_words(work->tracer, part->wording);
	uint32_t rows = words.count < ROW_WORDS ? 0 : words.count - ROW_WORDS + 1;
	uint32_t tries = 0, last = TRACE_NONE;

	/* What has half of the rows has one of the first half, or the next. */
	for (uint32_t at = 0; 2 * at <= rows && at < rows && tries < BLOCKS_LOOKED_AT; at++) {
		size_t count;
		const struct listed *all =
			listing_find(&work->rows, hash_row(words.at + at), &count);

		for (size_t i = 0; i < count && tries < BLOCKS_LOOKED_AT; i++) {
			if (all[i].what == last)
				continue;
			last = all[i].what;
			tries++;
			*other = point_beyond(work, part, last);
			if (*other != TRACE_NONE && 2 * count_rows_in(work, words, last) >= rows)
				return true;
		}
	}
	return false;
}

bool point_stands_in_row(struct work *work, uint32_t point, uint32_t *other)
{
	const struct listed *all;
	size_t count;

	if (!work->input->automatic)
		return false;
	if (!work->rows_listed)
		list_rows(work);
	all = candidates_of(work, point, &count);
	for (size_t i = 0; i < count; i++)
		if (stands_in_row(work, &work->candidates[all[i].what], other))
			return true;
	return false;
}
