#include "merge/relocate.h"

#include <stdlib.h>

#include "merge/relocate_alike.h"
#include "merge/relocate_equal.h"
#include "merge/relocate_write.h"

static const struct side *pieces_of(const struct crossing *crossing, int note, int version)
{
	return &crossing->notes[note].pieces[version];
}

/* --- what goes with what -------------------------------------------------------------- */

static bool is_within(const struct side *pieces, int piece, int above)
{
	return piece >= above && piece < pieces->pieces[above].end;
}

/* A piece goes with the one above it, unless its mover left it in the old note. */
static bool goes_along(const struct crossing *crossing, const struct relocation *relocation,
		       int base_piece)
{
	const struct crossing_note *from = &crossing->notes[relocation->from.note];

	return base_piece < 0 || from->match[relocation->mover].side_of[base_piece] < 0 ||
	       !is_within(&from->pieces[BASE], base_piece, relocation->from.piece);
}

static void claim(const struct crossing *crossing, struct relocations *all, size_t index)
{
	const struct relocation *relocation = &all->at[index];
	const struct side *base = pieces_of(crossing, relocation->from.note, BASE);
	int other = 1 - relocation->mover;
	int version = OURS + other;
	const struct side *theirs = pieces_of(crossing, relocation->other.note, version);
	const struct matching *match = &crossing->notes[relocation->other.note].match[other];
	int *owner = all->owner[BASE][relocation->from.note];

	for (int i = relocation->from.piece; i < base->pieces[relocation->from.piece].end; i++)
		if (piece_block(base, i)->joined)
			owner[i] = owner[i - 1];
		else if (goes_along(crossing, relocation, i))
			owner[i] = (int)index;
	if (relocation->other.note == relocation->to.note)
		return;
	owner = all->owner[version][relocation->other.note];
	for (int i = relocation->other.piece; i < theirs->pieces[relocation->other.piece].end;
	     i++) {
		int before =
			relocation->other.note == relocation->from.note ? match->base_of[i] : -1;

		if (piece_block(theirs, i)->joined)
			owner[i] = owner[i - 1];
		else if (goes_along(crossing, relocation, before))
			owner[i] = (int)index;
	}
}

/* Goes with a point above it to the same place. */
static bool is_claimed(const struct crossing *crossing, const struct relocations *all,
		       struct place at)
{
	int index = all->owner[BASE][at.note][at.piece];
	const struct crossing_note *note = &crossing->notes[at.note];

	if (index == STAYS)
		return false;
	const struct relocation *above = &all->at[index];
	struct place went = note->went[above->mover][at.piece];
	struct place other = note->went[1 - above->mover][at.piece];
	const struct side *target = pieces_of(crossing, above->to.note, OURS + above->mover);
	if (went.note >= 0 &&
	    (went.note != above->to.note || !is_within(target, went.piece, above->to.piece)))
		return false;
	return other.note < 0 ||
	       (other.note == above->other.note &&
		is_within(pieces_of(crossing, other.note, OURS + 1 - above->mover), other.piece,
			  above->other.piece));
}

/* --- where it goes ------------------------------------------------------------------ */

/*
 * The piece of another text, of `count` pieces, behind which a piece goes that
 * stands in `pieces` from `from` on and up to `end`: the partner of what stands
 * before it, else what stands before the partner of what follows it.
 */
static int anchor_of(const struct side *pieces, const int *partner_of, int from, int end, int count)
{
	for (int i = from - 1; i >= 0; i--)
		if (partner_of[i] >= 0)
			return partner_of[i];
	for (int i = end; i < pieces->count; i++)
		if (partner_of[i] >= 0)
			return partner_of[i] - 1;
	return count - 1;
}

/* What has no partner and stands deeper belongs to what stands before. */
static int below_anchor(const struct side *pieces, const int *partner_of, int anchor, uint32_t rank)
{
	while (anchor >= 0 && anchor + 1 < pieces->count && partner_of[anchor + 1] < 0 &&
	       pieces->pieces[anchor + 1].rank > rank)
		anchor++;
	return anchor;
}

/* Where base does not have the note, the sides' own likeness tells. */
static int anchor_between_sides(struct crossing *crossing, const struct relocation *relocation)
{
	struct crossing_note *note = &crossing->notes[relocation->to.note];
	int mover = OURS + relocation->mover;
	int other = OURS + 1 - relocation->mover;
	struct matching matching = match_pieces((struct match_input){.arena = crossing->arena,
								     .words = &crossing->words,
								     .base = &note->pieces[other],
								     .side = &note->pieces[mover],
								     .exact_only = true});

	return anchor_of(&note->pieces[mover], matching.base_of, relocation->to.piece,
			 note->pieces[mover].pieces[relocation->to.piece].end,
			 note->pieces[other].count);
}

static void find_anchors(struct crossing *crossing, struct relocation *relocation)
{
	struct crossing_note *note = &crossing->notes[relocation->to.note];
	const struct matching *match = &note->match[relocation->mover];
	const struct matching *other = &note->match[1 - relocation->mover];
	const struct side *base = &note->pieces[BASE];
	const struct side *mine = &note->pieces[OURS + relocation->mover];
	const struct side *theirs = &note->pieces[OURS + 1 - relocation->mover];
	uint32_t rank = mine->pieces[relocation->to.piece].rank;

	if (!note->there[BASE]) {
		relocation->base_anchor = AT_BEGINNING;
		relocation->other_anchor = anchor_between_sides(crossing, relocation);
		return;
	}
	int to = relocation->to.piece;
	int behind = anchor_of(mine, match->base_of, to, mine->pieces[to].end, base->count);

	behind = below_anchor(base, match->side_of, behind, rank);
	relocation->base_anchor = behind;
	relocation->other_anchor = AT_BEGINNING;
	if (behind < 0)
		return;
	behind = anchor_of(base, other->side_of, behind + 1, behind + 1, theirs->count);
	relocation->other_anchor = below_anchor(theirs, other->base_of, behind, rank);
}

/* --- which points -------------------------------------------------------------------- */

/* The bytes of a piece and all under it. */
static struct str unit_text(const struct side *pieces, int piece)
{
	const struct block *first = piece_block(pieces, piece);
	int end = pieces->pieces[piece].end - 1;
	const struct block *last = piece_block(pieces, end) + pieces->pieces[end].wordings - 1;

	return (struct str){first->raw.at, (size_t)(last->raw.at + last->raw.len - first->raw.at)};
}

/* Has the other side left the point as base has it? Then the merge of each note does. */
static bool is_untouched(const struct crossing *crossing, const struct relocation *relocation)
{
	return relocation->other.note == relocation->from.note &&
	       str_equal(str_trim_right(unit_text(pieces_of(crossing, relocation->from.note, BASE),
						  relocation->from.piece)),
			 str_trim_right(unit_text(pieces_of(crossing, relocation->other.note,
							    OURS + 1 - relocation->mover),
						  relocation->other.piece)));
}

/* Who of the sides moved it, and where to: where both did, to the first of the two notes. */
static bool describe(const struct crossing *crossing, struct place from, struct relocation *out)
{
	const struct crossing_note *note = &crossing->notes[from.note];
	struct place went[SIDES] = {note->went[0][from.piece], note->went[1][from.piece]};
	int other;

	if (went[0].note < 0 && went[1].note < 0)
		return false;
	out->from = from;
	out->mover = went[0].note < 0 || (went[1].note >= 0 && went[1].note < went[0].note);
	other = 1 - out->mover;
	out->to = went[out->mover];
	out->other = went[other];
	if (out->other.note < 0)
		out->other = (struct place){from.note, note->match[other].side_of[from.piece]};
	return out->other.piece >= 0;
}

static bool is_possible(const struct crossing *crossing, const struct relocation *relocation)
{
	const struct crossing_note *target = &crossing->notes[relocation->to.note];
	int other = OURS + 1 - relocation->mover;
	const struct block *block = piece_block(pieces_of(crossing, relocation->other.note, other),
						relocation->other.piece);

	return !block->joined && (target->there[other] || !target->there[BASE]);
}

static int by_target(const void *left, const void *right)
{
	const struct relocation *a = left, *b = right;

	if (a->to.note != b->to.note)
		return a->to.note - b->to.note;
	return a->mover != b->mover ? a->mover - b->mover : a->to.piece - b->to.piece;
}

static void find_owners(const struct crossing *crossing, struct relocations *all)
{
	for (int v = 0; v < TEXTS; v++) {
		all->owner[v] = arena_array(crossing->arena, int *, (size_t)crossing->count);
		for (int n = 0; n < crossing->count; n++) {
			int count = crossing->notes[n].pieces[v].count;
			int *owner = arena_array(crossing->arena, int, (size_t)count + 1);

			for (int i = 0; i < count; i++)
				owner[i] = STAYS;
			all->owner[v][n] = owner;
		}
	}
}

static void add(struct crossing *crossing, struct relocations *all, struct place from)
{
	struct relocation relocation = {.found = all->count};

	if (is_claimed(crossing, all, from) || !describe(crossing, from, &relocation) ||
	    !is_possible(crossing, &relocation) || is_untouched(crossing, &relocation))
		return;
	arena_push(crossing->arena, all->at, all->count, all->room);
	all->at[all->count] = relocation;
	claim(crossing, all, all->count++);
}

/* Numbers the relocations anew in the order in which they stand in their notes. */
static void put_in_order(struct crossing *crossing, struct relocations *all)
{
	int *number = arena_array(crossing->arena, int, all->count + 1);

	for (size_t i = 0; i < all->count; i++)
		find_anchors(crossing, &all->at[i]);
	qsort(all->at, all->count, sizeof *all->at, by_target);
	for (size_t i = 0; i < all->count; i++)
		number[all->at[i].found] = (int)i;
	for (int v = 0; v < TEXTS; v++)
		for (int n = 0; n < crossing->count; n++)
			for (int i = 0; i < crossing->notes[n].pieces[v].count; i++)
				if (all->owner[v][n][i] >= 0)
					all->owner[v][n][i] = number[all->owner[v][n][i]];
}

/* --- what one side moved and the other deleted ---------------------------------------- */

/* Not with the whole note: that is no word on one point. */
static bool has_deleted(const struct crossing *crossing, int side, struct place at)
{
	const struct crossing_note *note = &crossing->notes[at.note];

	return note->there[OURS + side] && note->match[side].side_of[at.piece] < 0 &&
	       note->went[side][at.piece].note < 0;
}

/* Nothing is left to merge it with: it is an addition of the mover's, and no longer base's. */
static void leave_out_of(const struct crossing *crossing, struct relocations *all, int note)
{
	const struct crossing_note *from = &crossing->notes[note];
	const struct side *base = &from->pieces[BASE];
	int *owner = all->owner[BASE][note];

	for (int i = 0; i < base->count; i++) {
		struct place at = {note, i};
		bool is_whole = !piece_block(base, i)->joined &&
				(i + 1 == base->count || !piece_block(base, i + 1)->joined);

		for (int side = 0; side < SIDES; side++)
			if (owner[i] == STAYS && is_whole && from->went[side][i].note >= 0 &&
			    has_deleted(crossing, 1 - side, at))
				owner[i] = LEFT_OUT;
	}
}

static void leave_out_deleted(const struct crossing *crossing, struct relocations *all)
{
	bool *is_anew = arena_array(crossing->arena, bool, (size_t)crossing->count);

	for (size_t i = 0; i < all->count; i++)
		is_anew[all->at[i].from.note] = is_anew[all->at[i].to.note] =
			is_anew[all->at[i].other.note] = true;
	for (int n = 0; n < crossing->count; n++)
		if (is_anew[n])
			leave_out_of(crossing, all, n);
}

/* --- all of it ----------------------------------------------------------------------- */

/* Sides in an order that depends on the texts alone. */
static bool is_swapped(const struct note_versions *notes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct str ours = notes[i].texts[OURS];
		struct str theirs = notes[i].texts[THEIRS];

		if (!ours.at != !theirs.at)
			return ours.at == NULL;
		if (!str_equal(ours, theirs))
			return str_compare(ours, theirs) > 0;
	}
	return false;
}

static struct note_versions *in_order(struct arena *arena, const struct note_versions *notes,
				      size_t count, bool swapped)
{
	struct note_versions *out = arena_array(arena, struct note_versions, count);

	for (size_t i = 0; i < count; i++) {
		out[i] = notes[i];
		if (swapped) {
			out[i].texts[OURS] = notes[i].texts[THEIRS];
			out[i].texts[THEIRS] = notes[i].texts[OURS];
		}
	}
	return out;
}

static void rewrite(struct crossing *crossing, const struct relocations *all, struct relocated *out)
{
	for (int n = 0; n < crossing->count; n++)
		for (int v = 0; v < TEXTS; v++) {
			struct str text = relocation_write(crossing, all, n, v);

			if (text.at == crossing->notes[n].docs[v].source.at)
				continue;
			out->notes[n].texts[v] = text;
			out->touched[n] = true;
		}
	out->points = arena_array(crossing->arena, struct relocated_point, all->count);
	for (size_t i = 0; i < all->count; i++) {
		struct place from = all->at[i].from;

		out->points[out->point_count++] = (struct relocated_point){
			(size_t)from.note, (size_t)all->at[i].to.note,
			piece_block(pieces_of(crossing, from.note, BASE), from.piece)->text};
	}
}

static void find_moves(struct crossing *crossing)
{
	for (int side = 0; side < SIDES; side++) {
		find_moved_equal(crossing, side, false);
		find_moved_equal(crossing, side, true);
		find_moved_alike(crossing, side);
	}
	for (int side = 0; side < SIDES; side++)
		find_followed(crossing, side);
}

struct relocated relocate_points(struct arena *arena, const struct note_versions *notes,
				 size_t count)
{
	bool swapped = is_swapped(notes, count);
	struct relocated out = {.notes = in_order(arena, notes, count, swapped),
				.touched = arena_array(arena, bool, count)};
	struct crossing crossing = {.arena = arena};
	struct relocations all = {0};

	if (crossing_read(&crossing, out.notes, count)) {
		find_moves(&crossing);
		find_owners(&crossing, &all);
		for (int n = 0; n < crossing.count; n++)
			for (int i = 0; i < crossing.notes[n].pieces[BASE].count; i++)
				add(&crossing, &all, (struct place){n, i});
	}
	if (all.count) {
		leave_out_deleted(&crossing, &all);
		put_in_order(&crossing, &all);
		rewrite(&crossing, &all, &out);
	}
	out.notes = in_order(arena, out.notes, count, swapped);
	return out;
}
