#include "merge/ladder.h"

#include "core/label.h"
#include "merge/ahead.h"
#include "merge/all_lines.h"
#include "merge/anew.h"
#include "merge/few_words.h"
#include "merge/keep_both.h"
#include "merge/pass.h"
#include "merge/rest.h"
#include "merge/tally.h"
#include "merge/tell.h"

/* A way down the ladder. */
struct descent {
	struct arena *arena, trial; /* for what is taken, and for what is looked at */
	const struct texts *texts;
	enum extent extent;
	enum degradation finest; /* with which it begins */
	read_merge *merge_part;
	/* Whether a result holds; it may be put right for that. */
	bool (*holds)(struct descent *descent, struct merged *merged);
	struct verifier verifier; /* of a descent to a sound result */
	struct str first;	  /* of one to a result that rests: no other may say more */
	struct merged spare;	  /* rests, but says more: of such the one that says least */
	struct finding refused;	  /* why the finest of all was not taken */
	struct str before;	  /* the last one refused */
	struct arena of_before;	  /* which holds it */
};

static void descent_end(struct descent *descent)
{
	arena_free(&descent->of_before);
	verifier_free(&descent->verifier);
}

/* Looks at a result. out: whether it is taken */
static bool takes(struct descent *descent, struct merged *merged)
{
	/* What was refused once is refused again. */
	bool again = descent->before.at && str_equal(merged->text, descent->before);

	arena_free(&descent->of_before);
	if (!again && descent->holds(descent, merged)) {
		arena_take(descent->arena, &descent->trial);
		return true;
	}
	descent->before = merged->text;
	arena_take(&descent->of_before, &descent->trial);
	return false;
}

/* Merges in one way. out: whether that is taken */
static bool takes_rung(struct descent *descent, enum degradation rung, struct merged *merged)
{
	/* To merge takes as much memory again as what was read to look at the last one. */
	verifier_free(&descent->verifier);
	*merged = merge_on(&descent->trial, descent->texts, rung);
	*merged = merged_told(&descent->trial, texts_input(descent->texts), *merged,
			      descent->refused);
	return takes(descent, merged);
}

/* Merges texts as they are cut, where they were cut otherwise. out: whether that is taken */
static bool takes_as_cut(struct descent *descent, struct merged *merged)
{
	const struct texts *texts = descent->texts;
	struct texts as_cut = *texts;

	if (!texts->partners->recut)
		return false;
	as_cut.as_cut = true;
	descent->texts = &as_cut;
	bool taken = takes_rung(descent, DEGRADED_NOT, merged);
	descent->texts = texts;
	return taken;
}

/* Merges each part by itself. out: whether that is taken; no text: there is but one part */
static bool takes_parts(struct descent *descent, struct merged *merged)
{
	enum text_format format = descent->texts->format;
	enum extent extent = descent->extent;
	struct arena *trial = &descent->trial, scratch = {0};

	verifier_free(&descent->verifier);
	struct parts parts = parts_within(&scratch, descent->texts, &extent);
	struct merged *each = arena_array(&scratch, struct merged, parts.count);

	*merged = (struct merged){0};
	if (parts.count > 1) {
		for (size_t i = 0; i < parts.count; i++)
			each[i] = merge_unread(trial, part_input(&parts.at[i], format), extent,
					       descent->merge_part);
		*merged = parts_join(trial, each, parts.count);
	}
	arena_free(&scratch);
	return parts.count > 1 && takes(descent, merged);
}

/* The ways that are coarser than that of parts. */
static bool takes_coarser(struct descent *descent, struct merged *merged)
{
	for (int rung = (int)descent->finest + 1; rung <= DEGRADED_KEEP_BOTH; rung++)
		if (takes_rung(descent, (enum degradation)rung, merged))
			return true;
	return false;
}

/* --- a sound result ------------------------------------------------------------- */

static bool is_sound(struct descent *descent, struct merged *merged)
{
	struct finding finding = check_result(descent->arena, &descent->verifier, merged->text);

	if (descent->refused.verdict == VERDICT_GOOD)
		descent->refused = finding;
	return finding.verdict == VERDICT_GOOD;
}

/* Takes a side that is sound by itself. */
static bool takes_side(struct descent *descent, struct merged *merged)
{
	const struct texts *texts = descent->texts;
	int side = find_good_side(descent->arena, &descent->verifier, texts);

	if (side >= 0)
		*merged = take_side(descent->arena, texts, side);
	return side >= 0;
}

/* Of parts that were refused, those that lack nothing; no text: there are none. */
static struct merged spared(struct descent *descent, struct merged parts)
{
	if (!parts.text.at || says_less(descent->arena, texts_input(descent->texts), parts.text))
		return (struct merged){0};
	arena_take(descent->arena, &descent->of_before);
	return parts;
}

/* Both texts, put together in that way. */
static struct merged both_texts(const struct descent *descent,
				struct str (*put)(struct arena *, struct str, struct str))
{
	struct arena *arena = descent->arena;
	struct str front;
	struct texts below = texts_below_front(arena, descent->texts, &front);
	struct str both = put(arena, below.raw[OURS], below.raw[THEIRS]);
	struct merged merged = {
		.text = str_printf(arena, "%.*s%.*s", STR_ARGS(front), STR_ARGS(both)),
		.degraded = DEGRADED_KEEP_BOTH,
	};

	return merged_told(arena, texts_input(descent->texts), merged, descent->refused);
}

static struct merged merge_sound(struct arena *arena, const struct texts *texts, enum extent extent)
{
	struct descent descent = {.arena = arena,
				  .texts = texts,
				  .extent = extent,
				  .finest = have_few_words(texts) ? DEGRADED_NO_SIMILARITY
								  : DEGRADED_NOT,
				  .merge_part = merge_sound,
				  .holds = is_sound,
				  .verifier.input = texts_input(texts)};
	struct merged merged;

	if (wrote_anew(texts))
		return both_texts(&descent, anew_both);
	if (!takes_rung(&descent, descent.finest, &merged) && !takes_side(&descent, &merged) &&
	    !takes_parts(&descent, &merged)) {
		const struct merged parts = spared(&descent, merged);

		if (!takes_as_cut(&descent, &merged) && !takes_coarser(&descent, &merged))
			merged = parts.text.at ? parts : both_texts(&descent, keep_both);
	}
	descent_end(&descent);
	return merged;
}

/* --- a result that rests ---------------------------------------------------------- */

/*
 * The side in which the lines of the other stand, while the merge of both says more: 0 or 1;
 * -1. What a merge says less than a side is what the other took out.
 */
static int find_lines_holder(const struct texts *texts, struct str sound)
{
	const struct str base = texts->raw[BASE], *side = texts->raw + OURS;

	if (!changed_the_same(texts) || words_part(base, side[0], side[1]))
		return -1;
	size_t count = str_word_count(sound);
	for (int s = 0; s < SIDES; s++)
		if (count > str_word_count(side[s]) &&
		    words_may_reach(base, side[1 - s], side[s]) &&
		    lines_hold(base, side[1 - s], side[s]))
			return s;
	return -1;
}

/* The sound merge, unless a side is ahead: then that side. */
static struct merged merge_ahead(struct arena *arena, const struct texts *texts, enum extent extent)
{
	const struct merge_input input = texts_input(texts);
	const struct merged sound = merge_sound(arena, texts, extent);

	if (is_side(input, sound.text) || !can_merge_often(input))
		return sound;
	int holder = find_lines_holder(texts, sound.text);
	if (holder >= 0)
		return take_side(arena, texts, holder);
	int side = find_ahead(arena, texts, sound.text, merge_sound);
	return side >= 0 ? take_side(arena, texts, side) : sound;
}

/*
 * Whether a text may stand for the first result: it says no more words, and of wordings
 * that were there to choose from it leaves as many. Two who settled a set differently
 * have settled nothing, though a side alone has all words that must be there.
 */
static bool may_stand_for(struct str text, struct str first, struct str base)
{
	return str_equal(text, first) ||
	       (str_word_count(text) <= str_word_count(first) &&
		(label_count(base) == 0 || label_count(text) >= label_count(first)));
}

/* Keeps a result that rests but says more than the first, unless another such one says less. */
static void spare(struct descent *descent, struct merged merged)
{
	struct str text = merged.text, kept = descent->spare.text;

	if ((label_count(descent->texts->raw[BASE]) > 0 &&
	     label_count(text) < label_count(descent->first)) ||
	    (kept.at && str_word_count(kept) <= str_word_count(text)))
		return;
	/* What is looked at next takes its memory. */
	struct decision *decisions =
		arena_array(descent->arena, struct decision, merged.decision_count);
	for (size_t i = 0; i < merged.decision_count; i++) {
		decisions[i] = merged.decisions[i];
		decisions[i].text = str_copy(descent->arena, decisions[i].text);
	}
	merged.decisions = decisions;
	merged.text = str_copy(descent->arena, text);
	descent->spare = merged;
}

/* Whether a result, or what merging it again gives, rests and says no less than it has to. */
static bool is_at_rest(struct descent *descent, struct merged *merged)
{
	struct arena *trial = &descent->trial;
	const struct merge_input input = texts_input(descent->texts);

	if (says_less(trial, input, merged->text) ||
	    !settle_result(trial, input, merge_ahead, merged))
		return false;
	if (may_stand_for(merged->text, descent->first, input.base))
		return true;
	spare(descent, *merged);
	return false;
}

/* Merges for a result that rests and says no more than the first. out: whether there is one */
static bool takes_rest(struct descent *descent, const struct merged first, struct merged *merged)
{
	*merged = first;
	return result_rests(descent->arena, texts_input(descent->texts), merge_ahead, first.text) ||
	       takes(descent, merged) || takes_parts(descent, merged) ||
	       takes_coarser(descent, merged);
}

static struct descent descent_to_rest(struct arena *arena, const struct texts *texts,
				      enum extent extent, const struct merged first)
{
	return (struct descent){.arena = arena,
				.texts = texts,
				.extent = extent,
				.merge_part = merge_note,
				.holds = is_at_rest,
				.first = first.text};
}

/* The merge of a note as far as nothing is said more often for it to rest. */
static struct merged merge_no_more(struct arena *arena, const struct texts *texts,
				   enum extent extent)
{
	const struct merged first = merge_ahead(arena, texts, extent);
	struct descent descent = descent_to_rest(arena, texts, extent, first);
	struct merged merged;

	if (!takes_rest(&descent, first, &merged))
		merged = first;
	descent_end(&descent);
	return merged;
}

/*
 * A side that has all words and none that the other took out, where the first result says some
 * of them again; else that result. A word that both put in apart counts as one for a side, and
 * so does one that was taken out here and put in there: this loses what no other way loses.
 */
static struct merged full_side(struct descent *descent, const struct merged first)
{
	const struct texts *texts = descent->texts;
	const struct str base = texts->raw[BASE], *sides = texts->raw + OURS;
	int side = find_full_side(texts);

	if (side < 0 || !may_stand_for(sides[side], first.text, base) ||
	    !words_stand_for(base, sides[1 - side], sides[side], first.text))
		return first;
	return take_side(descent->arena, texts, side);
}

/* Of what rests and says more, what says least; else a side, or what was given. */
static struct merged last_way(struct descent *descent, const struct merged first)
{
	struct arena *trial = &descent->trial;
	const struct merge_input input = texts_input(descent->texts);

	/* What merging this text again takes in its turn is not known to merge_ahead(). */
	if (result_rests(descent->arena, input, merge_no_more, first.text))
		return first;
	struct merged lines = {.text = all_lines(trial, input.base, input.ours, input.theirs),
			       .degraded = DEGRADED_KEEP_BOTH};
	lines = merged_told(trial, input, lines, descent->refused);
	if (takes(descent, &lines))
		return lines;
	return descent->spare.text.at ? descent->spare : full_side(descent, first);
}

struct merged merge_note(struct arena *arena, const struct texts *texts, enum extent extent)
{
	const struct merged first = merge_ahead(arena, texts, extent);
	struct descent descent = descent_to_rest(arena, texts, extent, first);
	struct merged merged;

	if (!takes_rest(&descent, first, &merged))
		merged = last_way(&descent, first);
	descent_end(&descent);
	return merged;
}
