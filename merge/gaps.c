#include "merge/gaps.h"

#include "merge/gaps_changed.h"
#include "merge/scalar.h"

/* Where a node stands in text `t`; the ends of the text count as pieces. */
static int place_in(const struct plan *plan, int node, int t)
{
	if (node == START)
		return PLACE_START;
	if (node == END)
		return plan_text(plan, t)->count;
	int piece = node_piece(plan->nodes + node, t);
	return piece >= 0 ? piece : PLACE_NONE;
}

struct str gap_before(const struct side *text, int piece)
{
	return piece == text->count ? text->doc->tail : piece_block(text, piece)->gap;
}

struct joint first_joint(void)
{
	return (struct joint){.node = START, .place = {PLACE_START, PLACE_START, PLACE_START}};
}

struct joint next_joint(const struct plan *plan, const struct joint *last, int node)
{
	struct joint joint = {.before = last->node, .node = node};

	for (int t = BASE; t < TEXTS; t++) {
		joint.place[t] = place_in(plan, node, t);
		joint.in[t] = last->place[t] != PLACE_NONE && joint.place[t] == last->place[t] + 1;
	}
	return joint;
}

const struct block *shown_block(const struct plan *plan, int node)
{
	const struct node *it = plan->nodes + node;
	int s = it->side[0] >= 0 ? 0 : 1;

	return piece_block(&plan->side[s], it->side[s]);
}

static bool is_code(const struct block *block)
{
	return block->kind == BLOCK_FENCE && block->text.len && *block->text.at != '`' &&
	       *block->text.at != '~';
}

/* A point without words, or of another number than 1, ends no paragraph: it goes on with it. */
static bool goes_on(const struct block *before, const struct block *point)
{
	bool ends = (point->words || point->checkbox) && (!point->numbered || point->number == 1);
	bool is_above =
		before->kind == BLOCK_POINT && before->words && point->indent >= before->content;

	return !ends && (before->kind == BLOCK_PARAGRAPH || is_above);
}

bool would_fuse(const struct block *before, const struct block *block)
{
	switch (before->kind) {
	case BLOCK_HEADING:
	case BLOCK_RULE:
		return false;
	case BLOCK_HTML:
		return true;
	case BLOCK_FENCE:
		return is_code(before) && is_code(block);
	case BLOCK_PARAGRAPH:
	case BLOCK_QUOTE:
	case BLOCK_POINT:
	case BLOCK_TABLE:
	case BLOCK_ROW:
	case BLOCK_DEFINITION:
		break;
	}
	if (block_is_footnote(before) && block_is_footnote(block))
		return false;
	switch (block->kind) {
	case BLOCK_HEADING:
		return block->underlined;
	case BLOCK_POINT:
		return goes_on(before, block);
	case BLOCK_ROW:
		return false;
	case BLOCK_DEFINITION:
		return before->kind != BLOCK_DEFINITION;
	case BLOCK_FENCE:
		return is_code(block);
	case BLOCK_QUOTE:
		return before->kind == BLOCK_QUOTE;
	case BLOCK_PARAGRAPH:
	case BLOCK_TABLE:
	case BLOCK_HTML:
	case BLOCK_RULE:
		return true;
	}
	return true;
}

static bool are_items(const struct block *a, const struct block *b)
{
	if (block_is_footnote(a) && block_is_footnote(b))
		return true;
	return a->kind == b->kind && (a->kind == BLOCK_POINT || a->kind == BLOCK_DEFINITION);
}

/* A blank line would end the table. */
static bool is_inside_table(const struct block *before, const struct block *block)
{
	return block->kind == BLOCK_ROW &&
	       (before->kind == BLOCK_ROW || before->kind == BLOCK_TABLE);
}

/*
 * Two items that no text has side by side: as near as the second is to the item
 * above it, or else the first to the one below.
 */
static struct str gap_of_items(const struct plan *plan, int before, int node)
{
	struct str above = {0}, below = {0};
	bool has_above = false;

	for (int s = 0; s < SIDES; s++) {
		const struct side *side = &plan->side[s];
		int a = plan->nodes[before].side[s], b = plan->nodes[node].side[s];

		if (a >= 0 && a + 1 < side->count &&
		    are_items(piece_block(side, a), piece_block(side, a + 1)) &&
		    gap_before(side, a + 1).len > below.len)
			below = gap_before(side, a + 1);
		if (b <= 0 || !are_items(piece_block(side, b), piece_block(side, b - 1)))
			continue;
		has_above = true;
		if (gap_before(side, b).len > above.len)
			above = gap_before(side, b);
	}
	return has_above ? above : below;
}

/* What stood before the node, wherever it stood. */
static struct str own_gap(const struct plan *plan, int node)
{
	struct str gap[TEXTS] = {0};
	bool has[TEXTS];

	for (int t = BASE; t < TEXTS; t++) {
		int piece = place_in(plan, node, t);
		has[t] = piece >= 0;
		if (has[t])
			gap[t] = gap_before(plan_text(plan, t), piece);
	}
	if (has[OURS] && has[THEIRS])
		return has[BASE] ? merge_scalar(gap[BASE], gap[OURS], gap[THEIRS])
				 : merge_scalar((struct str){0}, gap[OURS], gap[THEIRS]);
	return has[OURS] ? gap[OURS] : gap[THEIRS];
}

/* The block that a node shows, of the kind that it will have. */
static const struct block *merged_block(const struct plan *plan, int node)
{
	const struct node *it = plan->nodes + node;
	const struct block *block = shown_block(plan, node);

	if (it->base >= 0 && it->side[0] >= 0 && it->side[1] >= 0 &&
	    block->kind == piece_block(&plan->base, it->base)->kind)
		block = piece_block(&plan->side[1], it->side[1]);
	return block;
}

/* Whether a side has the two side by side as blocks of these kinds, and nothing between them. */
static bool is_pair_of_kinds(const struct plan *plan, const struct joint *joint, enum block_kind a,
			     enum block_kind b)
{
	for (int s = 0; s < SIDES; s++) {
		const struct side *side = &plan->side[s];
		int place = joint->place[OURS + s];

		if (joint->in[OURS + s] && piece_block(side, place - 1)->kind == a &&
		    piece_block(side, place)->kind == b && gap_before(side, place).len == 0)
			return true;
	}
	return false;
}

/* Whether some side has the item right below what is no item. */
static bool begins_list(const struct plan *plan, int node)
{
	for (int s = 0; s < SIDES; s++) {
		int piece = plan->nodes[node].side[s];

		if (piece > 0 && piece_block(&plan->side[s], piece - 1)->kind != BLOCK_POINT)
			return true;
	}
	return false;
}

/* What stands behind a node in a side; the longer if that is not one. */
static struct str gap_behind(const struct plan *plan, int node)
{
	struct str gap[SIDES] = {0};

	for (int s = 0; s < SIDES; s++) {
		int piece = plan->nodes[node].side[s];

		if (piece >= 0 && piece + 1 < plan->side[s].count)
			gap[s] = gap_before(&plan->side[s], piece + 1);
	}
	return merge_scalar((struct str){0}, gap[0], gap[1]);
}

/* Whether all that the base has between the two is gone. */
static bool closes_up(const struct plan *plan, const struct joint *joint)
{
	enum { SEARCHED = 256 };
	int from = place_in(plan, joint->before, BASE), to = joint->place[BASE];

	if (from < 0 || to <= from + 1 || to - from > SEARCHED)
		return false;
	for (int i = from + 1; i < to; i++) {
		const struct node *node = plan->nodes + plan->node_of_base[i];

		if (node->kept && !node->moved)
			return false;
	}
	return true;
}

/*
 * Where pieces went from between two that stayed: the longest gap between them,
 * inside of what stood deeper aside.
 */
static struct str gap_of_closed(const struct plan *plan, const struct joint *joint)
{
	int to = joint->place[BASE];
	uint32_t rank = plan->base.pieces[to].rank;
	struct str longest = {0};

	for (int i = place_in(plan, joint->before, BASE) + 1; i <= to; i++) {
		struct str gap = gap_before(&plan->base, i);

		if (plan->base.pieces[i].rank <= rank && gap.len > longest.len)
			longest = gap;
	}
	return longest;
}

/* What the text begins with, whatever stands first in it. */
static struct str first_gap(const struct plan *plan)
{
	return merge_scalar(gap_before(&plan->base, 0), gap_before(&plan->side[0], 0),
			    gap_before(&plan->side[1], 0));
}

/*
 * What stood before a node that side `s` alone has, where it stands behind all that the
 * other side has above a piece of the base that the node was put before, or instead of.
 * The other changed the blank lines there, too; each may stand inside of a run of them.
 */
static struct str gap_of_added(const struct plan *plan, const struct joint *joint, int s)
{
	const struct matching *mine = &plan->match[s], *others = &plan->match[1 - s];
	struct str gap = own_gap(plan, joint->node);
	int above = joint->place[OURS + s] - 1, left = above >= 0 ? mine->base_of[above] : NONE;

	if (left < 0 || left + 1 == plan->base.count || is_moved_in(mine, left))
		return gap;
	int there = others->side_of[left + 1];
	if (there <= 0 || is_moved_in(others, left + 1) ||
	    place_in(plan, joint->before, OURS + 1 - s) != there - 1)
		return gap;
	struct str was = gap_before(&plan->base, left + 1);
	struct str other = gap_before(&plan->side[1 - s], there);
	if (gap.len >= was.len || other.len >= was.len)
		return merge_scalar(was, gap, other);
	size_t both = gap.len + other.len;
	struct str between = str_slice(was, 0, both > was.len ? both - was.len : 0);
	/* Some blank lines are of spaces: none is cut through. */
	return str_ends(between, STR("\n")) ? between : gap;
}

/* What two have between them that stand side by side in neither text. */
static struct str gap_of_strangers(const struct plan *plan, const struct joint *joint,
				   const struct block *a, const struct block *b)
{
	if (b->kind == BLOCK_POINT && a->kind != BLOCK_POINT &&
	    (a->kind == BLOCK_HEADING || !begins_list(plan, joint->node)))
		return gap_behind(plan, joint->before);
	if (are_items(a, b))
		return gap_of_items(plan, joint->before, joint->node);
	const struct node *node = plan->nodes + joint->node;
	return node->base >= 0 || (node->side[0] >= 0 && node->side[1] >= 0)
		       ? own_gap(plan, joint->node)
		       : gap_of_added(plan, joint, node->side[0] >= 0 ? 0 : 1);
}

struct str gap_between(const struct plan *plan, const struct joint *joint)
{
	int before = joint->before, node = joint->node;
	const bool *has = joint->in;
	struct str gap[TEXTS] = {0};

	if (before == START)
		return first_gap(plan);
	for (int t = BASE; t < TEXTS; t++)
		if (has[t])
			gap[t] = gap_before(plan_text(plan, t), joint->place[t]);
	struct str kept = gap[OURS];

	if (has[OURS] && has[THEIRS])
		kept = merge_scalar(gap[BASE], gap[OURS], gap[THEIRS]);
	else if (has[THEIRS])
		kept = gap[THEIRS];
	if (node == END)
		return has[OURS] || has[THEIRS] ? kept : own_gap(plan, node);
	if (has[OURS] != has[THEIRS] && !has[BASE])
		kept = gap_changed_beside(plan, joint, has[OURS] ? 0 : 1, kept);
	if (kept.len)
		return kept;
	const struct block *a = merged_block(plan, before), *b = merged_block(plan, node);
	if (has[OURS] || has[THEIRS])
		return !would_fuse(a, b) || is_pair_of_kinds(plan, joint, a->kind, b->kind)
			       ? kept
			       : STR("\n");
	if (is_inside_table(a, b))
		return (struct str){0};
	if (closes_up(plan, joint))
		return gap_of_closed(plan, joint);
	struct str own = gap_of_strangers(plan, joint, a, b);
	return own.len == 0 && would_fuse(a, b) ? STR("\n") : own;
}
