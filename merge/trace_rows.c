/*
 * Words of a point that an automatic merge has no more which stand in a row in what it
 * wrote: the point is not deleted, though the one that they stand in took none of them.
 */
#include "merge/trace_inside.h"

enum { ROW_WORDS = 3 };

static uint32_t hash_row(const uint32_t *words)
{
	uint64_t hash = words[0];

	for (int i = 1; i < ROW_WORDS; i++)
		hash = hash * UINT64_C(0x9e3779b97f4a7c15) + words[i];
	return (uint32_t)(hash ^ hash >> 32);
}

/* The blocks that the merge wrote, under each row of words that they have. */
static void list_rows(struct work *work)
{
	work->rows_listed = true;
	for (uint32_t i = 0; i < work->fresh_count; i++) {
		struct words words = work->fresh[i].words;

		for (uint32_t at = 0; at + ROW_WORDS <= words.count; at++)
			listing_add(&work->scratch, &work->rows, hash_row(words.at + at), i);
	}
	listing_order(&work->rows);
}

/* out: how many rows of words stand in a block */
static uint32_t count_rows_in(const struct work *work, struct words words, uint32_t index)
{
	uint32_t held = 0;

	for (uint32_t at = 0; at + ROW_WORDS <= words.count; at++) {
		size_t count, i = 0;
		const struct listed *all =
			listing_find(&work->rows, hash_row(words.at + at), &count);

		while (i < count && all[i].what != index)
			i++;
		held += i < count;
	}
	return held;
}

static bool stands_in_row(struct work *work, struct words words, uint32_t *other)
{
	enum { BLOCKS_LOOKED_AT = 16 };
	uint32_t rows = words.count < ROW_WORDS ? 0 : words.count - ROW_WORDS + 1;
	uint32_t tries = 0, last = TRACE_NONE;

	/* What has half of the rows has one of the first half, or the next. */
	for (uint32_t at = 0; 2 * at <= rows && at < rows; at++) {
		size_t count;
		const struct listed *all =
			listing_find(&work->rows, hash_row(words.at + at), &count);

		for (size_t i = 0; i < count && tries < BLOCKS_LOOKED_AT; i++) {
			if (all[i].what == last)
				continue;
			last = all[i].what;
			tries++;
			if (2 * count_rows_in(work, words, last) < rows)
				continue;
			*other = work->fresh[last].point;
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
	for (size_t i = 0; i < count; i++) {
		uint32_t wording = work->candidates[all[i].what].wording;

		if (stands_in_row(work, wording_words(work->tracer, wording), other))
			return true;
	}
	return false;
}
