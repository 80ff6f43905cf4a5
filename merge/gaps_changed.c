#include "merge/gaps_changed.h"

#include "merge/scalar.h"

/* Whether a block may stand for a piece of the base, as far as blank lines go. */
static bool may_stand_for(const struct plan *plan, const struct block *block, int base)
{
	if (base < 0 || base >= plan->base.count)
		return false;
	const struct block *other = piece_block(&plan->base, base);

	return block->kind == other->kind && block->indent == other->indent;
}

static bool are_a_list(const struct plan *plan, int base)
{
	return base > 0 && base < plan->base.count &&
	       may_stand_for(plan, piece_block(&plan->base, base - 1), base);
}

/*
 * The second of two neighbours of the base that the joint stands for: of which it has one
 * and another like the other one, or else the two next to it that are like both. NONE
 */
static int stands_for(const struct plan *plan, const struct joint *joint, int s)
{
	const struct node *before = plan->nodes + joint->before, *node = plan->nodes + joint->node;
	const struct block *first = piece_block(&plan->side[s], before->side[s]);
	const struct block *second = piece_block(&plan->side[s], node->side[s]);

	if (before->base >= 0 && may_stand_for(plan, second, before->base + 1))
		return before->base + 1;
	if (node->base >= 0 && may_stand_for(plan, first, node->base - 1))
		return node->base;
	if (before->base >= 0 && may_stand_for(plan, second, before->base) &&
	    are_a_list(plan, before->base))
		return before->base;
	if (node->base >= 0 && may_stand_for(plan, first, node->base) &&
	    are_a_list(plan, node->base + 1))
		return node->base + 1;
	return NONE;
}

struct str gap_changed_beside(const struct plan *plan, const struct joint *joint, int s,
			      struct str gap)
{
	const struct side *other = &plan->side[1 - s];
	int right = stands_for(plan, joint, s);

	if (right <= 0)
		return gap;
	int place = plan->nodes[plan->node_of_base[right]].side[1 - s];
	int place_before = plan->nodes[plan->node_of_base[right - 1]].side[1 - s];
	if (place_before < 0 || place != place_before + 1)
		return gap;
	return merge_scalar(gap_before(&plan->base, right), gap, gap_before(other, place));
}
