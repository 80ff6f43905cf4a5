#include "merge/relocate_equal.h"

#include <stdlib.h>

/* A piece that may have moved, under one of the texts it is known by. */
struct spot {
	uint32_t id;
	struct place at;
};

struct spots {
	struct spot *at;
	size_t count, room;
};

static bool has_gone(const struct crossing *crossing, int side, struct place at)
{
	const struct crossing_note *note = &crossing->notes[at.note];

	return note->match[side].side_of[at.piece] < 0 && note->went[side][at.piece].note < 0;
}

static bool is_new(const struct crossing *crossing, int side, struct place at)
{
	const struct crossing_note *note = &crossing->notes[at.note];

	return note->match[side].base_of[at.piece] < 0 && note->came[side][at.piece].note < 0;
}

static void add_spot(struct crossing *crossing, struct spots *spots, uint32_t id, struct place at)
{
	arena_push(crossing->arena, spots->at, spots->count, spots->room);
	spots->at[spots->count++] = (struct spot){id, at};
}

static int by_id_and_place(const void *left, const void *right)
{
	const struct spot *a = left, *b = right;

	if (a->id != b->id)
		return a->id < b->id ? -1 : 1;
	return a->at.note != b->at.note ? a->at.note - b->at.note : a->at.piece - b->at.piece;
}

static void sort(struct spots *spots)
{
	if (spots->count)
		qsort(spots->at, spots->count, sizeof *spots->at, by_id_and_place);
}

/*
 * Base pieces that the side does not have as they were, by their text, or by
 * the text that the other side has given them.
 */
static struct spots spots_gone(struct crossing *crossing, int side, bool as_other)
{
	struct spots spots = {0};

	for (int n = 0; n < crossing->count; n++) {
		const struct crossing_note *note = &crossing->notes[n];
		const struct side *base = &note->pieces[BASE];

		for (int i = 0; i < base->count; i++) {
			struct place at = {n, i};
			int here = note->match[side].side_of[i];
			int there = note->match[1 - side].side_of[i];
			uint32_t id = base->ids[i];

			if (note->went[side][i].note >= 0 ||
			    !piece_is_movable(crossing, BASE, at) ||
			    base->pieces[i].word_count < MOVED_EQUAL_WORDS ||
			    (as_other && there < 0))
				continue;
			if (as_other)
				id = note->pieces[OURS + 1 - side].ids[there];
			if (here < 0 || note->pieces[OURS + side].ids[here] != id)
				add_spot(crossing, &spots, id, at);
		}
	}
	sort(&spots);
	return spots;
}

static struct spots spots_new(struct crossing *crossing, int side)
{
	struct spots spots = {0};

	for (int n = 0; n < crossing->count; n++) {
		const struct crossing_note *note = &crossing->notes[n];
		const struct side *pieces = &note->pieces[OURS + side];

		for (int i = 0; i < pieces->count; i++) {
			struct place at = {n, i};
			int before = note->match[side].base_of[i];

			if (note->came[side][i].note < 0 &&
			    pieces->pieces[i].word_count >= MOVED_EQUAL_WORDS &&
			    piece_is_movable(crossing, OURS + side, at) &&
			    (before < 0 || note->pieces[BASE].ids[before] != pieces->ids[i]))
				add_spot(crossing, &spots, pieces->ids[i], at);
		}
	}
	sort(&spots);
	return spots;
}

/* Short neighbours of a moved piece moved with it. */
static void spread(struct crossing *crossing, int side, struct place from, struct place to)
{
	const struct side *base = &crossing->notes[from.note].pieces[BASE];
	const struct side *now = &crossing->notes[to.note].pieces[OURS + side];

	for (int step = -1; step <= 1; step += 2)
		for (int i = from.piece + step, j = to.piece + step;
		     i >= 0 && j >= 0 && i < base->count && j < now->count; i += step, j += step) {
			struct place a = {from.note, i}, b = {to.note, j};

			if (base->ids[i] != now->ids[j] || !has_gone(crossing, side, a) ||
			    !is_new(crossing, side, b) || !piece_is_movable(crossing, BASE, a))
				break;
			crossing_join(crossing, side, a, b);
		}
}

static bool is_single(const struct spots *spots, size_t index)
{
	uint32_t id = spots->at[index].id;

	return (index == 0 || spots->at[index - 1].id != id) &&
	       (index + 1 == spots->count || spots->at[index + 1].id != id);
}

void find_moved_equal(struct crossing *crossing, int side, bool as_other)
{
	struct spots gone = spots_gone(crossing, side, as_other);
	struct spots new = spots_new(crossing, side);

	for (size_t i = 0, j = 0; i < gone.count && j < new.count;) {
		struct place from = gone.at[i].at, to = new.at[j].at;

		if (gone.at[i].id != new.at[j].id) {
			if (gone.at[i].id < new.at[j].id)
				i++;
			else
				j++;
			continue;
		}
		if (from.note != to.note && is_single(&gone, i) && is_single(&new, j) &&
		    crossing->notes[from.note].went[side][from.piece].note < 0 &&
		    crossing->notes[to.note].came[side][to.piece].note < 0) {
			crossing_join(crossing, side, from, to);
			spread(crossing, side, from, to);
		}
		i++, j++;
	}
}
