#include "merge/order.h"

#include <string.h>

#include "merge/equal.h"
#include "merge/strays.h"

/* A node as one side puts it into a slot. */
struct placing {
	int node;
	int slot;	 /* in front of which node of the spine */
	int left, right; /* base pieces that it stands between on its side */
	uint32_t rank;
	bool starts; /* a new group begins here */
	int hold;    /* of a group's first: see hold_of_group() */
};

struct placings {
	struct placing *at;
	int count;
};

struct orderer {
	struct plan *plan;
	struct arena *arena; /* for what the order is found with */
	int *spine;	     /* nodes */
	int spine_count;
	int *spine_at;	     /* by node: its index in the spine, or NONE */
	int *follows;	     /* by node: the moved node that it goes with, or NONE */
	int *first_follower; /* by node */
	int *next_follower;  /* by node */
	struct placings placings[SIDES];
	int *slot_of[SIDES];	   /* by node; NONE: that side does not place it */
	const bool *strays[SIDES]; /* by node, as find_strays() tells; NULL: none */
};

static int *filled(struct arena *arena, int count)
{
	int *numbers = arena_array(arena, int, (size_t)count + 1);

	memset(numbers, -1, ((size_t)count + 1) * sizeof *numbers);
	return numbers;
}

static void find_spine(struct orderer *orderer)
{
	struct plan *plan = orderer->plan;

	orderer->spine = arena_array(orderer->arena, int, (size_t)plan->base.count + 1);
	orderer->spine_at = filled(orderer->arena, plan->count);
	for (int i = 0; i < plan->base.count; i++) {
		int at = plan->node_of_base[i];
		const struct node *node = plan->nodes + at;

		if (!node->kept || is_moved_by(plan, node, 0) || is_moved_by(plan, node, 1))
			continue;
		orderer->spine_at[at] = orderer->spine_count;
		orderer->spine[orderer->spine_count++] = at;
	}
}

/* Whether the piece stands under something that side `other` moved. */
static bool parent_moved_by(const struct plan *plan, int s, int piece, int other)
{
	int parent = plan->side[s].pieces[piece].parent;

	return parent >= 0 && is_moved_by(plan, plan->nodes + plan->node_of_side[s][parent], other);
}

static bool is_stray(const struct orderer *orderer, int node, int s)
{
	return orderer->strays[s] && orderer->strays[s][node];
}

/*
 * A node that only side `s` has, or only `s` put there, beside one that only the
 * other side moved goes with it, if it is its child or sibling, or under
 * something that moved.
 */
static void find_followers(struct orderer *orderer, int s)
{
	struct plan *plan = orderer->plan;
	const struct piece *pieces = plan->side[s].pieces;
	int before = NONE, last = NONE;

	for (int i = 0; i < plan->side[s].count; i++) {
		int at = plan->node_of_side[s][i];
		const struct node *node = plan->nodes + at;

		bool stray = is_stray(orderer, at, s);

		if (node->base >= 0 && node->kept && !stray)
			before = i, last = NONE;
		if ((!stray && (node->base >= 0 || node->side[1 - s] >= 0)) || before == NONE)
			continue;
		int moved = plan->node_of_side[s][before];
		if (!is_moved_by(plan, plan->nodes + moved, 1 - s) ||
		    is_moved_by(plan, plan->nodes + moved, s))
			continue;
		int parent = pieces[i].parent;
		bool with_parent =
			parent >= 0 && orderer->follows[plan->node_of_side[s][parent]] == moved;
		if (parent != before && parent != pieces[before].parent &&
		    !parent_moved_by(plan, s, i, 1 - s) && !with_parent)
			continue;
		orderer->follows[at] = moved;
		orderer->next_follower[at] = NONE;
		if (last == NONE)
			orderer->first_follower[moved] = at;
		else
			orderer->next_follower[plan->node_of_side[s][last]] = at;
		last = i;
	}
}

static bool stands_tight(const struct side *side, int piece)
{
	return piece > 0 && piece < side->count && !piece_block(side, piece)->gap.len;
}

/*
 * Which neighbour a group of one side holds to: that without a blank line between
 * them. <0: the one above, >0: the one below, 0: neither or both.
 */
static int hold_of_group(const struct plan *plan, int s, const struct placing *first,
			 const struct placing *last)
{
	const struct side *side = &plan->side[s];
	bool above = stands_tight(side, plan->nodes[first->node].side[s]);
	bool below = stands_tight(side, plan->nodes[last->node].side[s] + 1);

	return below - above;
}

/* Gives the placings from `first` on their slots, between spine nodes `low` and `high`. */
static void place(struct orderer *orderer, int s, int first, int low, int high)
{
	const struct plan *plan = orderer->plan;
	struct placings *placings = &orderer->placings[s];
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
		       plan->base.pieces[plan->nodes[orderer->spine[slot]].base].rank > it->rank)
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

static void place_side(struct orderer *orderer, int s)
{
	struct plan *plan = orderer->plan;
	struct placings *placings = &orderer->placings[s];
	int low = 0, first = 0, open = 0, left = NONE;

	placings->at = arena_array(orderer->arena, struct placing, (size_t)plan->side[s].count + 1);
	for (int i = 0; i < plan->side[s].count; i++) {
		int at = plan->node_of_side[s][i];
		const struct node *node = plan->nodes + at;
		int spine = node->kept ? orderer->spine_at[at] : NONE;

		if (node->base >= 0 && !plan->match[s].moved[node->base]) {
			set_right(placings, &open, node->base);
			left = node->base;
		}
		if (spine != NONE) {
			place(orderer, s, first, low, spine);
			first = placings->count;
			low = spine + 1;
		} else if (node->kept && orderer->follows[at] == NONE &&
			   !is_stray(orderer, at, 1 - s) &&
			   (node->base < 0 || is_moved_by(plan, node, s))) {
			placings->at[placings->count++] = (struct placing){
				.node = at, .left = left, .rank = plan->side[s].pieces[i].rank};
		}
	}
	set_right(placings, &open, plan->base.count);
	place(orderer, s, first, low, orderer->spine_count);
	orderer->slot_of[s] = filled(orderer->arena, plan->count);
	for (int i = 0; i < placings->count; i++)
		orderer->slot_of[s][placings->at[i].node] = placings->at[i].slot;
}

/* Of two places for one node the earlier slot stays; the other is forgotten. */
static void settle_places(struct orderer *orderer)
{
	for (int s = 0; s < SIDES; s++) {
		struct placings *placings = &orderer->placings[s];
		int count = 0;

		for (int i = 0; i < placings->count; i++) {
			int node = placings->at[i].node;
			int here = orderer->slot_of[s][node];
			int there = orderer->slot_of[1 - s][node];

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

static void emit(struct orderer *orderer, int node)
{
	struct plan *plan = orderer->plan;

	plan->order[plan->order_count++] = node;
	for (int follower = orderer->first_follower[node]; follower != NONE;
	     follower = orderer->next_follower[follower])
		plan->order[plan->order_count++] = follower;
}

static const struct block *block_of(const struct plan *plan, int node, int s)
{
	return piece_block(&plan->side[s], plan->nodes[node].side[s]);
}

static const struct piece *spine_piece(const struct orderer *orderer, int at, bool *is_item)
{
	const struct plan *plan = orderer->plan;
	int base = plan->nodes[orderer->spine[at]].base;

	*is_item = piece_block(&plan->base, base)->kind == BLOCK_POINT;
	return plan->base.pieces + base;
}

/* Whether a group begins with an item of the list below the slot, and none stands above. */
static bool opens_list(const struct orderer *orderer, const struct placing *group, int s)
{
	bool above = false, below = false;

	if (group->slot == orderer->spine_count ||
	    block_of(orderer->plan, group->node, s)->kind != BLOCK_POINT ||
	    spine_piece(orderer, group->slot, &below)->rank != group->rank || !below)
		return false;
	if (group->slot > 0)
		spine_piece(orderer, group->slot - 1, &above);
	return !above;
}

/* <0: the group of side 0 that begins with `a` comes first. */
static int compare_groups(const struct orderer *orderer, const struct placing *a,
			  const struct placing *b)
{
	const struct plan *plan = orderer->plan;

	/* What is gone of the base may tell: each replaced other pieces of it. */
	if (a->left < b->left && a->right < b->right)
		return -1;
	if (b->left < a->left && b->right < a->right)
		return 1;
	bool opens = opens_list(orderer, a, 0);
	if (opens != opens_list(orderer, b, 1))
		return opens ? 1 : -1;
	if (a->rank != b->rank)
		return a->rank > b->rank ? -1 : 1;
	if (a->left != b->left)
		return a->left < b->left ? -1 : 1;
	if (a->right != b->right)
		return a->right < b->right ? -1 : 1;
	if (a->hold != b->hold)
		return a->hold < b->hold ? -1 : 1;
	const struct block *x = block_of(plan, a->node, 0), *y = block_of(plan, b->node, 1);
	int order = str_compare(doc_normal(plan->arena, x), doc_normal(plan->arena, y));
	return order ? order : str_compare(x->raw, y->raw);
}

/* Merges the groups of two runs that have nothing in common. */
static void merge_groups(struct orderer *orderer, const struct placing *a,
			 const struct placing *a_end, const struct placing *b,
			 const struct placing *b_end)
{
	while (a < a_end || b < b_end) {
		bool ours = b == b_end || (a < a_end && compare_groups(orderer, a, b) <= 0);
		const struct placing **next = ours ? &a : &b, *end = ours ? a_end : b_end;

		do
			emit(orderer, (*next)++->node);
		while (*next < end && !(*next)->starts);
	}
}

struct run {
	struct placing *at;
	int count;
};

/* Where both sides have a node in their run. */
struct meeting {
	int ours, theirs;
};

/* The nodes that stand in both runs, in order of the first. out: how many */
static int find_meetings(const struct run *ours, const struct run *theirs, int *index,
			 struct meeting *out)
{
	int count = 0;

	for (int j = 0; j < theirs->count; j++)
		index[theirs->at[j].node] = j;
	for (int i = 0; i < ours->count; i++) {
		int j = index[ours->at[i].node];
		if (j >= 0 && j < theirs->count && theirs->at[j].node == ours->at[i].node)
			out[count++] = (struct meeting){i, j};
	}
	return count;
}

/* The text in front of a node on side `s`. */
static struct str text_before(const struct plan *plan, int node, int s)
{
	int piece = plan->nodes[node].side[s];

	return piece > 0 ? doc_normal(plan->arena, piece_block(&plan->side[s], piece - 1))
			 : (struct str){0};
}

static void drop(struct run *run, int at)
{
	if (at + 1 < run->count && run->at[at].starts)
		run->at[at + 1].starts = true;
	run->at[at].node = NONE;
}

/*
 * Leaves of a node that the sides have in different order the place behind the
 * text that is larger in bytes. out: how many meetings are in one order
 */
static int straighten(struct plan *plan, struct run *ours, struct run *theirs,
		      struct meeting *meetings, int count)
{
	int *values = arena_array(plan->arena, int, (size_t)count + 1), kept = 0;

	for (int i = 0; i < count; i++)
		values[i] = meetings[i].theirs;
	const bool *keep = keep_rising(plan->arena, values, NULL, count, theirs->count);
	for (int i = 0; i < count; i++) {
		int node = ours->at[meetings[i].ours].node;

		if (keep[i])
			meetings[kept++] = meetings[i];
		else if (str_compare(text_before(plan, node, 0), text_before(plan, node, 1)) >= 0)
			drop(theirs, meetings[i].theirs);
		else
			drop(ours, meetings[i].ours);
	}
	return kept;
}

/* The part of a run from `*from` up to `to`, without what was dropped. */
static struct run live_part(struct run *run, int *from, int to)
{
	struct run part = {.at = run->at + *from};

	for (int i = *from; i < to; i++)
		if (run->at[i].node != NONE)
			part.at[part.count++] = run->at[i];
	if (part.count)
		part.at[0].starts = true;
	*from = to + 1;
	return part;
}

/* Merges one slot: what both sides put into it cuts their runs. */
static void merge_slot(struct orderer *orderer, struct run ours, struct run theirs)
{
	struct plan *plan = orderer->plan;
	struct meeting *meetings =
		arena_array(orderer->arena, struct meeting, (size_t)ours.count + 1);
	/* The slots are settled: from here the numbers tell the place within the slot. */
	int count = find_meetings(&ours, &theirs, orderer->slot_of[1], meetings);
	int from[SIDES] = {0, 0};

	count = straighten(plan, &ours, &theirs, meetings, count);
	for (int i = 0; i <= count; i++) {
		int meeting = i < count ? ours.at[meetings[i].ours].node : NONE;
		struct run a =
			live_part(&ours, &from[0], i < count ? meetings[i].ours : ours.count);
		struct run b =
			live_part(&theirs, &from[1], i < count ? meetings[i].theirs : theirs.count);

		merge_groups(orderer, a.at, a.at + a.count, b.at, b.at + b.count);
		if (i < count)
			emit(orderer, meeting);
	}
}

static struct run take_slot(const struct placings *placings, int *next, int slot)
{
	struct run run = {.at = placings->at + *next};

	while (*next < placings->count && placings->at[*next].slot == slot)
		run.count++, (*next)++;
	return run;
}

void order_nodes(struct plan *plan)
{
	struct arena scratch = {0};
	struct orderer orderer = {.plan = plan, .arena = &scratch};
	int next[SIDES] = {0, 0};

	plan->order = arena_array(plan->arena, int, (size_t)plan->count + 1);
	plan->order_count = 0;
	orderer.follows = filled(&scratch, plan->count);
	orderer.first_follower = filled(&scratch, plan->count);
	orderer.next_follower = filled(&scratch, plan->count);
	find_spine(&orderer);
	for (int s = 0; s < SIDES; s++)
		orderer.strays[s] = find_strays(&scratch, plan, s);
	for (int s = 0; s < SIDES; s++)
		find_followers(&orderer, s);
	for (int s = 0; s < SIDES; s++)
		place_side(&orderer, s);
	settle_places(&orderer);
	for (int slot = 0; slot <= orderer.spine_count; slot++) {
		struct run ours = take_slot(&orderer.placings[0], &next[0], slot);
		struct run theirs = take_slot(&orderer.placings[1], &next[1], slot);

		if (ours.count && theirs.count)
			merge_slot(&orderer, ours, theirs);
		else
			for (int i = 0; i < ours.count + theirs.count; i++)
				emit(&orderer, (ours.count ? ours.at : theirs.at)[i].node);
		if (slot < orderer.spine_count)
			emit(&orderer, orderer.spine[slot]);
	}
	arena_free(&scratch);
}
