#include "merge/merge.h"

#include "merge/keep_both.h"
#include "merge/merge_yaml.h"
#include "merge/parts.h"
#include "merge/pass.h"
#include "merge/rest.h"
#include "merge/words.h"

enum text_format text_format_of(struct str path)
{
	if (str_ends(path, STR(".yml")) || str_ends(path, STR(".yaml")))
		return FORMAT_YAML;
	if (str_ends(path, STR(".md")) || str_ends(path, STR(".markdown")))
		return FORMAT_NOTE;
	return FORMAT_TEXT;
}

static void tell(struct arena *arena, struct merged *merged, struct decision decision)
{
	struct decision *all = arena_array(arena, struct decision, merged->decision_count + 1);

	all[0] = decision;
	for (size_t i = 0; i < merged->decision_count; i++)
		all[i + 1] = merged->decisions[i];
	merged->decisions = all;
	merged->decision_count++;
}

/* Values of YAML in several versions that neither side had. */
static void tell_values(struct arena *arena, struct merge_input input, struct str yaml,
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

/* --- the ladder ------------------------------------------------------------- */

/* The front matter of a result whose sides have one. */
static struct str front_of(struct str text)
{
	return str_slice(text, 0, str_find(text, STR("\n---"), 0));
}

static struct merged told(struct arena *arena, struct merge_input input, struct merged merged,
			  struct finding refused)
{
	if (str_starts(input.ours, STR("---")) && str_starts(input.theirs, STR("---")))
		tell_values(arena, input, front_of(merged.text), &merged);
	if (merged.degraded != DEGRADED_NOT)
		tell(arena, &merged, (struct decision){DECISION_DEGRADED, 1, refused.text});
	return merged;
}

/* Whether a text says no more words than another. */
static bool says_no_more(struct str text, struct str than)
{
	return str_equal(text, than) || str_word_count(text) <= str_word_count(than);
}

static struct merged merge_read(struct arena *arena, struct texts *texts, struct merge_input input,
				enum extent extent);

/*
 * Merges what can be told apart each by itself, so that what was refused spoils
 * no more than its section. out: false: there is nothing to cut at
 */
static bool merge_by_parts(struct arena *arena, const struct texts *texts, struct merge_input input,
			   enum extent extent, struct merged *out)
{
	struct arena scratch = {0};
	struct parts parts = parts_within(&scratch, texts, &extent);
	struct merged *merged = arena_array(&scratch, struct merged, parts.count);

	for (size_t i = 0; i < parts.count && parts.count > 1; i++) {
		struct merge_input part = part_input(&parts.at[i], input.format);
		struct texts its = texts_in_order(part);

		merged[i] = merge_read(arena, &its, part, extent);
	}
	if (parts.count > 1)
		*out = parts_join(arena, texts, merged, parts.count);
	arena_free(&scratch);
	return parts.count > 1;
}

/* What was found on the way down. */
struct ladder {
	struct merge_input input;
	struct merged finest;	/* of those that are good */
	struct merged parts;	/* no text: there are none, or they say less than they must */
	struct finding refused; /* why the finest of all was not taken */
	struct str before;	/* the last one looked at */
	struct arena refuse;	/* which holds it if it was refused */
	bool any;		/* was good */
	bool finest_of_parts;	/* which tell of themselves */
};

/*
 * Looks at a result, which `trial` holds. A coarser one that says more than the
 * finest good one says things twice: rather the finest, though it does not rest.
 * out: whether it is the one
 */
static bool stands(struct arena *arena, struct ladder *ladder, struct arena *trial,
		   struct merged *merged)
{
	/* What was refused once is refused again. */
	bool again = ladder->before.at && str_equal(merged->text, ladder->before);

	arena_free(&ladder->refuse);
	ladder->before = merged->text;
	struct finding finding = {0};
	if (!again)
		finding = check_result(arena, ladder->input, merged->text);
	if (ladder->refused.verdict == VERDICT_GOOD)
		ladder->refused = finding;
	if (again || finding.verdict != VERDICT_GOOD) {
		arena_take(&ladder->refuse, trial);
		return false;
	}
	arena_take(arena, trial);
	if (!ladder->any)
		ladder->finest = *merged;
	ladder->any = true;
	return settle_result(arena, ladder->input, merged) &&
	       says_no_more(merged->text, ladder->finest.text);
}

/* The same of parts. Where all is refused they are better than a whole with both texts. */
static bool parts_stand(struct arena *arena, struct ladder *ladder, struct arena *trial,
			struct merged *merged)
{
	bool any = ladder->any, stand = stands(arena, ladder, trial, merged);

	ladder->finest_of_parts = ladder->any && !any;
	if (!ladder->any && !says_less(arena, ladder->input, merged->text)) {
		arena_take(arena, &ladder->refuse);
		ladder->parts = *merged;
	}
	return stand;
}

/* The best of what does not rest, or is not good. */
static struct merged take_finest(struct arena *arena, const struct texts *texts,
				 struct ladder *ladder)
{
	if (ladder->any && ladder->finest_of_parts)
		return ladder->finest;
	if (!ladder->any && ladder->parts.text.at)
		return ladder->parts;
	if (!ladder->any)
		ladder->finest.text = keep_both(arena, texts->raw[OURS], texts->raw[THEIRS]);
	return told(arena, ladder->input, ladder->finest, ladder->refused);
}

/* Each way to merge in its turn. */
static struct merged climb_down(struct arena *arena, const struct texts *texts,
				struct ladder *ladder, enum extent extent)
{
	struct merge_input input = ladder->input;
	struct merged merged;
	int holder;

	for (int rung = DEGRADED_NOT; rung <= DEGRADED_KEEP_BOTH; rung++) {
		struct arena trial = {0};

		merged = merge_on(&trial, texts, (enum degradation)rung);
		if (stands(arena, ladder, &trial, &merged))
			return told(arena, input, merged, ladder->refused);
		if (rung > DEGRADED_NOT)
			continue;
		if (!ladder->any && (holder = find_good_side(arena, input, texts->raw + OURS)) >= 0)
			return take_side(arena, texts, OURS + holder);
		if (merge_by_parts(&trial, texts, input, extent, &merged) &&
		    parts_stand(arena, ladder, &trial, &merged))
			return merged;
		arena_free(&trial);
	}
	return take_finest(arena, texts, ladder);
}

/*
 * Climbs down until a result is good and merging it again changes nothing: as a
 * whole, then each section by itself, and only then all of it in a coarser way.
 */
static struct merged merge_note(struct arena *arena, const struct texts *texts,
				struct merge_input input, enum extent extent)
{
	struct ladder ladder = {.input = input, .finest.degraded = DEGRADED_KEEP_BOTH};
	struct merged merged = climb_down(arena, texts, &ladder, extent);

	arena_free(&ladder.refuse);
	return merged;
}

/* Bytes that are no text, or too much of it: by lines. */
static struct merged merge_bytes(struct arena *arena, const struct texts *texts,
				 struct merge_input input)
{
	struct dictionary words = {.arena = arena};
	struct text_merge merge = {
		.words = &words,
		.base = texts->raw[BASE],
		.ours = texts->raw[OURS],
		.theirs = texts->raw[THEIRS],
		.by_lines_only = true,
	};
	struct merged merged = {0};
	struct finding finding = {0};

	if (merge_text(&merge, &merged.text)) {
		finding = check_result(arena, input, merged.text);
		if (finding.verdict == VERDICT_GOOD)
			return merged;
	}
	merged.text = merge_lines_keeping_both(&merge);
	merged.degraded = DEGRADED_KEEP_BOTH;
	tell(arena, &merged, (struct decision){DECISION_DEGRADED, 1, finding.text});
	return merged;
}

/* out: whether the texts could be merged by key */
static bool merge_keys(struct arena *arena, const struct texts *texts, struct merge_input input,
		       struct merged *out)
{
	struct str yaml = merge_yaml(arena, texts->raw[BASE], texts->raw[OURS], texts->raw[THEIRS]);

	/* Writing a value anew may have to spell a byte of it in another way. */
	if (!yaml.at || verify_merge(arena, input, yaml).verdict == VERDICT_WORD_INVENTED)
		return false;
	*out = (struct merged){.text = yaml};
	tell_values(arena, input, yaml, out);
	return true;
}

/* Merges three texts, `raw` of which is known, or a part of them. */
static struct merged merge_read(struct arena *arena, struct texts *texts, struct merge_input input,
				enum extent extent)
{
	struct arena reading = {0};
	struct merged merged;
	int holder;

	if (str_equal(input.ours, input.theirs) || str_equal(input.base, input.theirs))
		return (struct merged){.text = input.ours};
	if (str_equal(input.base, input.ours))
		return (struct merged){.text = input.theirs};
	if (!texts_read(&reading, texts))
		merged = merge_bytes(arena, texts, input);
	else if ((holder = find_holder(texts)) >= 0)
		merged = take_side(arena, texts, OURS + holder);
	else
		merged = merge_note(arena, texts, input, extent);
	arena_free(&reading);
	return merged;
}

struct merged merge_texts(struct arena *arena, struct merge_input input)
{
	struct texts texts = texts_in_order(input);
	struct merged merged;

	if (str_equal(input.ours, input.theirs) || str_equal(input.base, input.theirs))
		return (struct merged){.text = input.ours};
	if (str_equal(input.base, input.ours))
		return (struct merged){.text = input.theirs};
	if (input.format == FORMAT_YAML && merge_keys(arena, &texts, input, &merged))
		return merged;
	return merge_read(arena, &texts, input, EXTENT_WHOLE);
}
