#include "merge/twins.h"

/* Per mille and words that make two additions much the same; how many above are looked at. */
enum { TWIN_ALIKE = 600, TWIN_WORDS = 3, LOOKED_BACK = 32 };

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
		added[count++] = plan->order[i];
	}
}
