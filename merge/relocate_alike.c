#include "merge/relocate_alike.h"

#include <stdlib.h>

#include "merge/similar.h"

enum { EXACTLY = SAME + 1 }; /* more than any likeness */

static const struct piece *piece_at(const struct crossing *crossing, int version, struct place at)
{
	return &crossing->notes[at.note].pieces[version].pieces[at.piece];
}

struct places {
	struct place *at;
	size_t count, room;
};

struct pair {
	int alike;
	struct place from, to;
};

static int best_first(const void *left, const void *right)
{
	const struct pair *a = left, *b = right;

	if (a->alike != b->alike)
		return b->alike - a->alike;
	if (a->from.note != b->from.note)
		return a->from.note - b->from.note;
	if (a->from.piece != b->from.piece)
		return a->from.piece - b->from.piece;
	return a->to.note != b->to.note ? a->to.note - b->to.note : a->to.piece - b->to.piece;
}

static int likeness(struct crossing *crossing, int version, struct place at, int other_version,
		    struct place other)
{
	struct match_input input = {.arena = crossing->arena,
				    .words = &crossing->words,
				    .base = &crossing->notes[at.note].pieces[version],
				    .side = &crossing->notes[other.note].pieces[other_version]};

	return piece_similarity(&input, at.piece, other.piece, 0);
}

/* How much a side's piece is like what base, or the other side, has of the point. */
static int likeness_of_moved(struct crossing *crossing, int side, struct place from,
			     struct place to)
{
	int other = crossing->notes[from.note].match[1 - side].side_of[from.piece];
	int alike = likeness(crossing, BASE, from, OURS + side, to), as_other;

	if (other < 0)
		return alike;
	as_other = likeness(crossing, OURS + 1 - side, (struct place){from.note, other},
			    OURS + side, to);
	return as_other > alike ? as_other : alike;
}

/* How much a piece is like its partner in the same note; no partner is like nothing. */
static int likeness_of_base(struct crossing *crossing, int side, struct place at)
{
	const struct crossing_note *note = &crossing->notes[at.note];
	int partner = note->match[side].side_of[at.piece];

	if (note->went[side][at.piece].note >= 0)
		return EXACTLY;
	if (partner < 0)
		return 0;
	if (note->pieces[OURS + side].ids[partner] == note->pieces[BASE].ids[at.piece])
		return EXACTLY;
	return likeness(crossing, BASE, at, OURS + side, (struct place){at.note, partner});
}

static int likeness_of_side(struct crossing *crossing, int side, struct place at)
{
	const struct crossing_note *note = &crossing->notes[at.note];
	int partner = note->match[side].base_of[at.piece];

	if (note->came[side][at.piece].note >= 0)
		return EXACTLY;
	return partner < 0 ? 0 : likeness_of_base(crossing, side, (struct place){at.note, partner});
}

/* What is long enough, and has no partner that says the same. */
static struct places places_left(struct crossing *crossing, int side, bool in_base)
{
	struct places places = {0};
	int version = in_base ? BASE : OURS + side;

	for (int n = 0; n < crossing->count; n++)
		for (int i = 0; i < crossing->notes[n].pieces[version].count; i++) {
			struct place at = {n, i};

			if (piece_at(crossing, version, at)->word_count < MOVED_WORDS ||
			    !piece_is_movable(crossing, version, at) ||
			    (in_base ? likeness_of_base(crossing, side, at)
				     : likeness_of_side(crossing, side, at)) >= MOVED_ALIKE)
				continue;
			arena_push(crossing->arena, places.at, places.count, places.room);
			places.at[places.count++] = at;
		}
	return places;
}

void find_moved_alike(struct crossing *crossing, int side)
{
	struct places gone = places_left(crossing, side, true);
	struct places new = places_left(crossing, side, false);
	struct pair *pairs = NULL;
	size_t count = 0, room = 0;

	if (new.count && gone.count > MOVED_PAIRS / new.count)
		return;
	for (size_t i = 0; i < gone.count; i++)
		for (size_t j = 0; j < new.count; j++) {
			struct place from = gone.at[i], to = new.at[j];
			int alike = from.note == to.note
					    ? 0
					    : likeness_of_moved(crossing, side, from, to);

			if (alike < MOVED_ALIKE)
				continue;
			arena_push(crossing->arena, pairs, count, room);
			pairs[count++] = (struct pair){alike, from, to};
		}
	if (count)
		qsort(pairs, count, sizeof *pairs, best_first);
	for (size_t i = 0; i < count; i++)
		if (likeness_of_base(crossing, side, pairs[i].from) < pairs[i].alike &&
		    likeness_of_side(crossing, side, pairs[i].to) < pairs[i].alike)
			crossing_join(crossing, side, pairs[i].from, pairs[i].to);
}

/*
 * A point that the other side moved to `to` and this side does not have any
 * more: what this side has new in that note and is like it is the same point.
 * So it is when a merge's result is merged once more.
 */
static void follow(struct crossing *crossing, int side, struct place from, struct place to)
{
	const struct side *pieces = &crossing->notes[to.note].pieces[OURS + side];
	struct pair best = {.alike = likeness_of_base(crossing, side, from), .to.note = NOWHERE};

	for (int i = 0; i < pieces->count; i++) {
		struct place at = {to.note, i};
		uint32_t words = pieces->pieces[i].word_count;

		if (!piece_is_movable(crossing, OURS + side, at))
			continue;
		int alike = likeness(crossing, BASE, from, OURS + side, at);
		int as_moved = likeness(crossing, OURS + 1 - side, to, OURS + side, at);

		alike = as_moved > alike ? as_moved : alike;
		if (alike > best.alike && alike >= (words < SHORT_WORDS ? ALIKE_SHORT : ALIKE) &&
		    likeness_of_side(crossing, side, at) < alike)
			best = (struct pair){alike, from, at};
	}
	if (best.to.note >= 0)
		crossing_join(crossing, side, from, best.to);
}

void find_followed(struct crossing *crossing, int side)
{
	int budget = MOVED_PAIRS;

	for (int n = 0; n < crossing->count; n++)
		for (int i = 0; i < crossing->notes[n].pieces[BASE].count; i++) {
			struct place from = {n, i}, to = crossing->notes[n].went[1 - side][i];

			if (to.note < 0 || likeness_of_base(crossing, side, from) == EXACTLY)
				continue;
			budget -= crossing->notes[to.note].pieces[OURS + side].count;
			if (budget < 0)
				return;
			follow(crossing, side, from, to);
		}
}
