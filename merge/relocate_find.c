#include "merge/relocate_find.h"

#include <stdlib.h>

#include "merge/similar.h"

/* As within one note: see match.c. */
enum {
	EQUAL_WORDS = 3,
	ALIKE_WORDS = 6,
	MOVED_ALIKE = 750,
	FOLLOWED_ALIKE = 500,
	FOLLOWED_ALIKE_SHORT = 650,
	MOST_PAIRS = 40000,
	EXACTLY = SAME + 1,
};

/* A piece that may have moved, under one of the texts it is known by. */
struct spot {
	uint32_t id;
	struct place at;
};

struct spots {
	struct spot *at;
	size_t count, room;
};

static const struct piece *piece_at(const struct crossing *crossing, enum note_version version,
				    struct place at)
{
	return &crossing->notes[at.note].pieces[version].pieces[at.piece];
}

static bool is_movable(const struct crossing *crossing, enum note_version version, struct place at)
{
	const struct block *block =
		piece_block(&crossing->notes[at.note].pieces[version], at.piece);

	return block->kind != BLOCK_ROW && block->kind != BLOCK_RULE && block->kind != BLOCK_HTML &&
	       block->kind != BLOCK_DEFINITION && !block->joined;
}

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

/* --- by equal text ------------------------------------------------------------- */

/*
 * Base pieces that the side does not have as they were, by their text, or by
 * the text that the other side has given them.
 */
static struct spots spots_gone(struct crossing *crossing, int side, bool as_other)
{
	struct spots spots = {0};

	for (int n = 0; n < crossing->count; n++) {
		const struct crossing_note *note = &crossing->notes[n];
		const struct side *base = &note->pieces[VERSION_BASE];

		for (int i = 0; i < base->count; i++) {
			struct place at = {n, i};
			int here = note->match[side].side_of[i];
			int there = note->match[1 - side].side_of[i];
			uint32_t id = base->ids[i];

			if (note->went[side][i].note >= 0 ||
			    !is_movable(crossing, VERSION_BASE, at) ||
			    base->pieces[i].word_count < EQUAL_WORDS || (as_other && there < 0))
				continue;
			if (as_other)
				id = note->pieces[version_of_side(1 - side)].ids[there];
			if (here < 0 || note->pieces[version_of_side(side)].ids[here] != id)
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
		const struct side *pieces = &note->pieces[version_of_side(side)];

		for (int i = 0; i < pieces->count; i++) {
			struct place at = {n, i};
			int before = note->match[side].base_of[i];

			if (note->came[side][i].note < 0 &&
			    pieces->pieces[i].word_count >= EQUAL_WORDS &&
			    is_movable(crossing, version_of_side(side), at) &&
			    (before < 0 ||
			     note->pieces[VERSION_BASE].ids[before] != pieces->ids[i]))
				add_spot(crossing, &spots, pieces->ids[i], at);
		}
	}
	sort(&spots);
	return spots;
}

static void part(struct matching *matching, int base, int side)
{
	if (base >= 0)
		matching->side_of[base] = -1;
	if (side >= 0)
		matching->base_of[side] = -1;
}

/* A move undoes what only likeness had joined within a note. */
static void join(struct crossing *crossing, int side, struct place from, struct place to)
{
	struct crossing_note *source = &crossing->notes[from.note];
	struct crossing_note *target = &crossing->notes[to.note];

	part(&source->match[side], from.piece, source->match[side].side_of[from.piece]);
	part(&target->match[side], target->match[side].base_of[to.piece], to.piece);
	source->went[side][from.piece] = to;
	target->came[side][to.piece] = from;
}

/* Short neighbours of a moved piece moved with it. */
static void spread(struct crossing *crossing, int side, struct place from, struct place to)
{
	const struct side *base = &crossing->notes[from.note].pieces[VERSION_BASE];
	const struct side *now = &crossing->notes[to.note].pieces[version_of_side(side)];

	for (int step = -1; step <= 1; step += 2)
		for (int i = from.piece + step, j = to.piece + step;
		     i >= 0 && j >= 0 && i < base->count && j < now->count; i += step, j += step) {
			struct place a = {from.note, i}, b = {to.note, j};

			if (base->ids[i] != now->ids[j] || !has_gone(crossing, side, a) ||
			    !is_new(crossing, side, b) || !is_movable(crossing, VERSION_BASE, a))
				break;
			join(crossing, side, a, b);
		}
}

static bool is_single(const struct spots *spots, size_t index)
{
	uint32_t id = spots->at[index].id;

	return (index == 0 || spots->at[index - 1].id != id) &&
	       (index + 1 == spots->count || spots->at[index + 1].id != id);
}

static void find_equal(struct crossing *crossing, int side, bool as_other)
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
			join(crossing, side, from, to);
			spread(crossing, side, from, to);
		}
		i++, j++;
	}
}

/* --- by likeness ---------------------------------------------------------------- */

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

static int likeness(struct crossing *crossing, enum note_version a, struct place x,
		    enum note_version b, struct place y)
{
	struct match_input input = {.arena = crossing->arena,
				    .words = &crossing->words,
				    .base = &crossing->notes[x.note].pieces[a],
				    .side = &crossing->notes[y.note].pieces[b]};

	return piece_similarity(&input, x.piece, y.piece, 0);
}

/* How much a side's piece is like what base, or the other side, has of the point. */
static int likeness_of_moved(struct crossing *crossing, int side, struct place from,
			     struct place to)
{
	int other = crossing->notes[from.note].match[1 - side].side_of[from.piece];
	int alike = likeness(crossing, VERSION_BASE, from, version_of_side(side), to), as_other;

	if (other < 0)
		return alike;
	as_other = likeness(crossing, version_of_side(1 - side), (struct place){from.note, other},
			    version_of_side(side), to);
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
	if (note->pieces[version_of_side(side)].ids[partner] ==
	    note->pieces[VERSION_BASE].ids[at.piece])
		return EXACTLY;
	return likeness(crossing, VERSION_BASE, at, version_of_side(side),
			(struct place){at.note, partner});
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
static struct spots spots_left(struct crossing *crossing, int side, bool in_base)
{
	struct spots spots = {0};
	enum note_version version = in_base ? VERSION_BASE : version_of_side(side);

	for (int n = 0; n < crossing->count; n++)
		for (int i = 0; i < crossing->notes[n].pieces[version].count; i++) {
			struct place at = {n, i};

			if (piece_at(crossing, version, at)->word_count >= ALIKE_WORDS &&
			    is_movable(crossing, version, at) &&
			    (in_base ? likeness_of_base(crossing, side, at)
				     : likeness_of_side(crossing, side, at)) < MOVED_ALIKE)
				add_spot(crossing, &spots, 0, at);
		}
	return spots;
}

static void find_alike(struct crossing *crossing, int side)
{
	struct spots gone = spots_left(crossing, side, true);
	struct spots new = spots_left(crossing, side, false);
	struct pair *pairs = NULL;
	size_t count = 0, room = 0;

	if (new.count && gone.count > MOST_PAIRS / new.count)
		return;
	for (size_t i = 0; i < gone.count; i++)
		for (size_t j = 0; j < new.count; j++) {
			struct place from = gone.at[i].at, to = new.at[j].at;
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
			join(crossing, side, pairs[i].from, pairs[i].to);
}

/*
 * A point that the other side moved to `to` and this side does not have any
 * more: what this side has new in that note and is like it is the same point.
 * So it is when a merge's result is merged once more.
 */
static void find_followed(struct crossing *crossing, int side, struct place from, struct place to)
{
	const struct side *pieces = &crossing->notes[to.note].pieces[version_of_side(side)];
	struct pair best = {.alike = likeness_of_base(crossing, side, from), .to.note = NOWHERE};

	for (int i = 0; i < pieces->count; i++) {
		struct place at = {to.note, i};
		uint32_t words = pieces->pieces[i].word_count;

		if (!is_movable(crossing, version_of_side(side), at))
			continue;
		int alike = likeness(crossing, VERSION_BASE, from, version_of_side(side), at);
		int as_moved = likeness(crossing, version_of_side(1 - side), to,
					version_of_side(side), at);

		alike = as_moved > alike ? as_moved : alike;
		if (alike > best.alike &&
		    alike >= (words < ALIKE_WORDS ? FOLLOWED_ALIKE_SHORT : FOLLOWED_ALIKE) &&
		    likeness_of_side(crossing, side, at) < alike)
			best = (struct pair){alike, from, at};
	}
	if (best.to.note >= 0)
		join(crossing, side, from, best.to);
}

static void find_all_followed(struct crossing *crossing, int side)
{
	int budget = MOST_PAIRS;

	for (int n = 0; n < crossing->count; n++)
		for (int i = 0; i < crossing->notes[n].pieces[VERSION_BASE].count; i++) {
			struct place from = {n, i}, to = crossing->notes[n].went[1 - side][i];

			if (to.note < 0 || likeness_of_base(crossing, side, from) == EXACTLY)
				continue;
			budget -= crossing->notes[to.note].pieces[version_of_side(side)].count;
			if (budget < 0)
				return;
			find_followed(crossing, side, from, to);
		}
}

/* --- all of it ------------------------------------------------------------------- */

static struct place *nowhere(struct arena *arena, int count)
{
	struct place *places = arena_array(arena, struct place, (size_t)count + 1);

	for (int i = 0; i < count; i++)
		places[i].note = NOWHERE;
	return places;
}

static bool read_note(struct crossing *crossing, struct crossing_note *note,
		      const struct note_versions *versions)
{
	for (int v = 0; v < VERSIONS; v++) {
		note->there[v] = versions->texts[v].at != NULL;
		note->docs[v] = doc_read(crossing->arena, versions->texts[v]);
		if (note->docs[v].opaque)
			return false;
		note->pieces[v] = side_read(crossing->ids.arena, &crossing->ids, &note->docs[v]);
	}
	for (int s = 0; s < SIDES_OF_BASE; s++) {
		note->match[s] = match_pieces(
			(struct match_input){.arena = crossing->arena,
					     .words = &crossing->words,
					     .base = &note->pieces[VERSION_BASE],
					     .side = &note->pieces[version_of_side(s)]});
		note->went[s] = nowhere(crossing->arena, note->pieces[VERSION_BASE].count);
		note->came[s] = nowhere(crossing->arena, note->pieces[version_of_side(s)].count);
	}
	return true;
}

bool crossing_read(struct crossing *crossing, const struct note_versions *notes, size_t count)
{
	crossing->words.arena = crossing->ids.arena = crossing->arena;
	crossing->notes = arena_array(crossing->arena, struct crossing_note, count);
	crossing->count = (int)count;
	for (size_t i = 0; i < count; i++)
		if (!read_note(crossing, &crossing->notes[i], &notes[i]))
			return false;
	for (int side = 0; side < SIDES_OF_BASE; side++) {
		find_equal(crossing, side, false);
		find_equal(crossing, side, true);
		find_alike(crossing, side);
	}
	for (int side = 0; side < SIDES_OF_BASE; side++)
		find_all_followed(crossing, side);
	return true;
}
