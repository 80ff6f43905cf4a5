#include "merge/slots.h"

#include <string.h>

#include "merge/strays.h"

struct placer {
	const struct plan *plan;
	struct arena *arena;
	struct slots slots;
	int *spine_at;		   /* by node: its index in the spine, or NONE */
	int *follows;		   /* by node: the moved node that it goes with, or NONE */
	int *slot_of[SIDES];	   /* by node; NONE: that side does not place it */
	const bool *strays[SIDES]; /* by node, as find_strays() tells; NULL: none */
};

static int *filled(struct arena *arena, int count)
{
	int *numbers = arena_array(arena, int, (size_t)count + 1);

	memset(numbers, -1, ((size_t)count + 1) * sizeof *numbers);
	return numbers;
}

static void find_spine(struct placer *placer)
{
	const struct plan *plan = placer->plan;

	placer->slots.spine = arena_array(placer->arena, int, (size_t)plan->base.count + 1);
	placer->spine_at = filled(placer->arena, plan->count);
	for (int i = 0; i < plan->base.count; i++) {
		int at = plan->node_of_base[i];
		const struct node *node = plan->nodes + at;

		if (!node->kept || is_moved_by(plan, node, 0) || is_moved_by(plan, node, 1))
			continue;
		placer->spine_at[at] = placer->slots.spine_count;
		placer->slots.spine[placer->slots.spine_count++] = at;
	}
}

/* Whether the piece stands under something that side `other` moved. */
static bool parent_moved_by(const struct plan *plan, int s, int piece, int other)
{
	int parent = plan->side[s].pieces[piece].parent;

	return parent >= 0 && is_moved_by(plan, plan->nodes + plan->node_of_side[s][parent], other);
}

/* Whether the other side put a row of side `s` into another table: others stay in theirs. */
static bool leaves_table(const struct plan *plan, const struct node *row, int s)
{
	const struct side *mine = &plan->side[s], *other = &plan->side[1 - s];
	int table = mine->pieces[row->side[s]].parent;
	int there = other->pieces[row->side[1 - s]].parent;

	return piece_block(mine, row->side[s])->kind == BLOCK_ROW && table >= 0 &&
	       (there < 0 || plan->node_of_side[1 - s][there] != plan->node_of_side[s][table]);
}

static bool is_stray(const struct placer *placer, int node, int s)
{
	return placer->strays[s] && placer->strays[s][node];
}

/*
 * A node that only side `s` has, or only `s` put there, beside one that only the
 * other side moved goes with it, if it is its child or sibling, or under
 * something that moved.
 */
static void find_followers(struct placer *placer, int s)
{
	const struct plan *plan = placer->plan;
	const struct piece *pieces = plan->side[s].pieces;
	int before = NONE, last = NONE;

	if (!plan->match[1 - s].moved)
		return;
	for (int i = 0; i < plan->side[s].count; i++) {
		int at = plan->node_of_side[s][i];
		const struct node *node = plan->nodes + at;
		bool stray = is_stray(placer, at, s);

		if (node->base >= 0 && node->kept && !stray)
			before = i, last = NONE;
		if ((!stray && (node->base >= 0 || node->side[1 - s] >= 0)) || before == NONE)
			continue;
		int moved = plan->node_of_side[s][before];
		if (!is_moved_by(plan, plan->nodes + moved, 1 - s) ||
		    is_moved_by(plan, plan->nodes + moved, s))
			continue;
		int parent = pieces[i].parent;
		if (parent == pieces[before].parent && leaves_table(plan, plan->nodes + moved, s))
			continue;
		bool with_parent =
			parent >= 0 && placer->follows[plan->node_of_side[s][parent]] == moved;
		if (parent != before && parent != pieces[before].parent &&
		    !parent_moved_by(plan, s, i, 1 - s) && !with_parent)
			continue;
		placer->follows[at] = moved;
		placer->slots.next_follower[at] = NONE;
		if (last == NONE)
			placer->slots.first_follower[moved] = at;
		else
			placer->slots.next_follower[plan->node_of_side[s][last]] = at;
		last = i;
	}
}

/* The bytes of the blank lines before a piece; around the ends of the text they do not count. */
static int blank_before(const struct side *side, int piece)
{
	return piece > 0 && piece < side->count ? (int)piece_block(side, piece)->gap.len : 1;
}

static int hold_of_group(const struct plan *plan, int s, const struct placing *first,
			 const struct placing *last)
{
	const struct side *side = &plan->side[s];
	int above = blank_before(side, plan->nodes[first->node].side[s]);
	int below = blank_before(side, plan->nodes[last->node].side[s] + 1);
	bool inside = first->right == first->left + 1 &&
		      above + below <= blank_before(&plan->base, first->right);

	return inside ? above - below : (above > 0) - (below > 0);
}

/* Gives the placings from `first` on their slots, between spine nodes `low` and `high`. */
static void place(struct placer *placer, int s, int first, int low, int high)
{
	const struct plan *plan = placer->plan;
	struct placings *placings = &placer->slots.placings[s];
	struct placing *group = NULL;
	int slot = low;

	for (int i = first; i < placings->count; i++) {
		struct placing *it = placings->at + i;

		it->starts = !group || it->rank < group->rank || it->left != it[-1].left ||
			     it->right != it[-1].right;
		if (it->starts)
			group = it;
		/* What is deeper belongs to what stands before. */
		while (it->starts && slot < high &&
		       plan->base.pieces[plan->nodes[placer->slots.spine[slot]].base].rank >
			       it->rank)
			slot++;
		it->slot = slot;
		group->hold = hold_of_group(plan, s, group, it);
	}
}

static void set_right(struct placings *placings, int *open, int base)
{
	for (; *open < placings->count; (*open)++)
		placings->at[*open].right = base;
}

static void place_side(struct placer *placer, int s)
{
	const struct plan *plan = placer->plan;
	struct placings *placings = &placer->slots.placings[s];
	int low = 0, first = 0, open = 0, left = NONE;

	placings->at = arena_array(placer->arena, struct placing, (size_t)plan->side[s].count + 1);
	for (int i = 0; i < plan->side[s].count; i++) {
		int at = plan->node_of_side[s][i];
		const struct node *node = plan->nodes + at;
		int spine = node->kept ? placer->spine_at[at] : NONE;

		if (node->base >= 0 && !is_moved_in(&plan->match[s], node->base)) {
			set_right(placings, &open, node->base);
			left = node->base;
		}
		if (spine != NONE) {
			place(placer, s, first, low, spine);
			first = placings->count;
			low = spine + 1;
		} else if (node->kept && placer->follows[at] == NONE &&
			   !is_stray(placer, at, 1 - s) &&
			   (node->base < 0 || is_moved_by(plan, node, s))) {
			placings->at[placings->count++] = (struct placing){
				.node = at, .left = left, .rank = plan->side[s].pieces[i].rank};
		}
	}
	set_right(placings, &open, plan->base.count);
	place(placer, s, first, low, placer->slots.spine_count);
	placer->slot_of[s] = filled(placer->arena, plan->count);
	for (int i = 0; i < placings->count; i++)
		placer->slot_of[s][placings->at[i].node] = placings->at[i].slot;
}

/* Of two places for one node the earlier slot stays; the other is forgotten. */
static void settle_places(struct placer *placer)
{
	for (int s = 0; s < SIDES; s++) {
		struct placings *placings = &placer->slots.placings[s];
		int count = 0;

		for (int i = 0; i < placings->count; i++) {
			int node = placings->at[i].node;
			int here = placer->slot_of[s][node];
			int there = placer->slot_of[1 - s][node];

			if (there != NONE && there < here) {
				if (placings->at[i].starts && i + 1 < placings->count)
					placings->at[i + 1].starts = true;
				continue;
			}
			placings->at[count++] = placings->at[i];
		}
		placings->count = count;
	}
}

struct slots slots_find(struct arena *arena, const struct plan *plan)
{
	struct placer placer = {
		.plan = plan,
		.arena = arena,
		.follows = filled(arena, plan->count),
		.slots.first_follower = filled(arena, plan->count),
		.slots.next_follower = filled(arena, plan->count),
	};

	find_spine(&placer);
	for (int s = 0; s < SIDES; s++)
		placer.strays[s] = find_strays(arena, plan, s);
	for (int s = 0; s < SIDES; s++)
		find_followers(&placer, s);
	for (int s = 0; s < SIDES; s++)
		place_side(&placer, s);
	settle_places(&placer);
	return placer.slots;
}
