#include "merge/twins.h"

/*
 * Per mille and words that make two additions much the same, and what is told in a text told;
 * how many nodes are looked at.
 */
enum { TWIN_ALIKE = 600, TOLD_ALIKE = 800, TWIN_WORDS = 3, LOOKED_BACK = 32 };

/* The side that alone added the node, NONE: it is no addition of one side. */
static int added_by(const struct node *node)
{
	if (node->base >= 0 || (node->side[0] >= 0 && node->side[1] >= 0))
		return NONE;
	return node->side[0] >= 0 ? 0 : 1;
}

static bool says_enough(const struct plan *plan, const struct node *node, int s)
{
	return plan->side[s].pieces[node->side[s]].word_count >= TWIN_WORDS;
}

static bool are_twins(struct match_input *input, const struct node *a, const struct node *b)
{
	int ours = a->side[0] >= 0 ? a->side[0] : b->side[0];
	int theirs = a->side[0] >= 0 ? b->side[1] : a->side[1];

	return piece_similarity(input, ours, theirs, TWIN_ALIKE) >= TWIN_ALIKE;
}

/* Whether the other side holds, in the piece that it edited, nearly all that the new one says. */
static bool is_told_in(struct plan *plan, int s, int piece, const struct node *node)
{
	int other = node->side[1 - s];

	if (node->base < 0 || other < 0 ||
	    plan->side[1 - s].ids[other] == plan->base.ids[node->base] ||
	    plan->side[s].pieces[piece].wordings > 1 ||
	    plan->side[1 - s].pieces[other].wordings > 1)
		return false;
	struct piece_words *new = piece_words(&plan->words, &plan->side[s], piece);
	struct piece_words *whole = piece_words(&plan->words, &plan->side[1 - s], other);
	int least = (int)((TOLD_ALIKE * (int64_t) new->numbers.count + SAME - 1) / SAME);

	/* Mostly the marks tell that too many words are missing, of long texts their count. */
	if (new->numbers.count < SHORT_WORDS ||
	    new->numbers.count - __builtin_popcountll(new->marks & ~whole->marks) < least ||
	    piece_words_shared(plan->words.arena, new, whole) < least)
		return false;
	struct arena scratch = {0};
	const int *partners = diff_partners(&scratch, new->numbers, whole->numbers);
	int told = 0;

	for (int i = 0; i < new->numbers.count; i++)
		told += partners[i] >= 0;
	arena_free(&scratch);
	return told >= least;
}

/* The same for what stands not far from it in the result, on either hand. */
static bool is_told_near(struct plan *plan, int at, int s)
{
	int piece = plan->nodes[plan->order[at]].side[s];
	int from = at > LOOKED_BACK ? at - LOOKED_BACK : 0;

	for (int i = from; i < plan->order_count && i <= at + LOOKED_BACK; i++)
		if (is_told_in(plan, s, piece, plan->nodes + plan->order[i]))
			return true;
	return false;
}

void mark_twins(struct plan *plan)
{
	struct ready_text ready;
	struct match_input input = {.arena = plan->arena,
				    .words = &plan->words,
				    .base = &plan->side[0],
				    .side = &plan->side[1],
				    .ready = &ready};
	int *added = arena_array(plan->arena, int, (size_t)plan->order_count + 1), count = 0;

	ready.text = (struct numbers){0};
	for (int i = 0; i < plan->order_count; i++) {
		struct node *node = plan->nodes + plan->order[i];
		int s = added_by(node), first = count > LOOKED_BACK ? count - LOOKED_BACK : 0;

		if (s == NONE || !says_enough(plan, node, s))
			continue;
		for (int at = first; at < count && !node->twin; at++) {
			const struct node *above = plan->nodes + added[at];
			node->twin = added_by(above) != s && are_twins(&input, above, node);
		}
		node->twin = node->twin || is_told_near(plan, i, s);
		added[count++] = plan->order[i];
	}
}
