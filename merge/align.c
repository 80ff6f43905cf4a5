#include "merge/align.h"

#include <string.h>

#include "merge/agree.h"
#include "merge/numbered.h"
#include "merge/table_rows.h"

/* Texts under this many bytes, and rules, say too little to be the same addition by themselves. */
enum { WEAK_BYTES = 3, FAR_WORDS = 8, WEAK_TRIED = 64 };

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
 * Whether things can stand under the base's piece in both sides: they may have made a text
 * of a heading.
 */
static bool is_above_in_both(const struct plan *plan, int base)
{
	bool heading = piece_block(&plan->base, base)->kind == BLOCK_HEADING;

	for (int s = 0; s < SIDES; s++) {
		int piece = plan->match[s].side_of[base];

		if (piece < 0 ||
		    heading != (piece_block(&plan->side[s], piece)->kind == BLOCK_HEADING))
			return false;
	}
	return true;
}

/*
 * What of the base a piece stands under, as the other side may see it: of a new
 * parent that was put in between, what was above its first old child, unless that
 * is far down; of one that a side deleted, what stood above that.
 */
static int stands_under(const struct plan *plan, int s, int piece)
{
	enum { SEARCHED = 256 };
	const struct side *side = &plan->side[s];
	int parent = side->pieces[piece].parent, base = NO_PARENT;

	if (is_put_between(plan, s, parent)) {
		int child = parent + 1, end = side->pieces[parent].end;

		if (end > child + SEARCHED)
			end = child + SEARCHED;
		while (child < end &&
		       (side->pieces[child].parent != parent || plan->match[s].base_of[child] < 0))
			child++;
		if (child == end)
			return UNKNOWN;
		base = plan->base.pieces[plan->match[s].base_of[child]].parent;
	} else if (parent >= 0) {
		base = plan->match[s].base_of[parent];
	}
	while (base >= 0 && !is_above_in_both(plan, base))
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

/*
 * A tag, a comment of a word, or the mark of a box, ":::note": they stand around what is
 * said. A longer one, of a picture or a comment, says something itself.
 */
static bool is_mark_around(struct str text)
{
	enum { TAG_WORDS = 3 };
	bool is_tag = str_starts(text, STR("<")) && str_find_byte(text, '>', 0) + 1 == text.len;

	/* "<img src="plan.png">", "<https://…>", "<someone@…>" are things by themselves. */
	for (size_t i = 0; i < text.len && is_tag; i++)
		is_tag = !strchr(".:@", text.at[i]);
	return (is_tag || str_starts(text, STR(":::"))) && str_word_count(text) <= TAG_WORDS;
}

/* What parts others and says nothing itself. */
static bool is_parting(const struct side *side, int piece)
{
	const struct block *block = piece_block(side, piece);
	struct str text = str_trim(block_text(block));

	return block->kind == BLOCK_RULE || text.len == 0 || is_mark_around(text);
}

static bool is_weak(const struct side *side, int piece)
{
	return is_parting(side, piece) ||
	       str_trim(block_text(piece_block(side, piece))).len < WEAK_BYTES;
}

/*
 * Whether a paragraph is a title for what follows, "Decisions:" or "**Decisions**": each entry
 * of a note without headings may have its own.
 */
static bool introduces(const struct side *side, int piece)
{
	const struct block *block = piece_block(side, piece);
	struct str text = str_trim(block_text(block));

	return block->kind == BLOCK_PARAGRAPH && !str_contains(text, STR("\n")) &&
	       (str_ends(text, STR(":")) ||
		(str_starts(text, STR("**")) && str_ends(text, STR("**"))));
}

static void join(struct aligner *aligner, int ours, int theirs)
{
	aligner->joined[0][ours] = theirs;
	aligner->joined[1][theirs] = ours;
}

/* How many of the neighbours of two pieces are one node, and whether a new one is among them. */
struct neighbours {
	int common;
	bool new;
};

static struct neighbours look_beside(const struct aligner *aligner, int ours, int theirs)
{
	struct neighbours beside = {0};

	for (int step = -1; step <= 1; step += 2) {
		int at = ours + step;

		if (!is_common(aligner, at, theirs + step))
			continue;
		beside.common++;
		beside.new = beside.new || (at >= 0 && at < aligner->plan->side[0].count &&
					    aligner->joined[0][at] >= 0);
	}
	return beside;
}

static void join_weak(struct aligner *aligner, const int *partners)
{
	for (int i = 0; i < aligner->plan->side[0].count; i++) {
		int j = partners[i];

		if (j < 0 || !is_new(aligner, 0, i) || !is_new(aligner, 1, j))
			continue;
		struct neighbours beside = look_beside(aligner, i, j);
		if (beside.new || beside.common == 2 ||
		    (beside.common && !is_parting(&aligner->plan->side[0], i) &&
		     has_like_parent(aligner, i, j)))
			join(aligner, i, j);
	}
}

/* Whether the other side has not the same for it: it is new, gone there, or reads otherwise. */
static bool is_alone(const struct aligner *aligner, int s, int piece)
{
	const struct plan *plan = aligner->plan;
	int base = plan->match[s].base_of[piece];

	if (base < 0)
		return aligner->joined[s][piece] < 0;
	int other = plan->match[1 - s].side_of[base];
	return other < 0 || plan->side[1 - s].ids[other] != plan->side[s].ids[piece];
}

static struct numbered_piece *find_alone(struct arena *arena, const struct aligner *aligner, int s,
					 int *count)
{
	const struct side *side = &aligner->plan->side[s];
	struct numbered_piece *all =
		arena_array(arena, struct numbered_piece, (size_t)side->count + 1);

	*count = 0;
	for (int i = 0; i < side->count; i++)
		if (is_alone(aligner, s, i) && !is_parting(side, i))
			all[(*count)++] = (struct numbered_piece){side->ids[i], i};
	numbered_sort(all, *count);
	return all;
}

/*
 * Whether they stand under two things of the base, or under two new ones that are called
 * otherwise, as two sections made from one template: nobody meant them for one place.
 */
static bool has_other_parent(const struct aligner *aligner, int ours, int theirs)
{
	const struct plan *plan = aligner->plan;
	int parent[SIDES] = {plan->side[0].pieces[ours].parent,
			     plan->side[1].pieces[theirs].parent};
	int under[SIDES] = {stands_under(plan, 0, ours), stands_under(plan, 1, theirs)};

	if (is_put_between(plan, 0, parent[0]) && is_put_between(plan, 1, parent[1]) &&
	    plan->side[0].ids[parent[0]] != plan->side[1].ids[parent[1]])
		return true;
	return under[0] >= 0 && under[1] >= 0 && under[0] != under[1];
}

static bool has_any_below(const struct side *side, int piece)
{
	return side->pieces[piece].end > piece + 1;
}

/*
 * Whether these head two tables: the same columns stand above other rows in many a note, and
 * no rows may lose what they are read by.
 */
static bool head_two_tables(const struct plan *plan, int ours, int theirs)
{
	const struct side *side = plan->side;
	int count = side[0].pieces[ours].end - ours;

	return piece_block(&side[0], ours)->kind == BLOCK_TABLE &&
	       (side[1].pieces[theirs].end - theirs != count ||
		memcmp(side[0].ids + ours, side[1].ids + theirs,
		       (size_t)count * sizeof *side->ids) != 0);
}

/*
 * Two equal pieces: where one of them is the base's, so is the other, which its
 * side moved; two new ones are one addition if they could not be so by chance.
 * One that was taken for a rewording of what the other side has as it was, is new.
 */
static void pair(struct aligner *aligner, int ours, int theirs, bool moved[SIDES])
{
	struct plan *plan = aligner->plan;
	int base[SIDES] = {plan->match[0].base_of[ours], plan->match[1].base_of[theirs]};

	const int piece[SIDES] = {ours, theirs};

	if (base[0] >= 0 && base[1] >= 0) {
		agree_on_base(plan, piece, moved);
		return;
	}
	int s = base[0] >= 0 ? 0 : 1;
	if (base[s] >= 0) {
		bool adopted = agree_adopt(plan, 1 - s, piece[1 - s], base[s]);

		moved[1 - s] |= adopted;
		if (adopted || agree_is_certain(plan, s, base[s]))
			return;
	}
	if (!has_like_parent(aligner, ours, theirs) &&
	    (plan->side[0].pieces[ours].word_count < FAR_WORDS ||
	     has_other_parent(aligner, ours, theirs) || head_two_tables(plan, ours, theirs)))
		return;
	if (introduces(&plan->side[0], ours))
		return;
	if (base[s] >= 0) {
		/* What one side has below it would stand under what the other has above. */
		if (has_any_below(&plan->side[0], ours) || has_any_below(&plan->side[1], theirs))
			return;
		plan->match[s].side_of[base[s]] = plan->match[s].base_of[piece[s]] = NONE;
	}
	join(aligner, ours, theirs);
}

/*
 * Whether two equal pieces could not be so by chance: what says little is the only one of
 * its kind.
 */
static bool is_telling(const struct aligner *aligner, int ours, int theirs, int *tried)
{
	const struct side *side = aligner->plan->side;

	return !is_weak(&side[0], ours) ||
	       (++*tried < WEAK_TRIED && piece_is_only_one(&side[0], ours) &&
		piece_is_only_one(&side[1], theirs));
}

/* The same piece at different places. */
static void pair_far(struct aligner *aligner, bool moved[SIDES])
{
	int m, n, tried = 0;
	struct arena scratch = {0};
	const struct numbered_piece *ours = find_alone(&scratch, aligner, 0, &m);
	const struct numbered_piece *theirs = find_alone(&scratch, aligner, 1, &n);

	for (int i = 0, j = 0; numbered_meet(ours, m, theirs, n, &i, &j); i++, j++) {
		if (numbered_is_single(ours, m, i) && numbered_is_single(theirs, n, j) &&
		    is_telling(aligner, ours[i].at, theirs[j].at, &tried))
			pair(aligner, ours[i].at, theirs[j].at, moved);
	}
	arena_free(&scratch);
}

int *align_sides(struct plan *plan, const int *partners)
{
	struct aligner aligner = {.plan = plan};
	bool moved[SIDES] = {false, agree_guess_alike(plan, partners)};

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
			moved[1] |= agree_adopt(plan, 1, j, base[0]);
		else if (base[1] >= 0 && base[0] < 0)
			moved[0] |= agree_adopt(plan, 0, i, base[1]);
		else if (base[0] < 0 && !is_weak(&plan->side[0], i) &&
			 !introduces(&plan->side[0], i) && has_like_parent(&aligner, i, j))
			join(&aligner, i, j);
	}
	join_weak(&aligner, partners);
	pair_far(&aligner, moved);
	/* A table may have come by its place in the base just now, through the other side. */
	find_columns(plan);
	join_new_rows(plan, aligner.joined);
	for (int s = 0; s < SIDES; s++)
		if (moved[s])
			match_mark_moved(plan->arena, &plan->base, &plan->side[s], &plan->match[s]);
	return aligner.joined[0];
}
