#include "merge/plan.h"

#include <string.h>

#include "merge/align.h"
#include "merge/equal.h"
#include "merge/table_rows.h"

static int add_node(struct plan *plan, struct node node)
{
	int at = plan->count++;

	plan->nodes[at] = node;
	if (node.base >= 0)
		plan->node_of_base[node.base] = at;
	for (int s = 0; s < SIDES; s++)
		if (node.side[s] >= 0)
			plan->node_of_side[s][node.side[s]] = at;
	return at;
}

static void add_nodes(struct plan *plan, const int *joined)
{
	const struct side *side = plan->side;
	size_t room = (size_t)(plan->base.count + side[0].count + side[1].count) + 1;

	plan->nodes = arena_array(plan->arena, struct node, room);
	plan->node_of_base = arena_array(plan->arena, int, (size_t)plan->base.count + 1);
	for (int s = 0; s < SIDES; s++) {
		plan->node_of_side[s] = arena_array(plan->arena, int, (size_t)side[s].count + 1);
		for (int i = 0; i < side[s].count; i++)
			plan->node_of_side[s][i] = NONE;
	}
	for (int i = 0; i < plan->base.count; i++)
		add_node(plan, (struct node){.base = i,
					     .side = {plan->match[0].side_of[i],
						      plan->match[1].side_of[i]}});
	for (int i = 0; i < side[0].count; i++)
		if (plan->node_of_side[0][i] == NONE)
			add_node(plan, (struct node){.base = NONE, .side = {i, joined[i]}});
	for (int i = 0; i < side[1].count; i++)
		if (plan->node_of_side[1][i] == NONE)
			add_node(plan, (struct node){.base = NONE, .side = {NONE, i}});
}

/* A row or the header of a table, in one wording. */
static bool is_plain_row(const struct side *text, int piece)
{
	enum block_kind kind = piece_block(text, piece)->kind;

	return (kind == BLOCK_ROW || kind == BLOCK_TABLE) && text->pieces[piece].wordings == 1;
}

/*
 * Whether side `s` changed the words of the base's piece, not only its marks, wrapping or
 * padding: a deletion by the other side then gives way.
 */
static bool is_edited(const struct plan *plan, const struct node *node, int s)
{
	const struct side *base = &plan->base, *side = &plan->side[s];
	int was = node->base, is = node->side[s];

	if (base->ids[was] == side->ids[is] || pieces_say_the_same(base, was, side, is))
		return false;
	/* Nor is it an edit of a row when a column comes or goes. */
	if (is_plain_row(base, was) && is_plain_row(side, is) &&
	    piece_block(base, was)->kind == piece_block(side, is)->kind)
		return row_is_edited(plan, node, s);
	return true;
}

/* Whether the set that side `s` made of a piece has a wording that says what `block` says. */
static bool set_says(const struct plan *plan, const struct node *node, int s,
		     const struct block *block)
{
	if (node->base < 0 || node->side[s] < 0 || plan->side[s].pieces[node->side[s]].wordings < 2)
		return false;
	const struct piece *set = plan->side[s].pieces + node->side[s];
	const struct block *wording = piece_block(&plan->side[s], node->side[s]);

	for (int i = 0; i < set->wordings; i++)
		if (wording[i].kind == block->kind && key_equal(wording[i].normal, block->normal))
			return true;
	return false;
}

/*
 * Whether what only side `s` has stands in the result as a wording: the other side made
 * a set of the point beside it, out of what that says and what this says.
 */
static bool is_a_wording(const struct plan *plan, int s, int piece)
{
	const struct side *side = &plan->side[s];
	const struct block *block = piece_block(side, piece);

	if (side->pieces[piece].wordings > 1 || side->pieces[piece].end > piece + 1)
		return false;
	for (int step = -1; step <= 1; step += 2) {
		int beside = piece + step;

		if (beside >= 0 && beside < side->count &&
		    side->pieces[beside].parent == side->pieces[piece].parent &&
		    set_says(plan, plan->nodes + plan->node_of_side[s][beside], 1 - s, block))
			return true;
	}
	return false;
}

static void decide(struct plan *plan)
{
	for (int i = 0; i < plan->count; i++) {
		struct node *node = plan->nodes + i;
		bool in[SIDES] = {node->side[0] >= 0, node->side[1] >= 0};

		if (node->base == NONE && in[0] != in[1]) {
			node->kept = !is_a_wording(plan, in[0] ? 0 : 1, node->side[in[0] ? 0 : 1]);
		} else if (node->base == NONE || (in[0] && in[1])) {
			node->kept = true;
		} else if (in[0] || in[1]) {
			node->edit_kept = is_edited(plan, node, in[0] ? 0 : 1);
			node->kept = node->edit_kept;
		}
		for (int s = 0; s < SIDES; s++)
			if (is_moved_by(plan, node, s))
				node->moved = true;
	}
}

/* By number, as far as the base has any: its piece; NONE, or less: none or several have it. */
static const int *singles_of_base(struct arena *arena, const struct plan *plan)
{
	enum { SEVERAL = NONE - 1 };
	const struct side *base = &plan->base;
	int *single = arena_array(arena, int, (size_t)base->largest + 1);

	for (size_t id = 0; id <= base->largest; id++)
		single[id] = NONE;
	for (int i = 0; i < base->count; i++)
		single[base->ids[i]] = single[base->ids[i]] == NONE ? i : SEVERAL;
	return single;
}

/*
 * What stood once and one side deleted, while the other wrote it a second time, stays in
 * both places. With the second alone the result would be that of a side which moved it,
 * and to merge it again would take the deletion for that of the moved one. A piece with
 * others under it would stand empty.
 */
static void keep_repeated(struct plan *plan)
{
	struct arena scratch = {0};
	const int *single = singles_of_base(&scratch, plan);

	for (int i = 0; i < plan->count; i++) {
		const struct node *node = plan->nodes + i;
		int s = node->side[0] >= 0 ? 0 : 1;

		if (!node->kept || node->base != NONE || node->side[1 - s] >= 0)
			continue;
		uint32_t id = plan->side[s].ids[node->side[s]];
		int base = id <= plan->base.largest ? single[id] : NONE;

		if (base < 0 || plan->base.pieces[base].end > base + 1 ||
		    !piece_can_move(&plan->base, base))
			continue;
		struct node *first = plan->nodes + plan->node_of_base[base];

		if (first->side[s] >= 0 && !first->kept)
			first->kept = first->edit_kept = true;
	}
	arena_free(&scratch);
}

/* Whether side `s` still holds anything that stood under the base's piece. */
static bool has_any_under(const struct plan *plan, int base, int s)
{
	for (int i = base + 1; i < plan->base.pieces[base].end; i++)
		if (plan->match[s].side_of[i] >= 0)
			return true;
	return false;
}

/*
 * What one side deleted with everything under it, while the other edited or
 * added something there, stands for the sake of that.
 */
static void keep_above(struct plan *plan, struct node *node)
{
	int s = node->side[0] >= 0 ? 0 : 1;

	if (!node->kept || (node->side[0] >= 0 && node->side[1] >= 0))
		return;
	for (int at = plan->side[s].pieces[node->side[s]].parent; at >= 0;
	     at = plan->side[s].pieces[at].parent) {
		struct node *above = plan->nodes + plan->node_of_side[s][at];

		if (above->kept)
			break;
		if (above->base == NONE || has_any_under(plan, above->base, 1 - s))
			continue;
		above->kept = true;
		/* An edit is told of where it stands. */
		above->edit_kept = !node->edit_kept;
	}
}

static void find_equals(const struct plan *plan, struct partners *partners)
{
	if (partners->between)
		return;
	partners->base_count = plan->base.count;
	partners->side_count = plan->side[0].count;
	for (int s = 0; s < SIDES; s++)
		partners->of_base[s] = match_equal(partners->arena, &plan->base, &plan->side[s]);
	partners->between = match_equal(partners->arena, &plan->side[0], &plan->side[1]);
}

/*
 * Matches the sides to the base. What one side lets the other know comes later, so copies
 * are kept.
 */
static void match_sides(struct plan *plan, struct plan_rules rules)
{
	struct partners *partners = rules.partners;

	for (int s = 0; s < SIDES; s++) {
		struct match_input input = {.arena = plan->arena,
					    .words = &plan->words,
					    .base = &plan->base,
					    .side = &plan->side[s],
					    .equal = partners->of_base[s],
					    .exact_only = rules.exact_only,
					    .by_place = rules.by_place};

		if (partners->matched && !rules.exact_only) {
			plan->match[s] = matching_copy(plan->arena, &input, &partners->match[s]);
			continue;
		}
		plan->match[s] = match_pieces(input);
		if (!rules.exact_only)
			partners->match[s] =
				matching_copy(partners->arena, &input, &plan->match[s]);
	}
	partners->matched = partners->matched || !rules.exact_only;
}

void plan_forget_words(struct plan *plan)
{
	arena_free(plan->words.arena);
	plan->words = (struct dictionary){.arena = plan->arena};
	plan->base.links = NULL;
	plan->side[0].links = plan->side[1].links = NULL;
}

/* The dictionary of pieces is needed no more once all three are read: they have their numbers. */
static void read_sides(struct plan *plan, const struct doc *base, const struct doc *const sides[2])
{
	struct arena scratch = {0};
	struct dictionary pieces = {.arena = &scratch};

	plan->base = side_read(plan->arena, &pieces, base, NULL);
	for (int s = 0; s < SIDES; s++)
		plan->side[s] = side_read(plan->arena, &pieces, sides[s], &plan->base);
	arena_free(&scratch);
}

struct plan plan_merge(struct arena *arena, struct arena *words, const struct doc *base,
		       const struct doc *const sides[2], struct plan_rules rules)
{
	struct plan plan = {
		.arena = arena, .words.arena = words, .merges_words = rules.merges_words};

	memcpy(plan.was_cut, rules.was_cut, sizeof plan.was_cut);
	read_sides(&plan, base, sides);
	find_equals(&plan, rules.partners);
	match_sides(&plan, rules);
	add_nodes(&plan, align_sides(&plan, rules.partners->between));
	decide(&plan);
	keep_repeated(&plan);
	for (int i = 0; i < plan.count; i++)
		keep_above(&plan, plan.nodes + i);
	return plan;
}
