#include "merge/order.h"

#include "merge/rising.h"
#include "merge/slots.h"

struct orderer {
	struct plan *plan;
	struct arena *arena; /* for what the order is found with */
	struct slots slots;
	/* By node: where theirs has it in the slot that is merged; others: anything. */
	int *met; /* at first need */
};

static void emit(struct orderer *orderer, int node)
{
	struct plan *plan = orderer->plan;

	plan->order[plan->order_count++] = node;
	for (int follower = orderer->slots.first_follower[node]; follower != NONE;
	     follower = orderer->slots.next_follower[follower])
		plan->order[plan->order_count++] = follower;
}

static const struct block *block_of(const struct plan *plan, int node, int s)
{
	return piece_block(&plan->side[s], plan->nodes[node].side[s]);
}

static const struct piece *spine_piece(const struct orderer *orderer, int at, bool *is_item)
{
	const struct plan *plan = orderer->plan;
	int base = plan->nodes[orderer->slots.spine[at]].base;

	*is_item = piece_block(&plan->base, base)->kind == BLOCK_POINT;
	return plan->base.pieces + base;
}

/* Whether a group begins with an item of the list below the slot, and none stands above. */
static bool opens_list(const struct orderer *orderer, const struct placing *group, int s)
{
	bool above = false, below = false;

	if (group->slot == orderer->slots.spine_count ||
	    block_of(orderer->plan, group->node, s)->kind != BLOCK_POINT ||
	    spine_piece(orderer, group->slot, &below)->rank != group->rank || !below)
		return false;
	if (group->slot > 0)
		spine_piece(orderer, group->slot - 1, &above);
	return !above;
}

/* Whether a text begins with a figure, as a date or a version does. */
static bool is_dated(struct str text)
{
	while (str_starts(text, STR("|")) || str_starts(text, STR(" ")))
		text = str_slice(text, 1, text.len);
	return text.len && byte_is_digit(text.at[0]);
}

/* Whether the two of the group's rank next below it are dated, the newer on top. */
static bool is_newest_first(const struct orderer *orderer, const struct placing *group)
{
	enum { NEXT_ONES = 40 };
	const struct plan *plan = orderer->plan;
	struct str seen[2];
	int count = 0;

	for (int i = group->slot; i < orderer->slots.spine_count && count < 2; i++) {
		int base = plan->nodes[orderer->slots.spine[i]].base;
		uint32_t rank = plan->base.pieces[base].rank;

		if (rank < group->rank || i - group->slot == NEXT_ONES)
			return false;
		if (rank == group->rank)
			seen[count++] = doc_normal(plan->arena, piece_block(&plan->base, base));
	}
	return count == 2 && is_dated(seen[0]) && is_dated(seen[1]) &&
	       str_compare(seen[0], seen[1]) > 0;
}

/* Whether a group of side `s` stands instead of a piece of the base that was of its kind. */
static bool replaces(const struct plan *plan, const struct placing *group, int s, int base)
{
	if (base < 0 || plan->match[s].side_of[base] >= 0)
		return false;
	const struct block *block = block_of(plan, group->node, s);
	return block->words && block->kind == piece_block(&plan->base, base)->kind &&
	       plan->base.pieces[base].rank == group->rank;
}

/* What one put before or behind a piece stays there, whatever the other put instead of that. */
static int compare_replaced(const struct plan *plan, const struct placing *a,
			    const struct placing *b)
{
	if (a->left == b->left && a->right < b->right && replaces(plan, b, 1, a->right))
		return -1;
	if (a->left == b->left && b->right < a->right && replaces(plan, a, 0, b->right))
		return 1;
	if (a->right == b->right && a->left < b->left && replaces(plan, a, 0, b->left))
		return -1;
	if (a->right == b->right && b->left < a->left && replaces(plan, b, 1, a->left))
		return 1;
	return 0;
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
	int replaced = compare_replaced(plan, a, b);
	if (replaced)
		return replaced;
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
	struct str ours = doc_normal(plan->arena, x), theirs = doc_normal(plan->arena, y);
	int order = str_compare(ours, theirs);
	if (order && is_dated(ours) && is_dated(theirs) && a->slot == b->slot &&
	    is_newest_first(orderer, a))
		return -order;
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
	int from[SIDES] = {0, 0};

	if (!orderer->met)
		orderer->met = arena_array(orderer->arena, int, (size_t)plan->count + 1);
	int count = find_meetings(&ours, &theirs, orderer->met, meetings);

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
	struct orderer orderer = {
		.plan = plan,
		.arena = &scratch,
		.slots = slots_find(&scratch, plan),
	};
	const struct slots *slots = &orderer.slots;
	int next[SIDES] = {0, 0};

	plan->order = arena_array(plan->arena, int, (size_t)plan->count + 1);
	plan->order_count = 0;
	for (int slot = 0; slot <= slots->spine_count; slot++) {
		struct run ours = take_slot(&slots->placings[0], &next[0], slot);
		struct run theirs = take_slot(&slots->placings[1], &next[1], slot);

		if (ours.count && theirs.count)
			merge_slot(&orderer, ours, theirs);
		else
			for (int i = 0; i < ours.count + theirs.count; i++)
				emit(&orderer, (ours.count ? ours.at : theirs.at)[i].node);
		if (slot < slots->spine_count)
			emit(&orderer, slots->spine[slot]);
	}
	arena_free(&scratch);
}
