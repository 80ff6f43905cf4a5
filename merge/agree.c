#include "merge/agree.h"

/* Completes the matching of side `s` where the other side knows better. */
static bool adopt(struct plan *plan, int s, int piece, int base)
{
	struct matching *match = &plan->match[s];

	if (match->side_of[base] >= 0 || match->base_of[piece] >= 0)
		return false;
	match->side_of[base] = piece;
	match->base_of[piece] = base;
	return true;
}

/* Whether a piece stands beside neither of those that the base's stood beside in the base. */
static bool is_torn_out(const struct plan *plan, int s, int piece, int base)
{
	enum { NOWHERE = -2 };
	const int *base_of = plan->match[s].base_of;
	int before = piece > 0 ? base_of[piece - 1] : NONE;
	int behind = piece + 1 < plan->side[s].count ? base_of[piece + 1] : plan->base.count;

	if (piece > 0 && before < 0)
		before = NOWHERE;
	return before != base - 1 && behind != base + 1;
}

/* Whether a piece of side `s` stands under what the base's stood under. */
static bool stands_under_same(const struct plan *plan, int s, int piece, int base)
{
	int above = plan->base.pieces[base].parent, parent = plan->side[s].pieces[piece].parent;

	return above < 0 ? parent < 0 : parent >= 0 && plan->match[s].side_of[above] == parent;
}

/* Whether of two pieces of side `s` the first stands where the base's stood, and only that one. */
static bool stands_better(const struct plan *plan, int s, int piece, int other, int base)
{
	return !is_torn_out(plan, s, piece, base) &&
	       (is_torn_out(plan, s, other, base) || (stands_under_same(plan, s, piece, base) &&
						      !stands_under_same(plan, s, other, base)));
}

/* Whether a piece says less than half of the base's, as what a point was cut from does. */
static bool is_rest(const struct plan *plan, int s, int piece, int base)
{
	return 2 * plan->side[s].pieces[piece].word_count < plan->base.pieces[base].word_count;
}

bool agree_adopt(struct plan *plan, int s, int piece, int base)
{
	struct matching *match = &plan->match[s];
	int taken = match->side_of[base];

	if (match->base_of[piece] >= 0)
		return false;
	if (taken >= 0 && !is_rest(plan, s, taken, base) &&
	    stands_better(plan, s, taken, piece, base))
		return false;
	if (taken >= 0 && plan->side[s].ids[taken] != plan->base.ids[base]) {
		match->base_of[taken] = -1;
		match->side_of[base] = -1;
	}
	return adopt(plan, s, piece, base);
}

bool agree_is_certain(const struct plan *plan, int s, int base)
{
	int piece = plan->match[s].side_of[base];

	return piece >= 0 && plan->side[s].ids[piece] == plan->base.ids[base];
}

void agree_on_base(struct plan *plan, const int piece[SIDES], bool moved[SIDES])
{
	int base[SIDES] = {plan->match[0].base_of[piece[0]], plan->match[1].base_of[piece[1]]};
	int first = base[0] < base[1] ? 1 : 0;

	for (int turn = 0; turn < SIDES; turn++) {
		int s = turn ? 1 - first : first, mine = base[s], wanted = base[1 - s];

		if (agree_is_certain(plan, s, mine) || agree_is_certain(plan, s, wanted))
			continue;
		plan->match[s].side_of[mine] = plan->match[s].base_of[piece[s]] = -1;
		moved[s] |= agree_adopt(plan, s, piece[s], wanted);
		return;
	}
}

bool agree_guess_alike(struct plan *plan, const int *partners)
{
	struct matching *match = &plan->match[1];
	const uint32_t *base = plan->base.ids, *ids = plan->side[1].ids;
	bool changed = false;

	for (int i = 0; i < plan->base.count; i++) {
		int ours = plan->match[0].side_of[i], was = match->side_of[i];
		int wanted = ours >= 0 ? partners[ours] : -1;

		if (wanted < 0 || wanted == was || ids[wanted] != base[i] ||
		    (was >= 0 && ids[was] != base[i]))
			continue;
		int other = match->base_of[wanted];
		if (other >= 0 && base[other] != base[i])
			continue;
		if (was >= 0 && is_torn_out(plan, 0, ours, i) && !is_torn_out(plan, 1, was, i))
			continue;
		if (was >= 0 && stands_better(plan, 1, was, wanted, i))
			continue;
		match->side_of[i] = wanted;
		match->base_of[wanted] = i;
		if (was >= 0)
			match->base_of[was] = other;
		if (other >= 0)
			match->side_of[other] = was;
		changed = true;
	}
	return changed;
}
