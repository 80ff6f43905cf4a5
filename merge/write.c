#include "merge/write.h"

#include "core/label.h"
#include "merge/words.h"

enum { START = -1, END = -2, TEXTS = 3 };

struct out {
	struct plan *plan;
	struct buf text;
	uint32_t line;
	size_t counted; /* bytes of `text` whose lines are in `line` */
	struct decision *decisions;
	size_t decision_count, decision_room;
};

static const struct side *text_of(const struct plan *plan, int t)
{
	return t == 0 ? &plan->base : &plan->side[t - 1];
}

/* Where a node stands in text `t`; the ends of the text count as pieces. NONE - 1: nowhere. */
static int place_in(const struct plan *plan, int node, int t)
{
	enum { NOWHERE = -2 };

	if (node == START)
		return -1;
	if (node == END)
		return text_of(plan, t)->count;
	int piece = t == 0 ? plan->nodes[node].base : plan->nodes[node].side[t - 1];
	return piece >= 0 ? piece : NOWHERE;
}

static struct str gap_before(const struct plan *plan, int piece, int t)
{
	const struct side *text = text_of(plan, t);

	return piece == text->count ? text->doc->tail : piece_block(text, piece)->gap;
}

/* Two neighbours in the result, its ends among them. */
struct joint {
	int before, node;
	int place[TEXTS]; /* of `node` in each text, as place_in() tells */
	bool in[TEXTS];	  /* the text has them side by side */
};

/* The joint behind another one. */
static struct joint next_joint(const struct plan *plan, const struct joint *last, int node)
{
	struct joint joint = {.before = last->node, .node = node};

	for (int t = 0; t < TEXTS; t++) {
		joint.place[t] = place_in(plan, node, t);
		joint.in[t] = last->place[t] > -2 && joint.place[t] == last->place[t] + 1;
	}
	return joint;
}

/* The block that a node shows in the result, of a side that has it. */
static const struct block *block_of(const struct plan *plan, int node)
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

/* Whether two blocks would become one, or other ones, with no blank line between them. */
static bool would_fuse(const struct block *before, const struct block *block)
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
	switch (block->kind) {
	case BLOCK_HEADING:
		return block->underlined;
	case BLOCK_POINT:
		return before->kind == BLOCK_PARAGRAPH && block->numbered && block->number != 1;
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
	return a->kind == b->kind && (a->kind == BLOCK_POINT || a->kind == BLOCK_DEFINITION);
}

/* A blank line would end the table. */
static bool is_inside_table(const struct block *before, const struct block *block)
{
	return block->kind == BLOCK_ROW &&
	       (before->kind == BLOCK_ROW || before->kind == BLOCK_TABLE);
}

/* Two items that no text has side by side: as near as either is to another item. */
static struct str gap_of_items(const struct plan *plan, int before, int node)
{
	struct str gap = {0};

	for (int s = 0; s < SIDES; s++) {
		const struct side *side = &plan->side[s];
		int a = plan->nodes[before].side[s], b = plan->nodes[node].side[s];

		if (a >= 0 && a + 1 < side->count &&
		    are_items(piece_block(side, a), piece_block(side, a + 1)) &&
		    gap_before(plan, a + 1, s + 1).len > gap.len)
			gap = gap_before(plan, a + 1, s + 1);
		if (b > 0 && are_items(piece_block(side, b), piece_block(side, b - 1)) &&
		    gap_before(plan, b, s + 1).len > gap.len)
			gap = gap_before(plan, b, s + 1);
	}
	return gap;
}

/* What stood before the node, wherever it stood. */
static struct str own_gap(const struct plan *plan, int node)
{
	struct str gap[TEXTS] = {0};
	bool has[TEXTS];

	for (int t = 0; t < TEXTS; t++) {
		int piece = place_in(plan, node, t);
		has[t] = piece >= 0;
		if (has[t])
			gap[t] = gap_before(plan, piece, t);
	}
	if (has[1] && has[2])
		return has[0] ? merge_scalar(gap[0], gap[1], gap[2])
			      : merge_scalar((struct str){0}, gap[1], gap[2]);
	return has[1] ? gap[1] : gap[2];
}

/* The block that a node shows, of the kind that it will have. */
static const struct block *merged_block(const struct plan *plan, int node)
{
	const struct node *it = plan->nodes + node;
	const struct block *block = block_of(plan, node);

	if (it->base >= 0 && it->side[0] >= 0 && it->side[1] >= 0 &&
	    block->kind == piece_block(&plan->base, it->base)->kind)
		block = piece_block(&plan->side[1], it->side[1]);
	return block;
}

/* Whether a side has the two side by side as blocks of these kinds. */
static bool is_pair_of_kinds(const struct plan *plan, const struct joint *joint, enum block_kind a,
			     enum block_kind b)
{
	for (int s = 0; s < SIDES; s++) {
		const struct side *side = &plan->side[s];
		int place = joint->place[s + 1];

		if (joint->in[s + 1] && piece_block(side, place - 1)->kind == a &&
		    piece_block(side, place)->kind == b)
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
			gap[s] = gap_before(plan, piece + 1, s + 1);
	}
	return merge_scalar((struct str){0}, gap[0], gap[1]);
}

static struct str gap_between(const struct plan *plan, const struct joint *joint)
{
	int before = joint->before, node = joint->node;
	const bool *has = joint->in;
	struct str gap[TEXTS] = {0};

	for (int t = 0; t < TEXTS; t++)
		if (has[t])
			gap[t] = gap_before(plan, joint->place[t], t);
	struct str kept = gap[1];

	if (has[1] && has[2])
		kept = merge_scalar(gap[0], gap[1], gap[2]);
	else if (has[2])
		kept = gap[2];
	if (before == START || node == END)
		return has[1] || has[2] ? kept : own_gap(plan, node);
	if (kept.len)
		return kept;
	const struct block *a = merged_block(plan, before), *b = merged_block(plan, node);
	if (has[1] || has[2])
		return is_pair_of_kinds(plan, joint, a->kind, b->kind) || !would_fuse(a, b)
			       ? kept
			       : STR("\n");
	if (is_inside_table(a, b))
		return (struct str){0};
	if (a->kind == BLOCK_HEADING && b->kind == BLOCK_POINT)
		return gap_behind(plan, before);
	struct str own = are_items(a, b) ? gap_of_items(plan, before, node) : own_gap(plan, node);
	return own.len == 0 && would_fuse(a, b) ? STR("\n") : own;
}

static void decide(struct out *out, enum decision_kind kind, const struct block *block)
{
	struct str text = str_trim(block->text);

	for (; out->counted < out->text.len; out->counted++)
		out->line += out->text.at[out->counted] == '\n';
	arena_push(out->plan->arena, out->decisions, out->decision_count, out->decision_room);
	out->decisions[out->decision_count++] = (struct decision){
		.kind = kind,
		.line = out->line,
		.text = str_slice(text, 0, str_find_byte(text, '\n', 0)),
	};
}

/* Some blocks begin behind the mark of the item that holds them, on one line. */
static bool shares_line(const struct plan *plan, const struct joint *joint)
{
	if (joint->before < 0 || joint->node < 0)
		return false;
	for (int s = 0; s < SIDES; s++)
		if (joint->in[s + 1] && piece_block(&plan->side[s], joint->place[s + 1])->joined)
			return true;
	return false;
}

static void end_line(struct out *out)
{
	if (out->text.len && out->text.at[out->text.len - 1] != '\n')
		buf_add_byte(&out->text, '\n');
}

static void write_wordings(struct out *out, const struct wordings *wordings,
			   const struct block *block)
{
	for (int i = 0; i < wordings->count; i++) {
		if (i > 0) {
			end_line(out);
			if (block->kind != BLOCK_HEADING && would_fuse(block, block))
				buf_add_byte(&out->text, '\n');
		}
		wording_write(&out->text, &wordings->at[i],
			      wordings->count > 1 ? (uint32_t)i + 1 : 0);
	}
}

/* The bytes of a node that at most one side changed, or NULL. */
static const struct block *unchanged_or_one(const struct plan *plan, const struct node *node)
{
	const struct block *ours, *theirs, *base;

	if (node->side[0] < 0 || node->side[1] < 0 || node->base < 0)
		return NULL;
	if (plan->side[0].pieces[node->side[0]].wordings +
		    plan->side[1].pieces[node->side[1]].wordings +
		    plan->base.pieces[node->base].wordings >
	    3)
		return NULL;
	ours = piece_block(&plan->side[0], node->side[0]);
	theirs = piece_block(&plan->side[1], node->side[1]);
	base = piece_block(&plan->base, node->base);
	if (str_equal(ours->raw, base->raw) ||
	    str_equal(str_chomp(ours->raw), str_chomp(base->raw)))
		return theirs;
	if (str_equal(str_chomp(theirs->raw), str_chomp(base->raw)))
		return ours;
	return NULL;
}

/* A label on a line of its own would become one with a paragraph right behind it. */
static bool ends_with_label_line(const struct out *out, int node)
{
	const char *at = out->text.at;
	size_t end = out->text.len, from;
	struct str before = {0};

	/* Nearly always the last letter tells that there is none. */
	if (node < 0 || !str_ends(str_trim_right(buf_str(&out->text)), STR("⟩")) ||
	    block_of(out->plan, node)->kind == BLOCK_PARAGRAPH)
		return false;
	end -= at[end - 1] == '\n';
	for (from = end; from > 0 && at[from - 1] != '\n';)
		from--;
	return label_read((struct str){at + from, end - from}, &before) && str_is_blank(before);
}

static void write_gap(struct out *out, const struct joint *joint)
{
	struct str gap = gap_between(out->plan, joint);

	if (gap.len == 0 && joint->node != END && ends_with_label_line(out, joint->before))
		gap = STR("\n");
	buf_add(&out->text, gap);
}

/* A block that a side moved and another, or the same one, reworded. */
static bool is_moved_and_edited(const struct plan *plan, const struct node *node)
{
	if (!node->moved || node->side[0] < 0 || node->side[1] < 0)
		return false;
	uint32_t base = plan->base.ids[node->base];
	return plan->side[0].ids[node->side[0]] != base || plan->side[1].ids[node->side[1]] != base;
}

static void write_node(struct out *out, int index, struct block_rules rules)
{
	const struct node *node = out->plan->nodes + index;
	const struct block *block = block_of(out->plan, index);
	const struct block *whole = unchanged_or_one(out->plan, node);

	if (node->edit_kept)
		decide(out, DECISION_EDIT_KEPT, block);
	if (node->twin)
		decide(out, DECISION_BOTH_KEPT, block);
	if (is_moved_and_edited(out->plan, node))
		decide(out, DECISION_MOVED, block);
	if (whole) {
		buf_add(&out->text, str_chomp(whole->raw));
		return;
	}
	struct wordings wordings = merge_node(out->plan, node, rules);
	if (wordings.count > 1)
		decide(out, DECISION_VARIANTS, block);
	write_wordings(out, &wordings, block);
}

/* Room for a result that says what both sides say, and a little more. */
static void make_room(struct plan *plan, struct buf *text)
{
	enum { MORE_BYTES = 64, PART = 16 };
	size_t base = plan->base.doc->source.len, sides = plan->side[0].doc->source.len;

	sides += plan->side[1].doc->source.len;
	text->room = (sides > base ? sides - base : 0) + sides / PART + MORE_BYTES;
	text->at = arena_array(plan->arena, char, text->room);
}

struct written write_plan(struct plan *plan, struct str front, struct block_rules rules)
{
	struct out out = {.plan = plan, .text.arena = plan->arena, .line = 1};
	struct joint joint = {.node = START, .place = {-1, -1, -1}};

	make_room(plan, &out.text);
	buf_add(&out.text, front);
	for (int i = 0; i < plan->order_count; i++) {
		int node = plan->order[i];

		joint = next_joint(plan, &joint, node);
		if (!shares_line(plan, &joint))
			end_line(&out);
		write_gap(&out, &joint);
		write_node(&out, node, rules);
	}
	end_line(&out);
	joint = next_joint(plan, &joint, END);
	buf_add(&out.text, gap_between(plan, &joint));
	return (struct written){buf_str(&out.text), out.decisions, out.decision_count};
}
