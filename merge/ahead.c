#include "merge/ahead.h"

#include "core/label.h"
#include "merge/all_lines.h"
#include "merge/tally.h"
#include "merge/verify.h"

/* Word for word, in one order. */
static bool say_the_same(struct str a, struct str b)
{
	struct str x, y;
	bool in_a, in_b;

	do {
		in_a = str_next_word(&a, &x);
		in_b = str_next_word(&b, &y);
		if (in_a != in_b)
			return false;
	} while (in_a && str_equal(x, y));
	return !in_a;
}

/*
 * A text without what `other` changed; `by_place`: what was reworded beyond all likeness is
 * known by its place there. Whether that is right shows when `other` is merged with it.
 */
static struct str undone(struct arena *arena, struct merge_input input, struct str text,
			 struct str other, bool by_place)
{
	struct texts undo =
		texts_in_order((struct merge_input){other, input.base, text, input.format});
	struct arena reading = {0};

	undo.by_place = by_place;
	struct str left =
		texts_read(&reading, &undo) ? merge_on(arena, &undo, DEGRADED_NOT).text : text;
	arena_free(&reading);
	return left;
}

/*
 * What `other` gives, merged with what is left of a text without the changes of `other`;
 * .at NULL: it has none of them.
 */
static struct str redone(struct arena *arena, struct merge_input input, struct str text,
			 struct str other, bool by_place, read_merge *merge)
{
	struct str left = undone(arena, input, text, other, by_place);
	const struct merge_input again = {input.base, other, left, input.format};

	if (str_equal(left, text))
		return (struct str){0};
	return merged_text(arena, again, merge);
}

/* A text with each line as a block by itself. */
static struct str spread(struct arena *arena, struct str text)
{
	struct buf out = {.arena = arena};
	struct str line;

	while (str_next_line(&text, &line))
		if (!str_is_blank(line))
			buf_printf(&out, "%.*s\n\n", STR_ARGS(str_trim_right(line)));
	return buf_str(&out);
}

/*
 * The same by lines, whichever block they stand in: what was put above a line, or went
 * from there, makes another block of it. The blank lines of a text tell nothing then; they
 * count less than to say things twice. Wordings to choose from are not said twice.
 */
static bool is_ahead_by_lines(struct merge_input input, struct str text, struct str other,
			      struct str first, read_merge *merge)
{
	if (label_count(first) > label_count(text))
		return false;
	struct arena scratch = {0};
	struct merge_input lines = {spread(&scratch, input.base), spread(&scratch, other),
				    spread(&scratch, text), input.format};
	/* What is left is looked for by merging, but the text itself may do as well. */
	struct str merged = merged_text(&scratch, lines, merge);
	bool ahead = str_equal(spread(&scratch, merged), lines.theirs);

	if (!ahead) {
		merged = redone(&scratch, lines, lines.theirs, lines.ours, true, merge);
		ahead = str_equal(spread(&scratch, merged), lines.theirs);
	}
	arena_free(&scratch);
	return ahead;
}

/*
 * Whether a text comes of merging `other` with something. Where the first merge says more
 * than the text does, some blanks more or less, or the blocks that lines stand in, are no
 * reason to take that, if the text has all that it has to have.
 */
static bool is_ahead(struct arena *arena, struct merge_input input, struct str text,
		     struct str other, struct str first, read_merge *merge)
{
	struct arena scratch = {0};
	struct str merged = redone(&scratch, input, text, other, true, merge);
	bool ahead = merged.at && str_equal(merged, text);

	if (!ahead) {
		struct str same = redone(&scratch, input, text, other, false, merge);

		ahead = same.at && str_equal(same, text);
	}
	if (!ahead && str_word_count(first) > str_word_count(text) &&
	    verify_merge(arena, input, text).verdict == VERDICT_GOOD)
		ahead = say_the_same(merged, text) ||
			is_ahead_by_lines(input, text, other, first, merge);
	arena_free(&scratch);
	return ahead;
}

/*
 * Whether piece `i` of the base stands in a side that has no such piece any more: as part of
 * another, or once of twice.
 */
static bool stands_in(const struct texts *texts, int i, struct str side)
{
	const struct doc *base = &texts->doc[BASE];

	/* With sets of wordings in it pieces are not blocks. */
	return (size_t)texts->partners->base_count == base->count &&
	       str_contains(side, str_trim(base->blocks[i].text));
}

/*
 * Whether nothing speaks against it that side `s` comes of the other: no piece of the base
 * that the other changed stands in it as it was, and they did some of the same.
 */
static bool may_be_ahead(const struct texts *texts, int s)
{
	const struct partners *partners = texts->partners;
	const int *own = partners->of_base[s], *other = partners->of_base[1 - s];
	const struct str changed = texts->raw[OURS + 1 - s];
	int kept = 0, equal = 0;
	bool shared = false;

	for (int i = 0; i < partners->base_count; i++) {
		if (other[i] < 0 && own[i] >= 0 && !stands_in(texts, i, changed))
			return false;
		shared |= other[i] < 0;
		kept += own[i] >= 0;
	}
	for (int i = 0; i < partners->side_count; i++)
		equal += partners->between[i] >= 0;
	return shared || equal > kept;
}

static bool changed_front(const struct texts *texts, int t)
{
	return !str_equal(texts->doc[t].front, texts->doc[BASE].front);
}

/* Whether a piece of a side is one of the base's; both are gone through in their order. */
static bool is_of_base(const struct partners *partners, int s, int piece, int *at)
{
	const int *of_base = partners->of_base[s];

	while (*at < partners->base_count && of_base[*at] < piece)
		++*at;
	return *at < partners->base_count && of_base[*at] == piece;
}

/*
 * Whether both sides have a piece that the base has not, not so often or not there. What one
 * of them has where the base has it is the base's, wherever the other put it.
 */
static bool wrote_the_same(const struct texts *texts)
{
	const struct partners *partners = texts->partners;
	int at[SIDES] = {0, 0};

	for (int i = 0; i < partners->side_count; i++) {
		int there = partners->between[i];

		if (there >= 0 && !is_of_base(partners, 0, i, &at[0]) &&
		    !is_of_base(partners, 1, there, &at[1]))
			return true;
	}
	return false;
}

bool changed_the_same(const struct texts *texts)
{
	const struct partners *partners = texts->partners;
	const int *ours = partners->of_base[0], *theirs = partners->of_base[1];

	if (changed_front(texts, OURS) && changed_front(texts, THEIRS))
		return true;
	for (int i = 0; i < partners->base_count; i++)
		if (ours[i] < 0 && theirs[i] < 0)
			return true;
	return wrote_the_same(texts);
}

/*
 * Whether side `s` may know in which order the other put things: it moved some itself, and
 * they wrote some of the same. To have taken out the same tells too little.
 */
static bool may_know_order(const struct texts *texts, int s)
{
	return texts->partners->matched && texts->partners->match[s].moved && wrote_the_same(texts);
}

int find_ahead(struct arena *arena, const struct texts *texts, struct str first, read_merge *merge)
{
	const struct merge_input input = texts_input(texts);
	const struct str *side = texts->raw + OURS;
	int longer = side[1].len > side[0].len ? 1 : 0;

	for (int turn = 0; turn < SIDES; turn++) {
		int s = turn ? 1 - longer : longer;

		if (may_be_ahead(texts, s) && words_may_reach(input.base, side[1 - s], side[s]) &&
		    ((may_know_order(texts, s) && lines_reordered(side[1 - s], side[s], first)) ||
		     is_ahead(arena, input, side[s], side[1 - s], first, merge)))
			return s;
	}
	return -1;
}
