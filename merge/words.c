#include "merge/words.h"

#include "merge/entries.h"
#include "merge/hold.h"
#include "merge/line_pairs.h"
#include "merge/put_in.h"
#include "merge/respelled.h"
#include "merge/scalar.h"
#include "merge/sides.h"
#include "merge/stretches.h"
#include "merge/tally.h"
#include "merge/twice.h"

/* Changes with fewer unchanged words between them are one change. */
enum { NEAR_WORDS = 2 };

enum { NEITHER = -1 }; /* of the two sides */

static struct three split(const struct text_merge *merge, splitting *splitter)
{
	const struct str text[] = {merge->base, merge->ours, merge->theirs};
	struct tokens tokens[TEXTS];

	for (int t = 0; t < TEXTS; t++)
		tokens[t] = merge->splits
				    ? tokens_known(merge->splits, merge->words, splitter, text[t])
				    : splitter(merge->words, text[t]);
	return (struct three){.base = tokens[BASE], .side = {tokens[OURS], tokens[THEIRS]}};
}

static void find_spans(struct arena *arena, struct three *three)
{
	for (int s = 0; s < 2; s++)
		three->spans[s] = diff_numbers(arena, tokens_numbers(&three->base),
					       tokens_numbers(&three->side[s]));
}

/* The merge of what a region is made of. */
static struct text_merge merge_of_region(const struct text_merge *merge, const struct three *three,
					 const struct region *region)
{
	struct text_merge inner = *merge;

	inner.base = tokens_text(&three->base, region->base, region->base_end);
	inner.ours = tokens_text(&three->side[0], region->side[0], region->side_end[0]);
	inner.theirs = tokens_text(&three->side[1], region->side[1], region->side_end[1]);
	return inner;
}

/*
 * One stretch of words that both sides changed, where one did no more than part words or
 * join them: "session(s)", "session (s)". That is space like other space, as long as what was
 * parted stands.
 */
static bool write_parted(const struct text_merge *merge, struct writer *writer,
			 const struct three *three, const struct region *region)
{
	struct text_merge inner = merge_of_region(merge, three, region);
	struct writer within = {.out.arena = merge->words->arena};
	struct three parts = split(&inner, tokens_of_parts);
	bool reached[2];

	find_spans(merge->words->arena, &parts);
	if (parts.spans[0].count && parts.spans[1].count)
		return false;
	struct regions regions = diff_regions(merge->words->arena, parts.base.count, parts.spans[0],
					      parts.spans[1], 0, NULL);
	write_regions(&inner, &within, &parts, &regions, write_both);
	struct str written = buf_str(&within.out);
	if (!words_account_for(inner.base, inner.ours, inner.theirs, written, reached))
		return false;
	writer_add(writer, written, space_behind_region(three, region));
	return true;
}

/* A `write_changed` of words. */
static bool write_words(const struct text_merge *merge, struct writer *writer,
			const struct three *three, const struct region *region)
{
	return write_both(merge, writer, three, region) ||
	       (stands_in_all(region) && write_parted(merge, writer, three, region));
}

/* Merges three texts that were taken apart into words. */
static bool merge_words(const struct text_merge *merge, struct three *three, struct str *out)
{
	struct arena *arena = merge->words->arena;
	struct writer writer = {.out.arena = arena, .glue = STR(" ")};

	find_spans(arena, three);
	for (int s = 0; s < 2; s++)
		three->spans[s] = part_respelled(arena, three, s);
	if (says_twice(arena, three->side, three->spans))
		return false;
	writer.out.room = merge->ours.len + merge->theirs.len;
	writer.out.at = arena_array(arena, char, writer.out.room);
	struct regions regions =
		diff_regions(arena, three->base.count, three->spans[0], three->spans[1], NEAR_WORDS,
			     statement_fences(arena, three));
	buf_add(&writer.out,
		merge_scalar(three->base.lead, three->side[0].lead, three->side[1].lead));
	if (!write_regions(merge, &writer, three, &regions, write_words))
		return false;
	*out = buf_str(&writer.out);
	return true;
}

/* A merge like another, with a dictionary and memory of its own. */
static struct text_merge merge_beside(const struct text_merge *merge, struct dictionary *words)
{
	struct text_merge beside = *merge;

	beside.words = words;
	beside.splits = NULL;
	return beside;
}

/* Whether something else stands in place of some of the base, and touches such a change. */
static bool touch(const struct span *x, const struct span *y)
{
	return x->a < x->a_end && x->b < x->b_end && y->a < y->a_end && y->b < y->b_end &&
	       (x->a_end == y->a || y->a_end == x->a);
}

/*
 * Whether two people changed neighbours: entries that belong together, as the day and the
 * hour of a meeting, would tell what nobody meant.
 */
static bool changed_neighbours(const struct spans spans[2])
{
	int j = 0;

	for (int i = 0; i < spans[0].count; i++) {
		while (j < spans[1].count && spans[1].at[j].a_end < spans[0].at[i].a)
			j++;
		for (int k = j; k < spans[1].count && spans[1].at[k].a <= spans[0].at[i].a_end; k++)
			if (touch(&spans[0].at[i], &spans[1].at[k]))
				return true;
	}
	return false;
}

/* The same by the entries of a line that lists some. */
static bool merge_entries(const struct text_merge *merge, struct str *out)
{
	struct arena scratch = {0};
	struct dictionary words = {.arena = &scratch};
	struct text_merge beside = merge_beside(merge, &words);
	struct writer writer = {.out.arena = merge->words->arena, .glue = STR(", ")};

	if (!are_listings(merge->base, merge->ours, merge->theirs))
		return false;
	struct three three = split(&beside, tokens_of_entries);

	three.of_lines = true;
	find_spans(&scratch, &three);
	struct regions regions =
		diff_regions(&scratch, three.base.count, three.spans[0], three.spans[1], 1, NULL);
	struct str label = {0};
	bool merged =
		take_changed(three.base.lead, three.side[0].lead, three.side[1].lead, &label) &&
		!changed_neighbours(three.spans);

	buf_add(&writer.out, label);
	merged = merged && write_regions(&beside, &writer, &three, &regions, write_entries);
	if (merged)
		*out = buf_str(&writer.out);
	arena_free(&scratch);
	return merged;
}

/* Whether each line gives something a value: "Weight: 2 kg". */
static bool are_fields(struct str lines)
{
	struct str line;

	while (str_next_line(&lines, &line))
		if (!str_contains(line, STR(":")))
			return false;
	return true;
}

/*
 * Whether a side put lines among those that give values: a value would be taken for that
 * of another line. Of running text the lines say nothing, which may be wrapped anew.
 */
static bool adds_to_fields(const struct region *region, struct str lines)
{
	int base = region->base_end - region->base;
	bool more = region->side_end[0] - region->side[0] > base ||
		    region->side_end[1] - region->side[1] > base;

	return more && are_fields(lines);
}

/* `inner`: what the region is made of */
static bool merge_region_by_words(const struct text_merge *inner, const struct region *region,
				  struct str *out)
{
	if (adds_to_fields(region, inner->base))
		return false;
	if (merge_entries(inner, out))
		return true;
	struct three words = split(inner, tokens_of_words);

	return merge_words(inner, &words, out);
}

/* One stretch of lines that both sides changed. */
static bool merge_line_region(const struct text_merge *merge, struct writer *writer,
			      const struct three *three, const struct region *region)
{
	struct text_merge inner = merge_of_region(merge, three, region);
	struct str merged;

	if (merge->by_lines_only || region->base == region->base_end)
		return write_both(merge, writer, three, region);
	if (!merge_region_by_words(&inner, region, &merged) && !merge_line_pairs(&inner, &merged))
		return false;
	if (merged.len)
		writer_add(writer, merged, token_space(&three->base, region->base_end - 1));
	return true;
}

/* `both`: writes what both changed. */
static bool merge_lines_by(const struct text_merge *merge, write_changed *both, struct str *out)
{
	struct arena *arena = merge->words->arena;
	struct three three = split(merge, tokens_of_lines);
	struct writer writer = {.out.arena = arena, .glue = STR("\n")};

	three.of_lines = true;
	find_spans(arena, &three);
	for (int s = 0; s < 2; s++)
		spans_rise(&three.spans[s], tokens_numbers(&three.base),
			   tokens_numbers(&three.side[s]));
	part_same_additions(arena, &three);
	struct regions regions =
		diff_regions(arena, three.base.count, three.spans[0], three.spans[1], 0, NULL);

	if (!write_regions(merge, &writer, &three, &regions, both))
		return false;
	*out = buf_str(&writer.out);
	return true;
}

static bool merge_lines(const struct text_merge *merge, struct str *out)
{
	return merge_lines_by(merge, merge_line_region, out);
}

bool merge_other_lines(const struct text_merge *merge, struct str *out)
{
	return merge_lines_by(merge, write_same, out);
}

/* Lines were put behind the one line of the base, which stayed as it was. */
static bool adds_lines(struct str base, struct str side)
{
	return base.len > 0 && side.len > base.len && str_starts(side, base) &&
	       side.at[base.len] == '\n';
}

/* Lines that stand as they were tell what was added or reworded better than words do. */
static bool is_merged_by_lines(const struct text_merge *merge)
{
	return str_contains(merge->base, STR("\n")) || adds_lines(merge->base, merge->ours) ||
	       adds_lines(merge->base, merge->theirs);
}

/*
 * Takes the side that holds all that the other changed, token by token: a word that stands
 * often and that each took out elsewhere is counted as gone, yet one of them has it where
 * the other took it out. Of the side `reached`, unless it is NEITHER, the other is known to have
 * every word. out: whether one does
 */
static bool take_holding_side(const struct text_merge *merge, const struct three *three,
			      int reached, struct str *out)
{
	const struct str side[2] = {merge->ours, merge->theirs};

	/* Those that differ in nothing but white space say the same. */
	for (int s = 0; s < 2 && !tokens_equal(&three->side[0], &three->side[1]); s++)
		if (tokens_hold(&three->base, &three->side[1 - s], &three->side[s]) &&
		    !tokens_undo(&three->base, &three->side[1 - s], &three->side[s]) &&
		    (merge->by_lines_only || reached == 1 - s ||
		     words_reach(merge->base, side[1 - s], side[s]))) {
			*out = s == 0 ? merge->ours : merge->theirs;
			return true;
		}
	return false;
}

/* Takes the side that holds all, or merges by lines; tokens that nobody knows are not kept. */
static bool merge_by_lines(const struct text_merge *merge, splitting *splitter, int reached,
			   struct str *out)
{
	struct arena scratch = {0};
	struct dictionary words = {.arena = &scratch};
	struct text_merge beside = merge_beside(merge, &words);
	struct three three = split(merge->splits ? merge : &beside, splitter);
	bool taken = take_holding_side(merge, &three, reached, out);

	arena_free(&scratch);
	return taken || merge_lines(merge, out);
}

/* `reached`: as in take_holding_side() */
static bool merge_once(const struct text_merge *merge, int reached, struct str *out)
{
	if (take_changed(merge->base, merge->ours, merge->theirs, out))
		return true;
	if (merge->by_lines_only)
		return merge_by_lines(merge, tokens_of_lines, reached, out);
	if (is_merged_by_lines(merge)) /* Mostly each has words of its own: neither is held. */
		return reached == NEITHER && words_part(merge->base, merge->ours, merge->theirs)
			       ? merge_lines(merge, out)
			       : merge_by_lines(merge, tokens_of_words, reached, out);
	if (merge_entries(merge, out))
		return true;
	struct three three = split(merge, tokens_of_words);

	return take_holding_side(merge, &three, reached, out) || merge_words(merge, &three, out);
}

/* Whether a side is the result: it holds what the other changed, and would come out again. */
static bool is_side_of(const struct text_merge *merge, struct str result)
{
	return str_equal(result, merge->ours) || str_equal(result, merge->theirs);
}

/* out: through `reached`, unless it is a side, whether the result has all words of each */
static bool is_sound(const struct text_merge *merge, struct str result, bool reached[2])
{
	return is_side_of(merge, result) ||
	       words_account_for(merge->base, merge->ours, merge->theirs, result, reached);
}

/* Whether merging the result again with side `s` leaves it; `reached`: it has all its words. */
static bool rests(const struct text_merge *merge, int s, struct str result, bool reached)
{
	struct arena scratch = {0};
	struct dictionary words = {.arena = &scratch};
	struct text_merge second = merge->splits ? *merge : merge_beside(merge, &words);
	struct str again;

	*(s == 0 ? &second.theirs : &second.ours) = result;
	second.edit_kept = NULL;
	bool same = merge_once(&second, reached ? s : NEITHER, &again) && str_equal(again, result);
	arena_free(&scratch);
	return same;
}

/* Whether the texts were taken apart into words: what was not is large, and not worth keeping. */
static bool is_split(const struct splits *splits)
{
	return splits->count && splits->at[0].splitter == tokens_of_words;
}

bool merge_text(const struct text_merge *merge, struct str *out)
{
	struct arena scratch = {0};
	struct dictionary words = {.arena = &scratch};
	struct text_merge inner = merge_beside(merge, &words);
	struct splits splits = {.count = 0};
	struct str result;
	bool reached[2] = {false, false};

	inner.splits = &splits;
	bool rest = merge_once(&inner, NEITHER, &result) && is_sound(merge, result, reached);
	if (rest)
		result = str_copy(merge->words->arena, result);
	if (!is_split(&splits)) {
		inner = *merge;
		arena_free(&scratch);
	}
	rest = rest && (is_side_of(merge, result) || (rests(&inner, 0, result, reached[0]) &&
						      rests(&inner, 1, result, reached[1])));
	if (rest)
		*out = result;
	arena_free(&scratch);
	return rest;
}

bool merge_gives_theirs(const struct text_merge *merge)
{
	return rests(merge, 0, merge->theirs, false);
}

struct str merge_lines_keeping_both(const struct text_merge *merge)
{
	struct text_merge by_lines = *merge;
	struct str merged = {0};

	by_lines.by_lines_only = by_lines.keeps_both = true;
	merge_lines(&by_lines, &merged);
	return merged;
}
