#include "merge/align.h"

#include <stdlib.h>
#include <string.h>

/* Texts under this many bytes, and rules, say too little to be the same addition by themselves. */
enum { WEAK_BYTES = 3, FAR_WORDS = 8 };

enum { UNKNOWN = -2 };

struct aligner {
	struct plan *plan;
	int *joined[SIDES]; /* new pieces that are one addition */
};

static bool is_new(const struct aligner *aligner, int s, int piece)
{
	return aligner->plan->match[s].base_of[piece] < 0 && aligner->joined[s][piece] < 0;
}

/* Whether the two pieces are one node: partners of one base piece, or joined; -1 are text ends. */
static bool is_common(const struct aligner *aligner, int ours, int theirs)
{
	const struct plan *plan = aligner->plan;

	if (ours < 0 || theirs < 0)
		return ours < 0 && theirs < 0;
	if (ours >= plan->side[0].count || theirs >= plan->side[1].count)
		return ours >= plan->side[0].count && theirs >= plan->side[1].count;
	if (aligner->joined[0][ours] >= 0)
		return aligner->joined[0][ours] == theirs;
	return plan->match[0].base_of[ours] >= 0 &&
	       plan->match[0].base_of[ours] == plan->match[1].base_of[theirs];
}

static bool is_put_between(const struct plan *plan, int s, int piece)
{
	return piece >= 0 && plan->match[s].base_of[piece] < 0;
}

/*
 * What of the base a piece stands under, as the other side may see it: of a new
 * parent that was put in between, what was above its first old child; of one
 * that a side deleted, what stood above that.
 */
static int stands_under(const struct plan *plan, int s, int piece)
{
	const struct side *side = &plan->side[s];
	int parent = side->pieces[piece].parent, base = NO_PARENT;

	if (is_put_between(plan, s, parent)) {
		int child = parent + 1, end = side->pieces[parent].end;

		while (child < end &&
		       (side->pieces[child].parent != parent || plan->match[s].base_of[child] < 0))
			child++;
		if (child == end)
			return UNKNOWN;
		base = plan->base.pieces[plan->match[s].base_of[child]].parent;
	} else if (parent >= 0) {
		base = plan->match[s].base_of[parent];
	}
	while (base >= 0 && (plan->match[0].side_of[base] < 0 || plan->match[1].side_of[base] < 0))
		base = plan->base.pieces[base].parent;
	return base;
}

/*
 * The same parent, but for one that a side put in between or deleted. A link
 * definition is the same wherever it stands.
 */
static bool has_like_parent(const struct aligner *aligner, int ours, int theirs)
{
	const struct plan *plan = aligner->plan;
	int parent[SIDES] = {plan->side[0].pieces[ours].parent,
			     plan->side[1].pieces[theirs].parent};

	if (is_common(aligner, parent[0], parent[1]) ||
	    piece_block(&plan->side[0], ours)->kind == BLOCK_DEFINITION)
		return true;
	if (is_put_between(plan, 0, parent[0]) && is_put_between(plan, 1, parent[1]))
		return false;
	int above = stands_under(plan, 0, ours);
	return above != UNKNOWN && above == stands_under(plan, 1, theirs);
}

static bool is_weak(const struct side *side, int piece)
{
	const struct block *block = piece_block(side, piece);
	struct str text = str_trim(block_text(block));

	return block->kind == BLOCK_RULE || text.len < WEAK_BYTES || str_equal(text, STR("<br>")) ||
	       str_equal(text, STR("<br/>")) || str_equal(text, STR("<br />"));
}

static void join(struct aligner *aligner, int ours, int theirs)
{
	aligner->joined[0][ours] = theirs;
	aligner->joined[1][theirs] = ours;
}

/* Completes the matching of side `s` where the other side knows better. */
static bool adopt(struct plan *plan, int s, int piece, int base)
{
	struct matching *match = &plan->match[s];

	if (match->side_of[base] >= 0 || match->base_of[piece] >= 0)
		return false;
	match->side_of[base] = piece;
	match->base_of[piece] = base;
	return true;
}

/*
 * What the other side, which says the same, knows as the base's piece: rather
 * that than what this side's matching took for it, unless the base says it so.
 */
static bool adopt_from(struct plan *plan, int s, int piece, int base)
{
	struct matching *match = &plan->match[s];
	int taken = match->side_of[base];

	if (taken >= 0 && plan->side[s].ids[taken] != plan->base.ids[base]) {
		match->base_of[taken] = -1;
		match->side_of[base] = -1;
	}
	return adopt(plan, s, piece, base);
}

/*
 * Of equal pieces the base has few and the sides many: which of them are the
 * base's is any one's guess, so side 1 is made to guess as side 0 did.
 */
static bool guess_alike(struct plan *plan, const int *partners)
{
	struct matching *match = &plan->match[1];
	const uint32_t *base = plan->base.ids, *ids = plan->side[1].ids;
	bool changed = false;

	for (int i = 0; i < plan->base.count; i++) {
		int ours = plan->match[0].side_of[i], was = match->side_of[i];
		int wanted = ours >= 0 ? partners[ours] : -1;

		if (wanted < 0 || wanted == was || ids[wanted] != base[i] ||
		    (was >= 0 && ids[was] != base[i]))
			continue;
		int other = match->base_of[wanted];
		if (other >= 0 && base[other] != base[i])
			continue;
		match->side_of[i] = wanted;
		match->base_of[wanted] = i;
		if (was >= 0)
			match->base_of[was] = other;
		if (other >= 0)
			match->side_of[other] = was;
		changed = true;
	}
	return changed;
}

static void join_weak(struct aligner *aligner, const int *partners)
{
	for (int i = 0; i < aligner->plan->side[0].count; i++) {
		int j = partners[i];

		if (j < 0 || !is_new(aligner, 0, i) || !is_new(aligner, 1, j))
			continue;
		bool before = is_common(aligner, i - 1, j - 1);
		bool behind = is_common(aligner, i + 1, j + 1);
		bool beside_new = (before && i > 0 && aligner->joined[0][i - 1] >= 0) ||
				  (behind && i + 1 < aligner->plan->side[0].count &&
				   aligner->joined[0][i + 1] >= 0);
		if (beside_new || (before && behind))
			join(aligner, i, j);
	}
}

struct addition {
	uint32_t id;
	int piece;
};

static int by_id(const void *a, const void *b)
{
	const struct addition *x = a, *y = b;

	return x->id != y->id ? (x->id > y->id) - (x->id < y->id) : x->piece - y->piece;
}

/* Whether only this side has it: new, or gone from the other. */
static bool is_alone(const struct aligner *aligner, int s, int piece)
{
	int base = aligner->plan->match[s].base_of[piece];

	return base < 0 ? aligner->joined[s][piece] < 0
			: aligner->plan->match[1 - s].side_of[base] < 0;
}

static struct addition *find_alone(struct arena *arena, const struct aligner *aligner, int s,
				   int *count)
{
	const struct side *side = &aligner->plan->side[s];
	struct addition *all = arena_array(arena, struct addition, (size_t)side->count + 1);

	*count = 0;
	for (int i = 0; i < side->count; i++)
		if (is_alone(aligner, s, i) && !is_weak(side, i))
			all[(*count)++] = (struct addition){side->ids[i], i};
	qsort(all, (size_t)*count, sizeof *all, by_id);
	return all;
}

static bool is_single(const struct addition *all, int count, int at)
{
	return (at == 0 || all[at - 1].id != all[at].id) &&
	       (at + 1 == count || all[at + 1].id != all[at].id);
}

/* Whether they stand under two things of the base: nobody meant them for one place. */
static bool has_other_parent(const struct aligner *aligner, int ours, int theirs)
{
	int under[SIDES] = {stands_under(aligner->plan, 0, ours),
			    stands_under(aligner->plan, 1, theirs)};

	return under[0] >= 0 && under[1] >= 0 && under[0] != under[1];
}

/*
 * Two equal pieces: where one of them is the base's, so is the other, which its
 * side moved; two new ones are one addition if they could not be so by chance.
 */
static void pair(struct aligner *aligner, int ours, int theirs, bool moved[SIDES])
{
	struct plan *plan = aligner->plan;
	int base[SIDES] = {plan->match[0].base_of[ours], plan->match[1].base_of[theirs]};

	if (base[0] >= 0)
		moved[1] |= adopt(plan, 1, theirs, base[0]);
	else if (base[1] >= 0)
		moved[0] |= adopt(plan, 0, ours, base[1]);
	else if (has_like_parent(aligner, ours, theirs) ||
		 (plan->side[0].pieces[ours].word_count >= FAR_WORDS &&
		  !has_other_parent(aligner, ours, theirs)))
		join(aligner, ours, theirs);
}

/* The same piece at different places. */
static void pair_far(struct aligner *aligner, bool moved[SIDES])
{
	int m, n;
	struct arena scratch = {0};
	const struct addition *ours = find_alone(&scratch, aligner, 0, &m);
	const struct addition *theirs = find_alone(&scratch, aligner, 1, &n);

	for (int i = 0, j = 0; i < m && j < n;) {
		if (ours[i].id != theirs[j].id) {
			if (ours[i].id < theirs[j].id)
				i++;
			else
				j++;
			continue;
		}
		if (is_single(ours, m, i) && is_single(theirs, n, j))
			pair(aligner, ours[i].piece, theirs[j].piece, moved);
		i++, j++;
	}
	arena_free(&scratch);
}

int *align_sides(struct plan *plan, const int *partners)
{
	struct aligner aligner = {.plan = plan};
	bool moved[SIDES] = {false, guess_alike(plan, partners)};

	for (int s = 0; s < SIDES; s++) {
		size_t room = (size_t)plan->side[s].count + 1;
		aligner.joined[s] = arena_array(plan->arena, int, room);
		memset(aligner.joined[s], -1, room * sizeof(int));
	}
	for (int i = 0; i < plan->side[0].count; i++) {
		int j = partners[i];

		if (j < 0)
			continue;
		int base[SIDES] = {plan->match[0].base_of[i], plan->match[1].base_of[j]};
		if (base[0] >= 0 && base[1] < 0)
			moved[1] |= adopt_from(plan, 1, j, base[0]);
		else if (base[1] >= 0 && base[0] < 0)
			moved[0] |= adopt_from(plan, 0, i, base[1]);
		else if (base[0] < 0 && !is_weak(&plan->side[0], i) &&
			 has_like_parent(&aligner, i, j))
			join(&aligner, i, j);
	}
	join_weak(&aligner, partners);
	pair_far(&aligner, moved);
	for (int s = 0; s < SIDES; s++)
		if (moved[s])
			match_mark_moved(&plan->base, &plan->side[s], &plan->match[s]);
	return aligner.joined[0];
}
