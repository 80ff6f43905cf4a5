#include "merge/recut.h"

#include <stdlib.h>

#include "merge/numbering.h"
#include "merge/recut_find.h"
#include "merge/tokens.h"

/* Bytes of a text to be replaced. */
struct edit {
	size_t from, to;
	struct str bytes;
};

struct edits {
	struct edit *at;
	size_t count, room;
};

struct recutter {
	struct arena *arena; /* for what is given back */
	struct arena scratch;
	const struct plan *plan;
	struct zone zone;
	struct edits edits[TEXTS];
};

static size_t offset_in(const struct laid_text *text, const char *at)
{
	return (size_t)(at - text->side->doc->source.at);
}

static void add_edit(struct recutter *recutter, int t, const char *from, const char *to,
		     struct str bytes)
{
	const struct laid_text *text = &recutter->zone.text[t];
	struct edits *edits = &recutter->edits[t];

	arena_push(&recutter->scratch, edits->at, edits->count, edits->room);
	edits->at[edits->count++] =
		(struct edit){offset_in(text, from), offset_in(text, to), bytes};
}

/* What stands in front of the first word of a block, on its line; a box is something said. */
static struct str head_of(const struct laid_text *text, int word)
{
	const char *from = block_of_word(text, word)->raw.at;
	struct str head = {from, (size_t)(text->at[word].at - from)};

	return str_slice(head, 0, str_find_byte(head, '[', 0));
}

/* What parts a word from the one before it, with which another block begins. */
static struct str parting(struct recutter *recutter, const struct laid_text *text, int word)
{
	struct str gap = block_of_word(text, word)->gap;
	bool behind_another = text->piece[word] - text->piece[word - 1] > 1;

	/* Without what stands between, the two might become one. */
	if (gap.len == 0 && behind_another)
		gap = STR("\n");
	return str_printf(recutter->arena, "\n%.*s%.*s", STR_ARGS(gap),
			  STR_ARGS(head_of(text, word)));
}

/* Words of a text around a place of another: `a` and `b` there stand for the two. */
struct place {
	int a, b;
	bool sure_a, sure_b; /* the words at the place itself have partners */
};

/* Where the place between word `at` and the next is at the end of a way. */
static bool find_place(const struct way *way, int at, int from, int end, struct place *place)
{
	int before = way->before[at], behind = way->behind[at + 1];

	if (before < from || behind >= end)
		return false;
	*place = (struct place){way->to[before], way->to[behind], before == at, behind == at + 1};
	return true;
}

static int count_ends(const struct laid_text *text, const struct place *place, int *last)
{
	int count = 0;

	for (int i = place->a; i < place->b; i++)
		if (ends_piece(text, i)) {
			count++;
			*last = i;
		}
	return count;
}

/* The last word of the place that ends a sentence, or else a part of one; NONE. */
static int last_ending(const struct laid_text *text, const struct place *place)
{
	int part = NONE;

	for (int i = place->b - 1; i >= place->a; i--) {
		if (ends_sentence(text->at[i]))
			return i;
		if (part == NONE && str_ends(text->at[i], STR(",")))
			part = i;
	}
	return part;
}

/*
 * The word behind which the cut goes: what stands in place of the last word before it, or
 * is a sentence put in there, stays with what is before.
 */
static int choose_cut(const struct laid_text *text, const struct place *place)
{
	int end = place->sure_b && !place->sure_a ? NONE : last_ending(text, place);

	if (end >= 0)
		return end;
	return place->sure_a && !place->sure_b ? place->a : place->b - 1;
}

/* A change of where blocks end: behind word `at` of the base. */
struct change {
	int at;
	struct str bytes;	    /* between the words */
	const struct block *begins; /* with the word behind; NULL: the two are joined */
};

/* What begins an item behind one that was split, with the marks of the list there. */
static struct str in_list(struct arena *arena, const struct change *change,
			  const struct block *before)
{
	const struct block *begins = change->begins;

	if (!begins || begins->kind != BLOCK_POINT || before->kind != BLOCK_POINT ||
	    begins->indent != before->indent || begins->numbered != before->numbered)
		return change->bytes;
	if (begins->numbered)
		return with_number(arena, change->bytes, (int)before->number + 1);
	struct str bytes = change->bytes;
	size_t mark = str_find_byte(bytes, begins->glyph, 0);
	return str_printf(arena, "%.*s%c%.*s", STR_ARGS(str_slice(bytes, 0, mark)), before->glyph,
			  STR_ARGS(str_slice(bytes, mark + 1, bytes.len)));
}

/* Makes the change behind a word of a text. */
static void change_at(struct recutter *recutter, int t, int word, const struct change *change)
{
	const struct laid_text *text = &recutter->zone.text[t];
	struct str between = between_words(text, word);
	struct str bytes = in_list(recutter->arena, change, block_of_word(text, word));

	add_edit(recutter, t, between.at, between.at + between.len, bytes);
}

/* Whether the blocks of a side around the end of one were one block of the base. */
static bool is_own_end(const struct recutter *recutter, int s, int word)
{
	const struct laid_text *base = &recutter->zone.text[BASE];
	const struct way *way = &recutter->zone.to_base[s];
	struct place place;
	int end;

	return ends_piece(&recutter->zone.text[OURS + s], word) &&
	       find_place(way, word, 0, recutter->zone.text[OURS + s].count, &place) &&
	       count_ends(base, &place, &end) == 0;
}

/* Whether a side cut its text so near behind a word, or before it, that both meant one cut. */
static bool is_cut_near(const struct recutter *recutter, int s, int word)
{
	enum { NEAR_WORDS = 3 };
	const struct laid_text *text = &recutter->zone.text[OURS + s];

	for (int i = word - NEAR_WORDS + 1; i < word + NEAR_WORDS; i++)
		if (i >= 0 && i + 1 < text->count && is_own_end(recutter, s, i))
			return true;
	return false;
}

/*
 * Makes the change in the other side. out: whether it goes with what that side did there.
 * Of two that split, the one who makes an item says more than the one who does not.
 */
static bool change_other(struct recutter *recutter, const struct recut *recut,
			 const struct change *change)
{
	int t = OURS + 1 - recut->s, end = NONE;
	const struct laid_text *text = &recutter->zone.text[t], *base = &recutter->zone.text[BASE];
	struct place place;

	if (!find_place(&recutter->zone.to_side[1 - recut->s], change->at, recut->base,
			recut->base_end, &place))
		return true;
	int ends = count_ends(text, &place, &end);

	if (change->begins && ends > 0)
		return change->begins->kind == BLOCK_PARAGRAPH ||
		       block_of_word(text, end + 1)->kind == BLOCK_POINT;
	if (change->begins) {
		int cut = choose_cut(text, &place);

		if (!are_marked_alike(text, place.a, base, change->at))
			return false;
		/* The words between are for the other to move from block to block. */
		if (is_cut_near(recutter, 1 - recut->s, cut))
			return recut->s == 0;
		change_at(recutter, t, cut, change);
	} else if (ends > 0) {
		if (ends > 1 || text->piece[end + 1] != text->piece[end] + 1 ||
		    !are_marked_alike(text, end + 1, base, change->at + 1))
			return false;
		change_at(recutter, t, end, change);
	}
	return true;
}

static void make_change(struct recutter *recutter, const struct recut *recut,
			const struct change *change)
{
	if (change_other(recutter, recut, change))
		change_at(recutter, BASE, change->at, change);
}

/* Splits the base behind word `at`, as the side does before its word `word`. */
static void split_at(struct recutter *recutter, const struct recut *recut, int at, int word)
{
	const struct laid_text *side = &recutter->zone.text[OURS + recut->s];

	make_change(recutter, recut,
		    &(struct change){at, parting(recutter, side, word), block_of_word(side, word)});
}

/* The blocks that the side has more. */
static void split_as(struct recutter *recutter, const struct recut *recut)
{
	const struct laid_text *base = &recutter->zone.text[BASE];
	const struct laid_text *side = &recutter->zone.text[OURS + recut->s];
	int last = NONE, word = NONE;

	for (int i = recut->side; i + 1 < recut->side_end; i++) {
		struct place place;
		int end;

		if (!ends_piece(side, i) ||
		    !find_place(&recutter->zone.to_base[recut->s], i, recut->side, recut->side_end,
				&place) ||
		    count_ends(base, &place, &end) > 0)
			continue;
		int at = choose_cut(base, &place);
		/* Of those around what is new there the last one is in front of what is not. */
		if (last >= 0 && last != at)
			split_at(recutter, recut, last, word);
		last = at;
		word = i + 1;
	}
	if (last >= 0)
		split_at(recutter, recut, last, word);
}

/* The blocks that the side has less. */
static void join_as(struct recutter *recutter, const struct recut *recut)
{
	const struct laid_text *base = &recutter->zone.text[BASE];
	const struct laid_text *side = &recutter->zone.text[OURS + recut->s];

	for (int i = recut->base; i + 1 < recut->base_end; i++) {
		struct place place;
		int end;

		/* What stands between, as a heading does, is no part of a cut. */
		if (base->piece[i + 1] != base->piece[i] + 1 ||
		    !find_place(&recutter->zone.to_side[recut->s], i, recut->base, recut->base_end,
				&place) ||
		    count_ends(side, &place, &end) > 0)
			continue;
		make_change(recutter, recut,
			    &(struct change){i, between_words(side, place.b - 1), NULL});
	}
}

/* A paragraph made an item, or the other way round, is marked so in all texts. */
static void mark_as(struct recutter *recutter, const struct recut *recut)
{
	const struct zone *zone = &recutter->zone;
	const struct laid_text *base = &zone->text[BASE], *side = &zone->text[OURS + recut->s];
	const struct laid_text *other = &zone->text[OURS + 1 - recut->s];
	int first = zone->to_side[1 - recut->s].behind[recut->base];

	if (block_of_word(base, recut->base)->kind == block_of_word(side, recut->side)->kind ||
	    zone->to_side[recut->s].to[recut->base] != recut->side)
		return;
	struct str is = head_of(side, recut->side), was = head_of(base, recut->base);

	add_edit(recutter, BASE, was.at, was.at + was.len, is);
	if (first >= recut->base_end)
		return;
	for (first = zone->to_side[1 - recut->s].to[first];
	     first > 0 && !ends_piece(other, first - 1);)
		first--;
	struct str head = head_of(other, first);
	if (str_equal(head, was))
		add_edit(recutter, OURS + 1 - recut->s, head.at, head.at + head.len, is);
}

static void cut_as(struct recutter *recutter, const struct recut *recut)
{
	mark_as(recutter, recut);
	split_as(recutter, recut);
	join_as(recutter, recut);
}

/* --- the texts -------------------------------------------------------------------- */

/*
 * Of two cuts of the base at one place, which each side made as it did, the lesser comes
 * first: so the other is a change, and stands whoever is which side.
 */
static int by_place(const void *a, const void *b)
{
	const struct edit *x = a, *y = b;

	if (x->from != y->from)
		return (x->from > y->from) - (x->from < y->from);
	if (x->bytes.len != y->bytes.len)
		return (x->bytes.len > y->bytes.len) - (x->bytes.len < y->bytes.len);
	return str_compare(x->bytes, y->bytes);
}

static struct str edited(struct arena *arena, struct str text, struct edits *edits)
{
	struct buf out = {.arena = arena};
	size_t at = 0;

	if (edits->count == 0)
		return text;
	qsort(edits->at, edits->count, sizeof *edits->at, by_place);
	for (size_t i = 0; i < edits->count; i++) {
		const struct edit *edit = &edits->at[i];

		/* Of two cuts at one place, as where both sides made it, one will do. */
		if (edit->from < at || (i > 0 && edit->from == edits->at[i - 1].from))
			continue;
		buf_add(&out, str_slice(text, at, edit->from));
		buf_add(&out, edit->bytes);
		at = edit->to;
	}
	buf_add(&out, str_slice(text, at, text.len));
	return buf_str(&out);
}

bool recut_texts(struct arena *arena, const struct plan *plan, struct str cut[TEXTS])
{
	struct recutter recutter = {.arena = arena, .plan = plan};
	struct piece_run run[TEXTS];
	int next = 0;
	bool any = false;

	while (zone_next(plan, &next, run)) {
		struct arena scratch = {0};

		recutter.zone = zone_read(&scratch, plan, run);
		for (int s = 0; s < SIDES; s++) {
			struct recuts recuts = recuts_find(&scratch, plan, &recutter.zone, s);

			for (int i = 0; i < recuts.count; i++)
				cut_as(&recutter, &recuts.at[i]);
		}
		arena_free(&scratch);
	}
	for (int t = BASE; t < TEXTS; t++)
		any |= recutter.edits[t].count > 0;
	for (int t = BASE; t < TEXTS && any; t++)
		cut[t] = edited(arena, plan_text(plan, t)->doc->source, &recutter.edits[t]);
	arena_free(&recutter.scratch);
	return any;
}
