#include "merge/head.h"

#include "merge/scalar.h"

/* The head of a point, in its parts. */
struct head {
	struct str indent, number, mark, space, box, rest; /* the mark of a number: behind it */
};

static struct str take_while(struct str *rest, bool blank)
{
	size_t end = 0;

	while (end < rest->len && (rest->at[end] == ' ' || rest->at[end] == '\t') == blank)
		end++;
	struct str taken = str_slice(*rest, 0, end);
	*rest = str_slice(*rest, end, rest->len);
	return taken;
}

static struct head split_head(struct str text)
{
	struct head head;

	head.indent = take_while(&text, true);
	head.mark = take_while(&text, false);
	head.number = str_take_digits(&head.mark);
	head.space = take_while(&text, true);
	head.box = str_slice(text, 0, 3);
	head.rest = str_slice(text, 3, text.len);
	return head;
}

static struct str merge_box(struct str base, struct str ours, struct str theirs)
{
	struct str changed;

	if (take_changed(base, ours, theirs, &changed))
		return changed;
	return str_equal(ours, STR("[x]")) ? ours : merge_scalar(base, ours, theirs);
}

/* The number that stands in front of a merged mark: none if it stood there without one. */
static struct str merge_number(const struct head *base, const struct head *ours,
			       const struct head *theirs, struct str mark)
{
	const struct head *sides[] = {ours, theirs};

	for (int s = 0; s < 2; s++)
		if (str_equal(sides[s]->mark, mark) && sides[s]->number.len == 0)
			return sides[s]->number;
	struct str number = merge_scalar(base->number, ours->number, theirs->number);
	if (number.len)
		return number;
	return ours->number.len ? ours->number : theirs->number;
}

struct str merge_head(struct arena *arena, struct str base, struct str ours, struct str theirs)
{
	struct buf out = {.arena = arena};
	struct str changed;

	if (take_changed(base, ours, theirs, &changed))
		return changed;
	struct head b = split_head(base), x = split_head(ours), y = split_head(theirs);
	struct head merged = {
		.indent = merge_scalar(b.indent, x.indent, y.indent),
		.mark = merge_scalar(b.mark, x.mark, y.mark),
		.space = merge_scalar(b.space, x.space, y.space),
		.box = merge_box(b.box, x.box, y.box),
		.rest = merge_scalar(b.rest, x.rest, y.rest),
	};
	merged.number = merge_number(&b, &x, &y, merged.mark);
	/* Without a mark there is nothing that a box or a space could stand behind. */
	if (merged.mark.len == 0 && (merged.box.len || merged.number.len))
		return merge_scalar(base, ours, theirs);
	buf_add(&out, merged.indent);
	buf_add(&out, merged.number);
	buf_add(&out, merged.mark);
	if (merged.mark.len == 0)
		return buf_str(&out);
	buf_add(&out, merged.space);
	buf_add(&out, merged.box);
	buf_add(&out, merged.rest);
	return buf_str(&out);
}

/*
 * The nearest item beside a piece, on either hand, that the base and both sides have; NONE.
 * What is no item parts a list with numbers from others: each counts for itself.
 */
static int known_sibling(const struct plan *plan, int s, int piece)
{
	enum { SEARCHED = 64 };
	const struct side *side = &plan->side[s];
	const bool numbered = piece_block(side, piece)->numbered;
	bool parted[2] = {false, false};

	for (int distance = 1; distance < SEARCHED; distance++)
		for (int hand = 0; hand < 2; hand++) {
			int at = hand ? piece + distance : piece - distance;

			if (parted[hand] || at < 0 || at >= side->count ||
			    side->pieces[at].parent != side->pieces[piece].parent)
				continue;
			const struct node *node = plan->nodes + plan->node_of_side[s][at];
			bool item = piece_block(side, at)->kind == BLOCK_POINT;

			if (item && node->base >= 0 && node->side[1 - s] >= 0)
				return plan->node_of_side[s][at];
			parted[hand] = numbered && !item;
		}
	return NONE;
}

static bool are_marked_alike(const struct block *a, const struct block *b)
{
	return a->glyph == b->glyph && a->numbered == b->numbered;
}

/* Whether the other side may have written the marks of lists anew; a number cannot be made up. */
static bool may_be_marked_anew(const struct plan *plan, int s, const struct block *item)
{
	/* Nearly always both sides have one bullet for all their lists. */
	return item->kind == BLOCK_POINT &&
	       (item->numbered || (plan->side[1 - s].bullets & ~bullet_bit(item->glyph)) != 0);
}

/* The head with another mark: a bullet in place of a number, or of what stands behind it. */
static struct str with_mark(struct arena *arena, struct str head, const struct block *item,
			    const struct block *as)
{
	size_t end = str_find_byte(head, item->glyph, 0), from = end;
	struct buf changed = {.arena = arena};

	while (!as->numbered && from > 0 && byte_is_digit(head.at[from - 1]))
		from--;
	buf_add(&changed, str_slice(head, 0, from));
	buf_add_byte(&changed, as->glyph);
	buf_add(&changed, str_slice(head, end + 1, head.len));
	return buf_str(&changed);
}

struct str head_in_list(const struct plan *plan, int s, int piece, struct str head)
{
	const struct block *item = piece_block(&plan->side[s], piece);
	int sibling = may_be_marked_anew(plan, s, item) ? known_sibling(plan, s, piece) : NONE;

	if (sibling == NONE)
		return head;
	const struct node *node = plan->nodes + sibling;
	const struct block *mine = piece_block(&plan->side[s], node->side[s]);
	const struct block *base = piece_block(&plan->base, node->base);
	const struct block *other = piece_block(&plan->side[1 - s], node->side[1 - s]);
	if (!are_marked_alike(mine, item) || !are_marked_alike(base, item) ||
	    other->kind != BLOCK_POINT || are_marked_alike(other, item) ||
	    (other->numbered && !item->numbered))
		return head;
	return with_mark(plan->arena, head, item, other);
}
