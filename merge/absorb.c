#include "merge/plan.h"

#include <stdlib.h>
#include <string.h>

enum { TEXTS = 3 };

/* How often one wording stands under one parent with one gap, in base and sides. */
struct tally {
	struct key key;
	int in[TEXTS];
};

static int by_key(const void *a, const void *b)
{
	return key_compare(((const struct tally *)a)->key, ((const struct tally *)b)->key);
}

static struct key gap_key(struct str gap)
{
	return (struct key){gap.len, gap.len ? (uint64_t)(unsigned char)gap.at[0] : 0};
}

/* What a change would show in: the bytes, what they stand under, and the gap before. */
static struct key key_of_piece(const struct side *side, int piece)
{
	const struct piece *it = side->pieces + piece;
	const struct block *block = piece_block(side, piece);
	struct key key = gap_key(block->gap);

	for (int i = 0; i < it->wordings; i++)
		key = key_chain(key, block[i].exact);
	if (it->parent >= 0)
		key = key_chain(key, piece_block(side, it->parent)->normal);
	return key;
}

static int tally_pieces(const struct plan *plan, struct tally **out)
{
	const struct side *texts[TEXTS] = {&plan->base, &plan->side[0], &plan->side[1]};
	size_t total = 0, count = 0;

	for (int t = 0; t < TEXTS; t++)
		total += (size_t)texts[t]->count;
	struct tally *all = arena_array(plan->arena, struct tally, total + 1);
	for (int t = 0; t < TEXTS; t++)
		for (int i = 0; i < texts[t]->count; i++) {
			all[count].key = key_of_piece(texts[t], i);
			all[count++].in[t] = 1;
		}
	qsort(all, total, sizeof *all, by_key);
	count = 0;
	for (size_t i = 0; i < total; i++) {
		if (count == 0 || !key_equal(all[count - 1].key, all[i].key)) {
			all[count++] = all[i];
			continue;
		}
		for (int t = 0; t < TEXTS; t++)
			all[count - 1].in[t] += all[i].in[t];
	}
	*out = all;
	return (int)count;
}

/* Whether side `s` moved and deleted everything that the other moved and deleted. */
static bool holds_moves(const struct plan *plan, int s)
{
	const struct matching *holder = &plan->match[s], *other = &plan->match[1 - s];

	for (int i = 0; i < plan->base.count; i++)
		if ((other->moved[i] && !holder->moved[i]) ||
		    (other->side_of[i] < 0 && holder->side_of[i] >= 0))
			return false;
	return true;
}

static bool holds_ends(const struct plan *plan, int s)
{
	const struct doc *base = plan->base.doc, *holder = plan->side[s].doc,
			 *other = plan->side[1 - s].doc;

	return (str_equal(base->front, other->front) || str_equal(holder->front, other->front)) &&
	       (str_equal(base->tail, other->tail) || str_equal(holder->tail, other->tail)) &&
	       (base->bom == other->bom || holder->bom == other->bom) &&
	       (base->line_end == other->line_end || holder->line_end == other->line_end) &&
	       (base->ends_without_line_end == other->ends_without_line_end ||
		holder->ends_without_line_end == other->ends_without_line_end);
}

static bool holds(const struct plan *plan, const struct tally *tallies, int count, int s)
{
	for (int i = 0; i < count; i++) {
		int base = tallies[i].in[0], other = tallies[i].in[2 - s],
		    holder = tallies[i].in[1 + s];

		if ((other > base && holder < other) || (other < base && holder > other))
			return false;
	}
	return holds_moves(plan, s) && holds_ends(plan, s);
}

int plan_absorbing_side(const struct plan *plan)
{
	struct tally *tallies;
	int count = tally_pieces(plan, &tallies);

	for (int s = 0; s < SIDES; s++)
		if (holds(plan, tallies, count, s))
			return s;
	return NONE;
}
