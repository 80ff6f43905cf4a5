#include "merge/rest.h"

#include "merge/pass.h"

/* Texts looked at before it is given up. */
enum { TURNS = 6 };

struct turns {
	struct arena *arena;
	struct merge_input input;
	read_merge *merge;
	struct str at[TURNS];
	int count;
};

/* A text to look at, unless it was seen. */
static void add_turn(struct turns *turns, struct str text)
{
	for (int i = 0; i < turns->count; i++)
		if (str_equal(turns->at[i], text))
			return;
	if (turns->count < TURNS)
		turns->at[turns->count++] = str_copy(turns->arena, text);
}

/* Whether merging the text again with either side gives it; else what it gives comes next. */
static bool rests(struct turns *turns, struct str text)
{
	const struct merge_input input = turns->input;
	const struct str side[2] = {input.ours, input.theirs};
	struct str again[2];
	struct arena scratch = {0};

	if (is_side(input, text))
		return true;
	for (int s = 0; s < 2; s++) {
		struct merge_input with = {input.base, side[s], text, input.format};

		again[s] = merged_text(&scratch, with, turns->merge);
	}
	bool rest = str_equal(again[0], text) && str_equal(again[1], text);
	int first = str_compare(again[0], again[1]) <= 0 ? 0 : 1;
	for (int turn = 0; turn < 2 && !rest; turn++)
		add_turn(turns, again[turn ? 1 - first : first]);
	arena_free(&scratch);
	return rest;
}

bool result_rests(struct arena *arena, struct merge_input input, read_merge *merge, struct str text)
{
	struct turns turns = {.arena = arena, .input = input, .merge = merge};

	return !can_merge_often(input) || rests(&turns, text);
}

bool settle_result(struct arena *arena, struct merge_input input, read_merge *merge,
		   struct merged *merged)
{
	struct turns turns = {.arena = arena, .input = input, .merge = merge};

	add_turn(&turns, merged->text);
	for (int turn = 0; turn < turns.count; turn++) {
		struct str text = turns.at[turn];

		if ((turn == 0 || !side_says_less(arena, input, text)) && rests(&turns, text)) {
			merged->text = text;
			return true;
		}
	}
	return false;
}
