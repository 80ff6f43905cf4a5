#include "merge/wording_set.h"

#include "merge/akin.h"
#include "merge/table_rows.h"

static bool says_the_same(const struct block *a, const struct block *b)
{
	return key_equal(a->normal, b->normal) && blocks_are_akin(a, b);
}

static const struct block *any_of(const struct set_wording *member)
{
	return member->base ? member->base : member->side[0] ? member->side[0] : member->side[1];
}

/* Members that are found by what they say. */
struct members {
	struct set_wording *at;
	int count;
	int *slots; /* the number of a member from 1, 0: the slot is free */
	uint32_t mask;
};

static struct members members_new(struct arena *arena, int most)
{
	uint32_t slots = 4;

	while (slots < 2 * (uint32_t)most)
		slots *= 2;
	return (struct members){
		.at = arena_array(arena, struct set_wording, (size_t)most),
		.slots = arena_array(arena, int, slots),
		.mask = slots - 1,
	};
}

static struct set_wording *member_for(struct members *members, const struct block *block)
{
	uint32_t slot = (uint32_t)block->normal.low & members->mask;

	for (; members->slots[slot]; slot = (slot + 1) & members->mask) {
		struct set_wording *member = &members->at[members->slots[slot] - 1];

		if (says_the_same(any_of(member), block))
			return member;
	}
	members->slots[slot] = ++members->count;
	return &members->at[members->count - 1];
}

static bool stays(const struct set_wording *member)
{
	return (member->side[0] && member->side[1]) ||
	       (!member->base && (member->side[0] || member->side[1]));
}

/* How many wordings text `t` has of the node. */
static int wordings_in(const struct plan *plan, const struct node *node, int t)
{
	int piece = node_piece(node, t);

	return piece >= 0 ? plan_text(plan, t)->pieces[piece].wordings : 0;
}

static void add_wordings(struct members *members, const struct plan *plan, const struct node *node,
			 int t)
{
	int count = wordings_in(plan, node, t);
	const struct block *blocks = count ? wordings_in_columns(plan, node, t) : NULL;

	for (int i = 0; i < count; i++) {
		struct set_wording *member = member_for(members, blocks + i);

		*(t == BASE ? &member->base : &member->side[t - OURS]) = blocks + i;
	}
}

struct set_wordings wordings_that_stay(const struct plan *plan, const struct node *node)
{
	int total = 0, kept = 0;
	bool any = false;

	for (int t = 0; t < TEXTS; t++)
		total += wordings_in(plan, node, t);
	struct members members = members_new(plan->arena, total);
	for (int t = 0; t < TEXTS; t++)
		add_wordings(&members, plan, node, t);
	for (int i = 0; i < members.count; i++)
		any = any || stays(&members.at[i]);
	for (int i = 0; i < members.count; i++) {
		const struct set_wording *it = &members.at[i];

		if (any ? stays(it) : it->side[0] || it->side[1])
			members.at[kept++] = *it;
	}
	return (struct set_wordings){members.at, kept};
}
