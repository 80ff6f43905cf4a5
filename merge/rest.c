#include "merge/rest.h"

#include "merge/keep_both.h"
#include "merge/parts.h"
#include "merge/pass.h"

static struct str merge_again(struct arena *arena, struct merge_input input, enum extent extent);

/* The same part by part. out: no text: there is nothing to cut at */
static struct str merge_parts_again(struct arena *arena, const struct texts *texts,
				    struct merge_input input, enum extent extent)
{
	struct parts parts = parts_within(arena, texts, &extent);
	struct merged *merged = arena_array(arena, struct merged, parts.count);

	if (parts.count < 2)
		return (struct str){0};
	for (size_t i = 0; i < parts.count; i++)
		merged[i].text = merge_again(arena, part_input(&parts.at[i], input.format), extent);
	return parts_join(arena, texts, merged, parts.count).text;
}

/* The first good merge, held to nothing more. */
static struct str merge_again(struct arena *arena, struct merge_input input, enum extent extent)
{
	struct texts texts = texts_in_order(input);
	struct str joined = {0};

	if (str_equal(input.base, input.theirs))
		return input.ours;
	if (str_equal(input.ours, input.theirs) || str_equal(input.base, input.ours))
		return input.theirs;
	int holder = find_holder(&texts);
	if (holder >= 0)
		return texts.raw[OURS + holder];
	if (!texts_read(arena, &texts))
		return input.theirs;
	for (int rung = DEGRADED_NOT; rung <= DEGRADED_KEEP_BOTH; rung++) {
		struct merged merged = merge_on(arena, &texts, (enum degradation)rung);

		if (is_good_result(arena, input, merged.text))
			return merged.text;
		if (rung > DEGRADED_NOT)
			continue;
		if ((holder = find_good_side(arena, input, texts.raw + OURS)) >= 0)
			return texts.raw[OURS + holder];
		joined = merge_parts_again(arena, &texts, input, extent);
		if (joined.at && is_good_result(arena, input, joined))
			return joined;
	}
	if (joined.at && !says_less(arena, input, joined))
		return joined;
	return keep_both(arena, texts.raw[OURS], texts.raw[THEIRS]);
}

/*
 * Whether merging the result again with either side changes nothing. If not,
 * `next` is what it gives.
 */
static bool rests(struct arena *arena, struct merge_input input, struct str text, struct str *next)
{
	enum { TRIED_BYTES = 1 << 17 }; /* of all inputs; to try again what is larger takes long */
	const struct str side[2] = {input.ours, input.theirs};
	struct arena scratch = {0};
	struct str other = {0};

	if (str_equal(text, input.ours) || str_equal(text, input.theirs) ||
	    input.base.len + input.ours.len + input.theirs.len > TRIED_BYTES)
		return true;
	for (int s = 0; s < 2; s++) {
		struct merge_input with = {input.base, side[s], text, input.format};
		struct str again = merge_again(&scratch, with, EXTENT_WHOLE);

		if (!str_equal(again, text) && (!other.at || str_compare(again, other) < 0))
			other = again;
	}
	*next = str_copy(arena, other);
	arena_free(&scratch);
	return other.at == NULL;
}

bool settle_result(struct arena *arena, struct merge_input input, struct merged *merged)
{
	enum { TURNS = 3 };
	struct str text = merged->text, next;

	for (int turn = 0; turn < TURNS; turn++) {
		if (rests(arena, input, text, &next)) {
			merged->text = text;
			return true;
		}
		text = next;
		if (verify_merge(arena, input, text).verdict != VERDICT_GOOD)
			break;
	}
	return false;
}
