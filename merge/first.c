#include "merge/first.h"

#include "merge/keep_both.h"
#include "merge/scalar.h"

/* --- what is told of a result --------------------------------------------------- */

static void tell(struct arena *arena, struct merged *merged, struct decision decision)
{
	struct decision *all = arena_array(arena, struct decision, merged->decision_count + 1);

	all[0] = decision;
	for (size_t i = 0; i < merged->decision_count; i++)
		all[i + 1] = merged->decisions[i];
	merged->decisions = all;
	merged->decision_count++;
}

void merged_tell_values(struct arena *arena, struct merge_input input, struct str yaml,
			struct merged *merged)
{
	struct str rest = yaml, line;
	size_t room = merged->decision_count;

	for (uint32_t number = 1; str_next_line(&rest, &line); number++) {
		if (!str_contains(line, STR(" ⟨version⟩:")) || str_contains(input.ours, line) ||
		    str_contains(input.theirs, line))
			continue;
		arena_push(arena, merged->decisions, merged->decision_count, room);
		merged->decisions[merged->decision_count++] =
			(struct decision){DECISION_VARIANTS, number, str_trim(line)};
	}
}

/* The front matter of a result whose sides have one. */
static struct str front_of(struct str text)
{
	return str_slice(text, 0, str_find(text, STR("\n---"), 0));
}

struct merged merged_told(struct arena *arena, struct merge_input input, struct merged merged,
			  struct finding refused)
{
	if (str_starts(input.ours, STR("---")) && str_starts(input.theirs, STR("---")))
		merged_tell_values(arena, input, front_of(merged.text), &merged);
	if (merged.degraded != DEGRADED_NOT)
		tell(arena, &merged, (struct decision){DECISION_DEGRADED, 1, refused.text});
	return merged;
}

/* --- what needs no looking into -------------------------------------------------- */

struct merged merge_bytes(struct arena *arena, const struct texts *texts, struct merge_input input)
{
	struct dictionary words = {.arena = arena};
	struct text_merge merge = texts_by_lines(texts, &words);
	struct verifier verifier = {.input = input};
	struct merged merged = {0};
	struct finding finding = {0};

	if (merge_text(&merge, &merged.text)) {
		finding = check_result(arena, &verifier, merged.text);
		verifier_free(&verifier);
		if (finding.verdict == VERDICT_GOOD)
			return merged;
	}
	merged.text = merge_lines_keeping_both(&merge);
	merged.degraded = DEGRADED_KEEP_BOTH;
	tell(arena, &merged, (struct decision){DECISION_DEGRADED, 1, finding.text});
	return merged;
}

bool merge_at_once(struct arena *arena, const struct texts *texts, struct merged *out)
{
	const struct str *raw = texts->raw;
	struct str changed;
	int holder;

	if (take_changed(raw[BASE], raw[OURS], raw[THEIRS], &changed))
		*out = (struct merged){.text = changed};
	else if ((holder = find_holder(texts)) >= 0)
		*out = take_side(arena, texts, OURS + holder);
	else
		return false;
	return true;
}

/* --- the ladder ------------------------------------------------------------------- */

/* What was found on the way down. */
struct descent {
	struct verifier verifier;
	struct merged parts;	/* no text: there are none, or they say less than they must */
	struct finding refused; /* why the finest of all was not taken */
	struct str before;	/* the last one looked at */
	struct arena refuse;	/* which holds it */
};

struct merged merge_unread(struct arena *arena, struct merge_input input, enum extent extent,
			   read_merge *merge)
{
	struct texts texts = texts_in_order(input);
	struct arena reading = {0};
	struct merged merged;

	/* Texts that were read are quicker to look through. */
	bool read = texts_read(&reading, &texts);
	if (!merge_at_once(arena, &texts, &merged))
		merged = read ? merge(arena, &texts, input, extent)
			      : merge_bytes(arena, &texts, input);
	arena_free(&reading);
	return merged;
}

bool merge_parts(struct arena *arena, const struct texts *texts, struct merge_input input,
		 enum extent extent, read_merge *merge, struct merged *out)
{
	struct arena scratch = {0};
	struct parts parts = parts_within(&scratch, texts, &extent);
	struct merged *merged = arena_array(&scratch, struct merged, parts.count);

	for (size_t i = 0; i < parts.count && parts.count > 1; i++)
		merged[i] =
			merge_unread(arena, part_input(&parts.at[i], input.format), extent, merge);
	if (parts.count > 1)
		*out = parts_join(arena, texts, merged, parts.count);
	arena_free(&scratch);
	return parts.count > 1;
}

/* Looks at a result, which `trial` holds. out: whether it passes; then the arena has it */
static bool passes(struct arena *arena, struct descent *descent, struct arena *trial,
		   const struct merged *merged)
{
	/* What was refused once is refused again. */
	bool again = descent->before.at && str_equal(merged->text, descent->before);
	struct finding finding = {0};

	arena_free(&descent->refuse);
	if (!again)
		finding = check_result(arena, &descent->verifier, merged->text);
	if (!again && finding.verdict == VERDICT_GOOD) {
		arena_take(arena, trial);
		return true;
	}
	if (descent->refused.verdict == VERDICT_GOOD)
		descent->refused = finding;
	descent->before = merged->text;
	arena_take(&descent->refuse, trial);
	return false;
}

/* The same of parts. Where all is refused they are better than a whole with both texts. */
static bool parts_pass(struct arena *arena, struct descent *descent, struct arena *trial,
		       const struct merged *merged)
{
	if (passes(arena, descent, trial, merged))
		return true;
	if (!says_less(arena, descent->verifier.input, merged->text)) {
		arena_take(arena, &descent->refuse);
		descent->parts = *merged;
	}
	return false;
}

/* Each way to merge in its turn. out: whether one passes */
static bool descend(struct arena *arena, const struct texts *texts, struct descent *descent,
		    enum extent extent, struct merged *merged)
{
	struct merge_input input = descent->verifier.input;
	int side;

	for (int rung = DEGRADED_NOT; rung <= DEGRADED_KEEP_BOTH; rung++) {
		struct arena trial = {0};

		/* To merge takes as much memory again as what was read to look at the last one. */
		verifier_free(&descent->verifier);
		*merged = merge_on(&trial, texts, (enum degradation)rung);
		if (passes(arena, descent, &trial, merged)) {
			*merged = merged_told(arena, input, *merged, descent->refused);
			return true;
		}
		if (rung > DEGRADED_NOT)
			continue;
		if ((side = find_good_side(arena, &descent->verifier, texts->raw + OURS)) >= 0) {
			*merged = take_side(arena, texts, OURS + side);
			return true;
		}
		verifier_free(&descent->verifier);
		/* So that what was refused spoils no more than its section. */
		if (merge_parts(&trial, texts, input, extent, merge_first, merged) &&
		    parts_pass(arena, descent, &trial, merged))
			return true;
		arena_free(&trial);
	}
	return false;
}

struct merged merge_first(struct arena *arena, const struct texts *texts, struct merge_input input,
			  enum extent extent)
{
	struct descent descent = {.verifier.input = input};
	struct merged merged;
	bool good = descend(arena, texts, &descent, extent, &merged);

	arena_free(&descent.refuse);
	verifier_free(&descent.verifier);
	if (good)
		return merged;
	if (descent.parts.text.at)
		return descent.parts;
	merged = (struct merged){.text = keep_both(arena, texts->raw[OURS], texts->raw[THEIRS]),
				 .degraded = DEGRADED_KEEP_BOTH};
	return merged_told(arena, input, merged, descent.refused);
}

struct str merged_text(struct arena *arena, struct merge_input input, read_merge *merge)
{
	struct texts texts = texts_in_order(input);
	struct arena reading = {0};
	struct merged merged;

	if (merge_at_once(arena, &texts, &merged))
		return merged.text;
	merged = texts_read(&reading, &texts) ? merge(arena, &texts, input, EXTENT_WHOLE)
					      : merge_bytes(arena, &texts, input);
	arena_free(&reading);
	return merged.text;
}

bool can_merge_often(struct merge_input input)
{
	enum { OFTEN_BYTES = 1 << 17 }; /* of all inputs */

	return input.base.len + input.ours.len + input.theirs.len <= OFTEN_BYTES;
}
