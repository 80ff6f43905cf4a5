#include "merge/match.h"

#include <stdlib.h>
#include <string.h>

#include "merge/equal.h"
#include "merge/match_gaps.h"
#include "merge/match_tables.h"
#include "merge/numbered.h"
#include "merge/rising.h"

/* What a piece is known again by wherever it stands; how many are compared at most. */
enum {
	MOVED_EQUAL_BYTES = 20, /* a link, a long name */
	MOVED_TRIED = 64,	/* short pieces looked for in all of both texts */
};

/* The nearest unmatched piece above a side's that is a heading of that level, or a table, too. */
static int alike_above(const struct match_input *input, const struct matching *matching, int piece,
		       const struct block *as)
{
	for (int at = input->side->pieces[piece].parent; at >= 0;
	     at = input->side->pieces[at].parent) {
		const struct block *block = piece_block(input->side, at);
		if (block->kind == as->kind && block->level == as->level)
			return matching->base_of[at] < 0 ? at : -1;
	}
	return -1;
}

/* A heading or a table all of whose words changed is known by what stands under it. */
static void join_by_children(struct match_input *input, struct matching *matching, bool in_order)
{
	const struct side *base = input->base, *side = input->side;
	int before = -1;

	for (int i = 0; i < base->count; i++) {
		const struct block *block = piece_block(base, i);
		int found = -1, shared = 0;

		if (matching->side_of[i] > before)
			before = matching->side_of[i];
		if ((block->kind != BLOCK_HEADING && block->kind != BLOCK_TABLE) ||
		    matching->side_of[i] >= 0)
			continue;
		for (int child = i + 1; child < base->pieces[i].end; child++) {
			int partner = matching->side_of[child];
			if (partner < 0 || base->pieces[child].word_count == 0)
				continue;
			if (found < 0)
				found = alike_above(input, matching, partner, block);
			if (found < 0)
				break;
			shared += partner > found && partner < side->pieces[found].end;
		}
		if (found < 0 || (in_order && found <= before))
			continue;
		int size = base->pieces[i].end - i - 1;
		int other = side->pieces[found].end - found - 1;
		if (2 * shared >= (size < other ? size : other))
			matching_join(matching, i, found);
	}
}

static bool is_free(const struct matching *matching, int base, int side)
{
	return matching->side_of[base] < 0 && matching->base_of[side] < 0;
}

/* The first heading, if all that follows stands under it; or -1. */
static int title_of(const struct side *side)
{
	int at = 0;

	while (at < side->count && piece_block(side, at)->kind != BLOCK_HEADING)
		at++;
	return at < side->count && side->pieces[at].end == side->count &&
			       side->pieces[at].wordings == 1 && side->pieces[at].word_count
		       ? at
		       : -1;
}

/* A text has one title: another one is the old one reworded. */
static void join_titles(const struct match_input *input, struct matching *matching)
{
	int base = title_of(input->base), side = title_of(input->side);

	if (base >= 0 && side >= 0 && is_free(matching, base, side) &&
	    piece_block(input->base, base)->level == piece_block(input->side, side)->level)
		matching_join(matching, base, side);
}

/* Equal neighbours of a moved piece moved with it. */
static void spread(struct match_input *input, struct matching *matching, int base, int side)
{
	for (int step = -1; step <= 1; step += 2)
		for (int i = base + step, j = side + step;
		     i >= 0 && j >= 0 && i < input->base->count && j < input->side->count &&
		     is_free(matching, i, j) && input->base->ids[i] == input->side->ids[j];
		     i += step, j += step)
			matching_join(matching, i, j);
}

bool piece_can_move(const struct side *side, int piece)
{
	return side->pieces[piece].word_count >= MOVED_EQUAL_WORDS ||
	       piece_block(side, piece)->text.len >= MOVED_EQUAL_BYTES;
}

/* The unmatched pieces of at least `least` words, by number. out: how many */
static int unmatched(struct arena *arena, const struct side *side, const int *partner,
		     uint32_t least, struct numbered_piece **out)
{
	int count = 0;

	*out = arena_array(arena, struct numbered_piece, (size_t)side->count + 1);
	for (int i = 0; i < side->count; i++)
		if (partner[i] < 0 && side->pieces[i].word_count >= least)
			(*out)[count++] = (struct numbered_piece){side->ids[i], i};
	return count;
}

/*
 * Whether two equal pieces, each the only one that has no partner, are one that
 * moved. What says little may stand anywhere: no other may be like it at all.
 */
static bool is_moved(struct match_input *input, int base, int side, int *tried)
{
	if (piece_can_move(input->base, base))
		return true;
	return ++*tried < MOVED_TRIED && piece_is_only_one(input->base, base) &&
	       piece_is_only_one(input->side, side);
}

static void join_moved_equal(struct match_input *input, struct matching *matching)
{
	struct arena scratch = {0};
	struct numbered_piece *gone, *new;
	int m = unmatched(&scratch, input->base, matching->side_of, 0, &gone);
	int n = unmatched(&scratch, input->side, matching->base_of, 0, &new);
	int tried = 0;

	numbered_sort(gone, m);
	numbered_sort(new, n);
	for (int i = 0, j = 0; numbered_meet(gone, m, new, n, &i, &j); i++, j++) {
		if (numbered_is_single(gone, m, i) && numbered_is_single(new, n, j) &&
		    is_free(matching, gone[i].at, new[j].at) &&
		    is_moved(input, gone[i].at, new[j].at, &tried)) {
			matching_join(matching, gone[i].at, new[j].at);
			spread(input, matching, gone[i].at, new[j].at);
		}
	}
	arena_free(&scratch);
}

struct candidate {
	int alike, base, side;
};

static int best_first(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->alike != y->alike)
		return y->alike - x->alike;
	return x->base != y->base ? x->base - y->base : x->side - y->side;
}

/* How many wordings all of them have that are compared. */
static int64_t count_wordings(const struct side *side, const struct numbered_piece *all, int count)
{
	int64_t wordings = 0;

	for (int i = 0; i < count; i++)
		wordings += compared_wordings(side->pieces + all[i].at);
	return wordings;
}

static void join_moved_alike(struct match_input *input, struct matching *matching)
{
	struct arena scratch = {0};
	struct numbered_piece *gone, *new;
	int m = unmatched(&scratch, input->base, matching->side_of, MOVED_EQUAL_WORDS, &gone);
	int n = unmatched(&scratch, input->side, matching->base_of, MOVED_EQUAL_WORDS, &new);
	struct candidate *found = NULL;
	size_t count = 0, room = 0;
	bool few = count_wordings(input->base, gone, m) * count_wordings(input->side, new, n) <=
		   MOVED_PAIRS;

	for (int i = 0; i < m && few; i++)
		for (int j = 0; j < n; j++) {
			int alike = piece_moved_alike(input, gone[i].at, new[j].at);
			if (alike == 0)
				continue;
			arena_push(&scratch, found, count, room);
			found[count++] = (struct candidate){alike, gone[i].at, new[j].at};
		}
	if (count)
		qsort(found, count, sizeof *found, best_first);
	for (size_t i = 0; i < count; i++)
		if (is_free(matching, found[i].base, found[i].side))
			matching_join(matching, found[i].base, found[i].side);
	arena_free(&scratch);
}

/* The piece right under `parent` that has this number, or -1. */
static int child_with(const struct side *side, int parent, uint32_t id)
{
	enum { SEARCHED = 256 };
	int end = side->pieces[parent].end;

	for (int at = parent + 1; at < end && at < parent + SEARCHED; at++)
		if (side->pieces[at].parent == parent && side->ids[at] == id)
			return at;
	return -1;
}

static bool is_under(const struct match_input *input, const struct matching *matching, int base,
		     int parent)
{
	int above = input->base->pieces[base].parent;

	return above >= 0 && matching->side_of[above] == parent;
}

/* Of equal pieces, the one that stands under the same parent is the base's. */
static void prefer_siblings(struct match_input *input, struct matching *matching)
{
	const struct side *base = input->base, *side = input->side;

	for (int i = 0; i < base->count; i++) {
		int was = matching->side_of[i], above = base->pieces[i].parent;
		int parent = above >= 0 ? matching->side_of[above] : -1;

		if (parent < 0 || (was >= 0 && (side->pieces[was].parent == parent ||
						side->ids[was] != base->ids[i])))
			continue;
		int better = child_with(side, parent, base->ids[i]);
		int other = better >= 0 ? matching->base_of[better] : -1;
		if (better < 0 || (other >= 0 && (base->ids[other] != base->ids[i] ||
						  is_under(input, matching, other, parent))))
			continue;
		if (was >= 0)
			matching->base_of[was] = other;
		if (other >= 0)
			matching->side_of[other] = was;
		matching_join(matching, i, better);
	}
}

/* Whether an equal piece stands under something new, beside none of its old neighbours. */
static bool stands_anew(const struct match_input *input, const struct matching *matching, int base,
			int piece)
{
	int parent = input->side->pieces[piece].parent;
	const int *base_of = matching->base_of;

	return input->side->ids[piece] == input->base->ids[base] && parent >= 0 &&
	       base_of[parent] < 0 && (piece == 0 || base_of[piece - 1] != base - 1) &&
	       (piece + 1 == input->side->count || base_of[piece + 1] != base + 1);
}

/* The free piece beside what stands beside the base's and under the same parent, or -1. */
static int free_in_place(const struct match_input *input, const struct matching *matching, int base)
{
	for (int step = -1; step <= 1; step += 2) {
		int beside = base + step, last = input->base->count - 1;
		int other = beside >= 0 && beside <= last ? matching->side_of[beside] : -1;
		int at = other >= 0 ? other - step : -1;

		if (at >= 0 && at < input->side->count && matching->base_of[at] < 0 &&
		    is_under(input, matching, base, input->side->pieces[at].parent))
			return at;
	}
	return -1;
}

/*
 * Of two entries with a field of one name, the new one may say what the old one said before:
 * what stands in the field's place is the base's.
 */
static void prefer_in_place(struct match_input *input, struct matching *matching)
{
	for (int i = 0; i < input->base->count; i++) {
		int was = matching->side_of[i];
		int place = was >= 0 && stands_anew(input, matching, i, was)
				    ? free_in_place(input, matching, i)
				    : -1;

		if (place < 0 || !piece_stands_for(input, i, place))
			continue;
		matching->base_of[was] = -1;
		matching_join(matching, i, place);
	}
}

/* Whether some pieces of the base stand in another order in the side. */
static bool any_falls(const struct side *base, const struct matching *matching)
{
	int last = -1;

	for (int i = 0; i < base->count; i++) {
		if (matching->side_of[i] < 0)
			continue;
		if (matching->side_of[i] < last)
			return true;
		last = matching->side_of[i];
	}
	return false;
}

void match_mark_moved(struct arena *arena, const struct side *base, const struct side *side,
		      struct matching *matching)
{
	size_t room = (size_t)base->count + 1;
	struct arena scratch = {0};
	int count = 0;

	matching->moved = NULL;
	if (!any_falls(base, matching))
		return;
	matching->moved = arena_array(arena, bool, room);
	int *bases = arena_array(&scratch, int, room), *sides = arena_array(&scratch, int, room);
	uint32_t *weights = arena_array(&scratch, uint32_t, room);
	for (int i = 0; i < base->count; i++) {
		if (matching->side_of[i] < 0)
			continue;
		bases[count] = i;
		sides[count] = matching->side_of[i];
		weights[count++] = base->pieces[i].word_count + 1;
	}
	const bool *keep = keep_rising(&scratch, sides, weights, count, side->count);
	for (int i = 0; i < count; i++)
		matching->moved[bases[i]] = !keep[i];
	arena_free(&scratch);
}

static int *copy_of(struct arena *arena, const int *partners, int count)
{
	int *copy = arena_array(arena, int, (size_t)count + 1);

	memcpy(copy, partners, (size_t)count * sizeof *copy);
	return copy;
}

struct matching matching_copy(struct arena *arena, const struct match_input *input,
			      const struct matching *matching)
{
	int base_count = input->base->count;
	struct matching copy = {
		.side_of = copy_of(arena, matching->side_of, base_count),
		.base_of = copy_of(arena, matching->base_of, input->side->count),
	};

	if (matching->moved) {
		copy.moved = arena_array(arena, bool, (size_t)base_count + 1);
		memcpy(copy.moved, matching->moved, (size_t)base_count * sizeof *copy.moved);
	}
	return copy;
}

struct matching match_pieces(struct match_input input)
{
	struct matching matching = {
		.side_of = input.equal ? copy_of(input.arena, input.equal, input.base->count)
				       : match_equal(input.arena, input.base, input.side),
		.base_of = arena_array(input.arena, int, (size_t)input.side->count + 1),
	};
	struct ready_text ready;

	ready.text = (struct numbers){0};
	input.ready = &ready;
	memset(matching.base_of, -1, ((size_t)input.side->count + 1) * sizeof(int));
	for (int i = 0; i < input.base->count; i++)
		if (matching.side_of[i] >= 0)
			matching.base_of[matching.side_of[i]] = i;
	if (!input.exact_only) {
		join_gaps(&input, &matching);
		join_by_children(&input, &matching, true);
		join_empty_tables(&input, &matching);
		join_titles(&input, &matching);
	}
	join_moved_equal(&input, &matching);
	if (!input.exact_only) {
		join_moved_alike(&input, &matching);
		join_rows_by_name(&input, &matching);
		join_by_children(&input, &matching, false);
	}
	prefer_siblings(&input, &matching);
	if (!input.exact_only)
		prefer_in_place(&input, &matching);
	if (input.by_place)
		join_by_place(&input, &matching);
	match_mark_moved(input.arena, input.base, input.side, &matching);
	return matching;
}
