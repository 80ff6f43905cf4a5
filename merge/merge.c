#include "merge/merge.h"

#include "merge/hold.h"
#include "merge/keep_both.h"
#include "merge/lag.h"
#include "merge/merge_yaml.h"
#include "merge/parts.h"
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

static struct noted noted_text(const struct texts *texts, int text)
{
	return (struct noted){texts->raw[text], &texts->doc[text]};
}

/* Whether it is worth to look closer if side `s` holds every change of the other. */
static bool may_hold(const struct texts *texts, int s)
{
	return holds_end(texts->raw[BASE], texts->raw[OURS + 1 - s], texts->raw[OURS + s]) &&
	       !clearly_lags(noted_text(texts, BASE), noted_text(texts, OURS + 1 - s),
			     noted_text(texts, OURS + s));
}

/*
 * The side that, seen by lines, holds every change of the other: 0 or 1, of two
 * the longer; -1. The texts may have been read or not.
 */
static int find_holder(const struct texts *texts)
{
	const struct str *side = texts->raw + OURS;
	const bool may[2] = {may_hold(texts, 0), may_hold(texts, 1)};
	struct arena scratch = {0};
	struct dictionary words = {.arena = &scratch};
	int first = side[1].len > side[0].len ? 1 : 0, holder = -1;

	if (!may[0] && !may[1])
		return -1;
	struct beside beside = texts_beside(&words, texts->raw[BASE], side);
	for (int turn = 0; turn < 2 && holder < 0; turn++) {
		int s = turn ? 1 - first : first;

		if (may[s] && text_holds(&beside, s))
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

/* Whether a refused text lacks something, or has what nobody wrote: worse than saying things twice.
 */
static bool says_less(struct arena *arena, struct merge_input input, struct str text)
{
	switch (check(arena, input, text).verdict) {
	case VERDICT_GOOD:
	case VERDICT_WORD_EXTRA:
	case VERDICT_DELETED_BACK:
	case VERDICT_DOUBLED:
		return false;
	case VERDICT_WORD_LOST:
	case VERDICT_WORD_INVENTED:
	case VERDICT_RUN_BROKEN:
	case VERDICT_MARKER:
		break;
	}
	return true;
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

static struct str merge_again(struct arena *arena, struct merge_input input, enum extent extent);

/* A part as an input of its own. */
static struct merge_input input_of(const struct part *part, enum text_format format)
{
	return (struct merge_input){part->text[BASE], part->text[OURS], part->text[THEIRS], format};
}

/* The same part by part. out: no text: there is nothing to cut at */
static struct str merge_parts_again(struct arena *arena, const struct texts *texts,
				    struct merge_input input, enum extent extent)
{
	struct parts parts = parts_within(arena, texts, &extent);
	struct merged *merged = arena_array(arena, struct merged, parts.count);

	if (parts.count < 2)
		return (struct str){0};
	for (size_t i = 0; i < parts.count; i++)
		merged[i].text = merge_again(arena, input_of(&parts.at[i], input.format), extent);
	return parts_join(arena, texts, merged, parts.count).text;
}

/* The first good merge, held to nothing more. */
static struct str merge_again(struct arena *arena, struct merge_input input, enum extent extent)
{
	struct texts texts = {0};
	struct str joined = {0};

	if (str_equal(input.base, input.theirs))
		return input.ours;
	if (str_equal(input.ours, input.theirs) || str_equal(input.base, input.ours))
		return input.theirs;
	put_in_order(&texts, input);
	int holder = find_holder(&texts);
	if (holder >= 0)
		return texts.raw[OURS + holder];
	if (!texts_read(arena, &texts))
		return input.theirs;
	for (int rung = DEGRADED_NOT; rung <= DEGRADED_KEEP_BOTH; rung++) {
		struct merged merged = merge_on(arena, &texts, (enum degradation)rung);

		if (is_good(arena, input, merged.text))
			return merged.text;
		if (rung > DEGRADED_NOT)
			continue;
		if ((holder = find_good_side(arena, input, texts.raw + OURS)) >= 0)
			return texts.raw[OURS + holder];
		joined = merge_parts_again(arena, &texts, input, extent);
		if (joined.at && is_good(arena, input, joined))
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
		struct merge_input part = input_of(&parts.at[i], input.format);
		struct texts its = {0};

		put_in_order(&its, part);
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
		finding = check(arena, ladder->input, merged->text);
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
	return settle(arena, ladder->input, merged) &&
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
	struct texts texts = {0};
	struct merged merged;

	if (str_equal(input.ours, input.theirs) || str_equal(input.base, input.theirs))
		return (struct merged){.text = input.ours};
	if (str_equal(input.base, input.ours))
		return (struct merged){.text = input.theirs};
	put_in_order(&texts, input);
	if (input.format == FORMAT_YAML && merge_keys(arena, &texts, input, &merged))
		return merged;
	return merge_read(arena, &texts, input, EXTENT_WHOLE);
}
