#include "merge/match_gaps.h"

#include "merge/best_pairs.h"
#include "merge/match_tables.h"

/* Compared all with all; longer gaps in steps. */
enum {
	GAP_PIECES = 64,
	SAME_BELOW = 1,
	GAP_WORDS = 8192 * 8192, /* of the one side times those of the other */
};

/* Whether the last pieces of two stretches are headings, and what follows is one text. */
static bool head_the_same(const struct match_input *input, const struct matching *matching,
			  struct piece_run base, struct piece_run side)
{
	return base.end < input->base->count && matching->side_of[base.end] == side.end &&
	       piece_block(input->base, base.end - 1)->kind == BLOCK_HEADING &&
	       piece_block(input->side, side.end - 1)->kind == BLOCK_HEADING;
}

/* How well the pieces of two stretches go together. */
typedef void fit_pieces(struct match_input *input, struct piece_run base, struct piece_run side,
			int *fits);

/* By their place any two go together that may be one thing. */
static void places_fit(struct match_input *input, struct piece_run base, struct piece_run side,
		       int *fits)
{
	pieces_fit(input, base, side, fits);
	for (int i = base.from; i < base.end; i++)
		for (int j = side.from; j < side.end; j++, fits++)
			if (*fits == 0 && blocks_are_akin(piece_block(input->base, i),
							  piece_block(input->side, j)))
				*fits = 1;
}

/* The best order-preserving pairs of two stretches. */
static void align(struct match_input *input, struct matching *matching, struct piece_run base,
		  struct piece_run side, fit_pieces *fit_all)
{
	int height = base.end - base.from, width = side.end - side.from;
	struct arena scratch = {0};
	int *fits = arena_array(&scratch, int, (size_t)height *(size_t)width);
	int *partners = arena_array(&scratch, int, (size_t)height);
	int *last = fits + height * width - 1;

	fit_all(input, base, side, fits);
	/* Numbered anew, a heading is as much like the one put in before it. */
	if (*last && head_the_same(input, matching, base, side))
		*last += SAME_BELOW;
	best_pairs(fits, height, width, partners);
	for (int i = 0; i < height; i++)
		if (partners[i] >= 0)
			matching_join(matching, base.from + i, side.from + partners[i]);
	arena_free(&scratch);
}

/* In how many steps a gap is aligned. */
static int steps_of(struct piece_run base, struct piece_run side)
{
	int height = base.end - base.from, width = side.end - side.from;

	return ((height > width ? height : width) + GAP_PIECES - 1) / GAP_PIECES;
}

/* Step `i` of `steps` equal ones from `from` to `to`. */
static struct piece_run step_at(int from, int to, int i, int steps)
{
	return (struct piece_run){from + (int)((int64_t)(to - from) * i / steps),
				  from + (int)((int64_t)(to - from) * (i + 1) / steps)};
}

/* How many words there are whose order it may take to look at. */
static int64_t ordered_words(const struct side *side, struct piece_run run)
{
	int64_t words = 0;

	for (int i = run.from; i < run.end; i++) {
		uint32_t count = side->pieces[i].word_count;

		words += count < ORDERED_WORDS ? count : ORDERED_WORDS;
	}
	return words;
}

/* Aligns two stretches; of long pieces with too many words to compare each half for itself. */
static void align_step(struct match_input *input, struct matching *matching, struct piece_run base,
		       struct piece_run side, fit_pieces *fit_all)
{
	if (base.end - base.from < 2 || side.end - side.from < 2 ||
	    ordered_words(input->base, base) * ordered_words(input->side, side) <= GAP_WORDS) {
		align(input, matching, base, side, fit_all);
		return;
	}
	for (int i = 0; i < 2; i++)
		align_step(input, matching, step_at(base.from, base.end, i, 2),
			   step_at(side.from, side.end, i, 2), fit_all);
}

static void align_steps(struct match_input *input, struct matching *matching, struct piece_run base,
			struct piece_run side, fit_pieces *fit_all)
{
	int steps = steps_of(base, side);

	for (int i = 0; i < steps; i++)
		align_step(input, matching, step_at(base.from, base.end, i, steps),
			   step_at(side.from, side.end, i, steps), fit_all);
}

/*
 * Aligns a gap; one with too many pairs in steps of equal share of both sides, which miss a
 * table that grew many times as long as it was: its header is known first, and parts them.
 */
static void align_gap(struct match_input *input, struct matching *matching, struct piece_run base,
		      struct piece_run side)
{
	int height = base.end - base.from, width = side.end - side.from, table[2];

	if (height == 0 || width == 0)
		return;
	if (height == 1 && width == 1) {
		if (piece_stands_for(input, base.from, side.from) ||
		    piece_fit(input, base.from, side.from))
			matching_join(matching, base.from, side.from);
		return;
	}
	if (steps_of(base, side) > 1 && find_one_table(input, base, side, table)) {
		matching_join(matching, table[0], table[1]);
		align_gap(input, matching, (struct piece_run){base.from, table[0]},
			  (struct piece_run){side.from, table[1]});
		align_gap(input, matching, (struct piece_run){table[0] + 1, base.end},
			  (struct piece_run){table[1] + 1, side.end});
		return;
	}
	align_steps(input, matching, base, side, pieces_fit);
}

void join_gaps(struct match_input *input, struct matching *matching)
{
	int a = 0, b = 0;

	for (int i = 0; i <= input->base->count; i++) {
		if (i < input->base->count && matching->side_of[i] < 0)
			continue;
		int b_end = i < input->base->count ? matching->side_of[i] : input->side->count;

		align_gap(input, matching, (struct piece_run){a, i}, (struct piece_run){b, b_end});
		a = i + 1;
		b = b_end + 1;
	}
}

/* The pieces without a partner from one on. */
static struct piece_run free_from(const int *partners, int count, int from)
{
	int end = from;

	while (end < count && partners[end] < 0)
		end++;
	return (struct piece_run){from, end};
}

void join_by_place(struct match_input *input, struct matching *matching)
{
	int base_count = input->base->count, side_count = input->side->count, end;

	for (int i = 0; i < base_count; i = end + 1) {
		struct piece_run base = free_from(matching->side_of, base_count, i);
		int behind = i > 0 ? matching->side_of[i - 1] + 1 : 0;
		struct piece_run side = free_from(matching->base_of, side_count, behind);

		align_steps(input, matching, base, side, places_fit);
		end = base.end;
	}
}
