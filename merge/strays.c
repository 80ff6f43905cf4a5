#include "merge/strays.h"

#include <stdlib.h>

#include "merge/rising.h"

/* A piece that stands under the same parent as in the base. */
struct child {
	int parent, piece;
};

static int by_parent(const void *a, const void *b)
{
	const struct child *x = a, *y = b;

	return x->parent != y->parent ? x->parent - y->parent : x->piece - y->piece;
}

static bool has_same_parent(const struct plan *plan, int s, int piece)
{
	const struct matching *match = &plan->match[s];
	int base = match->base_of[piece], parent = plan->side[s].pieces[piece].parent;
	int above = base >= 0 ? plan->base.pieces[base].parent : NO_PARENT;

	return base >= 0 && parent >= 0 && above >= 0 && match->base_of[parent] == above;
}

/*
 * Of the children of one parent, marks those that keep the base's order, rather
 * those that did not move at all.
 */
static void mark_in_order(const struct plan *plan, int s, const struct child *children, int count,
			  bool *carried)
{
	enum { UNMOVED = 1 << 20 }; /* more words than siblings have */
	struct arena scratch = {0};
	int *bases = arena_array(&scratch, int, (size_t)count);
	uint32_t *weights = arena_array(&scratch, uint32_t, (size_t)count);

	for (int i = 0; i < count; i++) {
		const struct piece *piece = plan->side[s].pieces + children[i].piece;

		bases[i] = plan->match[s].base_of[children[i].piece];
		weights[i] = is_moved_in(&plan->match[s], bases[i]) ? 0 : UNMOVED;
		for (int at = children[i].piece; at < piece->end; at++)
			weights[i] += plan->side[s].pieces[at].word_count + 1;
	}
	const bool *keep = keep_rising(&scratch, bases, weights, count, plan->base.count);
	for (int i = 0; i < count; i++)
		carried[children[i].piece] = keep[i];
	arena_free(&scratch);
}

/* By piece of side `s`: whether it stands among its siblings as in the base. */
static bool *find_carried(struct arena *arena, const struct plan *plan, int s)
{
	const struct side *side = &plan->side[s];
	bool *carried = arena_array(arena, bool, (size_t)side->count + 1);
	struct child *children = arena_array(arena, struct child, (size_t)side->count + 1);
	int count = 0;

	for (int i = 0; i < side->count; i++)
		if (has_same_parent(plan, s, i))
			children[count++] = (struct child){side->pieces[i].parent, i};
	qsort(children, (size_t)count, sizeof *children, by_parent);
	for (int i = 0, end; i < count; i = end) {
		for (end = i + 1; end < count && children[end].parent == children[i].parent;)
			end++;
		mark_in_order(plan, s, children + i, end - i, carried);
	}
	return carried;
}

static bool any_moved_by_both(const struct plan *plan)
{
	if (!plan->match[0].moved || !plan->match[1].moved)
		return false;
	for (int i = 0; i < plan->count; i++)
		if (is_moved_by(plan, plan->nodes + i, 0) && is_moved_by(plan, plan->nodes + i, 1))
			return true;
	return false;
}

const bool *find_strays(struct arena *arena, const struct plan *plan, int s)
{
	struct arena scratch = {0};

	if (!any_moved_by_both(plan))
		return NULL;
	const bool *mine = find_carried(&scratch, plan, s);
	const bool *others = find_carried(&scratch, plan, 1 - s);
	bool *strays = arena_array(arena, bool, (size_t)plan->count + 1);
	for (int i = 0; i < plan->side[s].count; i++) {
		int at = plan->node_of_side[s][i], parent = plan->side[s].pieces[i].parent;
		const struct node *node = plan->nodes + at;

		if (!node->kept || !is_moved_by(plan, node, 0) || !is_moved_by(plan, node, 1) ||
		    !others[node->side[1 - s]])
			continue;
		strays[at] = !mine[i] || strays[plan->node_of_side[s][parent]];
	}
	arena_free(&scratch);
	return strays;
}
