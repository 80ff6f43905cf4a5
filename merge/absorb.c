#include "merge/absorb.h"

#include "merge/akin.h"
#include "merge/gaps.h"
#include "merge/hashes.h"
#include "merge/scalar.h"
#include "merge/strays.h"
#include "merge/tally.h"

/* Pieces compared at most, to find what the other side edited in what is new in one. */
enum { REWORDINGS_TRIED = 4096 };

/* What is looked for in one side after the other; the arena is its own. */
struct search {
	struct plan *plan;
	struct arena arena;
	int tried; /* of REWORDINGS_TRIED */
	/* By side: what each piece says and what its parent says, as one number, in order. */
	uint64_t *sayings[SIDES];
};

/* Bytes of a piece's wording `i`, the last line end aside. */
static struct str wording_bytes(const struct side *side, int piece, int i)
{
	return str_chomp(piece_block(side, piece)[i].raw);
}

static bool same_bytes(const struct side *a, int x, const struct side *b, int y)
{
	if (a->pieces[x].wordings != b->pieces[y].wordings)
		return false;
	for (int i = 0; i < a->pieces[x].wordings; i++)
		if (!str_equal(wording_bytes(a, x, i), wording_bytes(b, y, i)))
			return false;
	return true;
}

/* Whether the node, merged, is what side `s` has of it. */
static bool merges_to(struct search *search, int index, int s)
{
	const struct side *side = &search->plan->side[s];
	const struct wordings *merged = node_merged(search->plan, index);
	int piece = search->plan->nodes[index].side[s];
	struct arena scratch = {0};
	bool same = merged->count == side->pieces[piece].wordings;

	for (int i = 0; i < merged->count && same; i++) {
		struct buf bytes = {.arena = &scratch};

		wording_write(&bytes, &merged->at[i], merged->count > 1 ? (uint32_t)i + 1 : 0);
		same = str_equal(buf_str(&bytes), wording_bytes(side, piece, i));
	}
	arena_free(&scratch);
	return same;
}

static uint64_t saying_of(const struct side *side, int piece)
{
	int parent = side->pieces[piece].parent;

	return (uint64_t)side->ids[piece] << 32 | (parent < 0 ? UINT32_MAX : side->ids[parent]);
}

static void sort_sayings(struct search *search)
{
	for (int s = 0; s < SIDES; s++) {
		const struct side *side = &search->plan->side[s];
		uint64_t *sayings = arena_array(&search->arena, uint64_t, (size_t)side->count + 1);

		for (int i = 0; i < side->count; i++)
			sayings[i] = saying_of(side, i);
		hashes_sort(sayings, (size_t)side->count);
		search->sayings[s] = sayings;
	}
}

/* How many pieces of side `s` say this, under what says the same. */
static size_t count_like(const struct search *search, int s, uint64_t saying)
{
	return hashes_count(search->sayings[s], (size_t)search->plan->side[s].count, saying);
}

/* Of many equal pieces, which of them are new is any one's guess: then they are counted. */
static bool holds_as_many(struct search *search, int s, int other_piece)
{
	uint64_t saying = saying_of(&search->plan->side[1 - s], other_piece);

	if (!search->sayings[0])
		sort_sayings(search);
	return count_like(search, s, saying) >= count_like(search, 1 - s, saying);
}

/* An edit of a piece that one side deleted, to be found in something new there. */
struct edit {
	struct arena *arena;
	struct dictionary words;
	const struct block *was, *is;
	struct numbers was_words, is_words;
};

/* Whether the edit took words out, no more, and none of these stands in the block. */
static bool only_takes_out(struct edit *edit, const struct block *block)
{
	const struct block *const blocks[TALLIED_TEXTS] = {edit->was, edit->is, block};
	struct tokens texts[TALLIED_TEXTS];

	for (int t = 0; t < TALLIED_TEXTS; t++)
		texts[t] = tokens_of_words(&edit->words, block_text(blocks[t]));
	return is_subsequence(edit->is_words, edit->was_words) && !words_come_back(texts);
}

/* Whether a block is what was edited: it says all of that and more, or has the same taken out. */
static bool says_edit(struct edit *edit, const struct block *block)
{
	if (!blocks_are_akin(edit->is, block) ||
	    (edit->is->checkbox != edit->was->checkbox && edit->is->checkbox != block->checkbox))
		return false;
	struct numbers words = block_words(edit->arena, &edit->words, block);

	return is_rewording(edit->arena, &edit->words, edit->is_words, words) &&
	       (is_subsequence(edit->is_words, words) || only_takes_out(edit, block));
}

/* Whether side `s`, which has deleted what the other edited, says that in something new. */
static bool holds_edit(struct search *search, const struct node *node, int s)
{
	const struct plan *plan = search->plan;
	const struct side *side = &plan->side[s], *other = &plan->side[1 - s];
	struct arena scratch = {0};
	struct edit edit = {
		.arena = &scratch,
		.words.arena = &scratch,
		.was = piece_block(&plan->base, node->base),
		.is = piece_block(other, node->side[1 - s]),
	};
	bool holds = false;

	edit.was_words = block_words(&scratch, &edit.words, edit.was);
	edit.is_words = block_words(&scratch, &edit.words, edit.is);
	for (int i = 0; i < side->count && !node_has_set(plan, node) && !holds; i++) {
		const struct node *new = plan->nodes + plan->node_of_side[s][i];

		if (new->base < 0 && new->side[1 - s] < 0 && ++search->tried <= REWORDINGS_TRIED)
			holds = says_edit(&edit, piece_block(side, i));
	}
	arena_free(&scratch);
	return holds;
}

/* Whether side `s` holds what the other made of the node. */
static bool holds_node(struct search *search, int index, int s)
{
	const struct plan *plan = search->plan;
	const struct node *node = plan->nodes + index;
	int mine = node->side[s], other = node->side[1 - s];

	if (other < 0)
		return mine < 0 || node->base < 0 || node->kept;
	if (mine < 0 && node->edit_kept)
		return holds_edit(search, node, s);
	if (mine < 0)
		return !node->kept || (node->base < 0 && holds_as_many(search, s, other));
	if (node->base >= 0 && same_bytes(&plan->base, node->base, &plan->side[1 - s], other))
		return true;
	return same_bytes(&plan->side[s], mine, &plan->side[1 - s], other) ||
	       merges_to(search, index, s);
}

static bool holds_nodes(struct search *search, int s)
{
	for (int i = 0; i < search->plan->count; i++)
		if (!holds_node(search, i, s))
			return false;
	return true;
}

/* Whether the other side moved something within what `s` moved as a whole. */
static bool misses_a_move(const struct plan *plan, int s)
{
	struct arena scratch = {0};
	const bool *strays = find_strays(&scratch, plan, 1 - s);
	bool any = false;

	for (int i = 0; strays && i < plan->count; i++)
		any = any || strays[i];
	arena_free(&scratch);
	return any;
}

/*
 * Whether what the other side moved, and `s` did not, stands in `s` as the other put
 * it: all that `s` left in place has one order in both.
 */
static bool holds_order(const struct plan *plan, int s)
{
	const struct side *other = &plan->side[1 - s];
	int last = -1;

	for (int i = 0; i < other->count; i++) {
		const struct node *node = plan->nodes + plan->node_of_side[1 - s][i];

		if (node->base < 0 || node->side[s] < 0 || is_moved_by(plan, node, s))
			continue;
		if (node->side[s] < last)
			return false;
		last = node->side[s];
	}
	return !misses_a_move(plan, s);
}

/* The piece of side `s` that stands for the other side's, ends included. */
static int piece_in(const struct plan *plan, int s, int other_piece)
{
	if (other_piece < 0)
		return PLACE_START;
	if (other_piece == plan->side[1 - s].count)
		return plan->side[s].count;
	int piece = plan->nodes[plan->node_of_side[1 - s][other_piece]].side[s];
	return piece >= 0 ? piece : PLACE_NONE;
}

static int base_of(const struct plan *plan, int s, int piece)
{
	if (piece < 0)
		return PLACE_START;
	if (piece == plan->side[s].count)
		return plan->base.count;
	int base = plan->nodes[plan->node_of_side[s][piece]].base;
	return base >= 0 ? base : PLACE_NONE;
}

/* Whether the gap that the other side has before its piece stands in `s` too, if it changed it. */
static bool holds_gap(const struct plan *plan, int s, int piece)
{
	struct str theirs = gap_before(&plan->side[1 - s], piece), base = {0};
	int before = base_of(plan, 1 - s, piece - 1), behind = base_of(plan, 1 - s, piece);

	if (before != PLACE_NONE && behind == before + 1) {
		base = gap_before(&plan->base, behind);
		if (str_equal(base, theirs))
			return true;
	}
	before = piece_in(plan, s, piece - 1);
	behind = piece_in(plan, s, piece);
	if (before == PLACE_NONE || behind != before + 1)
		return true;
	struct str mine = gap_before(&plan->side[s], behind);
	return str_equal(merge_scalar(base, mine, theirs), mine);
}

static bool holds_gaps(const struct plan *plan, int s)
{
	for (int i = 0; i <= plan->side[1 - s].count; i++)
		if (!holds_gap(plan, s, i))
			return false;
	return true;
}

static bool holds_ends(const struct plan *plan, int s, struct str front)
{
	const struct doc *base = plan->base.doc, *mine = plan->side[s].doc,
			 *other = plan->side[1 - s].doc;

	return str_equal(front, mine->front) &&
	       holds_flag(base->ends_without_line_end, other->ends_without_line_end,
			  mine->ends_without_line_end);
}

int absorbing_side(struct plan *plan, struct str front)
{
	struct search search = {.plan = plan};
	int found = NONE;

	for (int s = 0; s < SIDES && found == NONE; s++)
		if (holds_ends(plan, s, front) && holds_nodes(&search, s) && holds_order(plan, s) &&
		    holds_gaps(plan, s))
			found = s;
	arena_free(&search.arena);
	return found;
}
