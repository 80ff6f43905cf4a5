#include "merge/merge.h"

#include "merge/hold.h"
#include "merge/keep_both.h"
#include "merge/lag.h"
#include "merge/merge_yaml.h"
#include "merge/rung.h"
#include "merge/verify.h"
#include "merge/words.h"

enum text_format text_format_of(struct str path)
{
	if (str_ends(path, STR(".yml")) || str_ends(path, STR(".yaml")))
		return FORMAT_YAML;
	if (str_ends(path, STR(".md")) || str_ends(path, STR(".markdown")))
		return FORMAT_NOTE;
	return FORMAT_TEXT;
}

static bool ends_open(struct str text)
{
	return text.len && !str_ends(text, STR("\n"));
}

/* Whether the other did not change the last line end, or the whole did so too. */
static bool holds_end(struct str base, struct str other, struct str whole)
{
	return ends_open(base) == ends_open(other) || ends_open(base) != ends_open(whole);
}

/* Whether it is worth to look closer if side `s` holds every change of the other. */
static bool may_hold(struct str base, const struct str side[2], int s)
{
	return holds_end(base, side[1 - s], side[s]) && !clearly_lags(base, side[1 - s], side[s]);
}

/* The side that, seen by lines, holds every change of the other: 0 or 1, of two the longer; -1. */
static int find_holder(struct str base, const struct str side[2])
{
	const bool may[2] = {may_hold(base, side, 0), may_hold(base, side, 1)};
	struct arena scratch = {0};
	struct dictionary words = {.arena = &scratch};
	int first = side[1].len > side[0].len ? 1 : 0, holder = -1;

	if (!may[0] && !may[1])
		return -1;
	struct beside texts = texts_beside(&words, base, side);
	for (int turn = 0; turn < 2 && holder < 0; turn++) {
		int s = turn ? 1 - first : first;

		if (may[s] && text_holds(&texts, s))
			holder = s;
	}
	arena_free(&scratch);
	return holder;
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

/* A side that holds all of the other's changes speaks for itself. */
static struct finding check(struct arena *arena, struct merge_input input, struct str text)
{
	if (str_equal(text, input.ours) || str_equal(text, input.theirs))
		return (struct finding){VERDICT_GOOD, {0}};
	return verify_merge(arena, input, text);
}

static bool is_good(struct arena *arena, struct merge_input input, struct str text)
{
	return check(arena, input, text).verdict == VERDICT_GOOD;
}

/*
 * The side that by itself passes for the merge of both, as the result of an earlier
 * merge does: 0 or 1, of two the longer; -1. Asked for when the finest merge is refused,
 * since a coarser one would say again what that side already has.
 */
static int find_good_side(struct arena *arena, struct merge_input input, const struct str side[2])
{
	int first = side[1].len > side[0].len ? 1 : 0;

	for (int turn = 0; turn < 2; turn++) {
		int s = turn ? 1 - first : first;

		if (verify_merge(arena, input, side[s]).verdict == VERDICT_GOOD)
			return s;
	}
	return -1;
}

static void put_in_order(struct texts *texts, struct merge_input input)
{
	bool in_order = str_compare(input.ours, input.theirs) <= 0;

	texts->raw[BASE] = input.base;
	texts->raw[OURS] = in_order ? input.ours : input.theirs;
	texts->raw[THEIRS] = in_order ? input.theirs : input.ours;
}

/* --- does a result rest ------------------------------------------------------ */

/* The first good merge, held to nothing more. */
static struct str merge_again(struct arena *arena, struct merge_input input)
{
	struct texts texts = {0};

	if (str_equal(input.base, input.theirs))
		return input.ours;
	if (str_equal(input.ours, input.theirs) || str_equal(input.base, input.ours))
		return input.theirs;
	put_in_order(&texts, input);
	int holder = find_holder(input.base, texts.raw + OURS);
	if (holder >= 0)
		return texts.raw[OURS + holder];
	if (!texts_read(arena, &texts))
		return input.theirs;
	for (int rung = DEGRADED_NOT; rung <= DEGRADED_KEEP_BOTH; rung++) {
		struct merged merged = merge_on(arena, &texts, (enum degradation)rung);

		if (is_good(arena, input, merged.text))
			return merged.text;
		if (rung == DEGRADED_NOT &&
		    (holder = find_good_side(arena, input, texts.raw + OURS)) >= 0)
			return texts.raw[OURS + holder];
	}
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
		struct str again = merge_again(&scratch, with);

		if (!str_equal(again, text) && (!other.at || str_compare(again, other) < 0))
			other = again;
	}
	*next = str_copy(arena, other);
	arena_free(&scratch);
	return other.at == NULL;
}

/* Whether the result, or what merging it again gives, is good and rests: then that. */
static bool settle(struct arena *arena, struct merge_input input, struct merged *merged)
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

/*
 * Climbs down until a result is good and merging it again changes nothing. A
 * coarser one that says more than the finest good one says things twice: rather
 * the finest, though it does not rest.
 */
static struct merged merge_note(struct arena *arena, const struct texts *texts,
				struct merge_input input)
{
	struct merged finest = {.degraded = DEGRADED_KEEP_BOTH};
	struct finding refused = {0};
	struct str before = {0};
	bool any = false;
	int holder;

	for (int rung = DEGRADED_NOT; rung <= DEGRADED_KEEP_BOTH; rung++) {
		struct merged merged = merge_on(arena, texts, (enum degradation)rung);

		/* What was refused once is refused again. */
		if (rung > DEGRADED_NOT && str_equal(merged.text, before))
			continue;
		before = merged.text;
		struct finding finding = check(arena, input, merged.text);
		if (refused.verdict == VERDICT_GOOD)
			refused = finding;
		if (rung == DEGRADED_NOT && finding.verdict != VERDICT_GOOD &&
		    (holder = find_good_side(arena, input, texts->raw + OURS)) >= 0)
			return take_side(arena, texts, OURS + holder);
		if (finding.verdict != VERDICT_GOOD)
			continue;
		if (!any)
			finest = merged;
		any = true;
		if (settle(arena, input, &merged) && says_no_more(merged.text, finest.text))
			return told(arena, input, merged, refused);
	}
	if (!any)
		finest.text = keep_both(arena, texts->raw[OURS], texts->raw[THEIRS]);
	return told(arena, input, finest, refused);
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
		finding = check(arena, input, merged.text);
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

struct merged merge_texts(struct arena *arena, struct merge_input input)
{
	struct texts texts = {0};
	struct arena reading = {0};
	struct merged merged;
	int holder;

	if (str_equal(input.ours, input.theirs) || str_equal(input.base, input.theirs))
		return (struct merged){.text = input.ours};
	if (str_equal(input.base, input.ours))
		return (struct merged){.text = input.theirs};
	put_in_order(&texts, input);
	if (input.format == FORMAT_YAML && merge_keys(arena, &texts, input, &merged))
		return merged;
	if (!texts_read(&reading, &texts))
		merged = merge_bytes(arena, &texts, input);
	else if ((holder = find_holder(input.base, texts.raw + OURS)) >= 0)
		merged = take_side(arena, &texts, OURS + holder);
	else
		merged = merge_note(arena, &texts, input);
	arena_free(&reading);
	return merged;
}
