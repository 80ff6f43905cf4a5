#include "merge/rung.h"

#include <string.h>

#include "merge/absorb.h"
#include "merge/front_matter.h"
#include "merge/lines_back.h"
#include "merge/order.h"
#include "merge/recut.h"
#include "merge/scalar.h"
#include "merge/twins.h"
#include "merge/write.h"

struct texts texts_in_order(struct merge_input input)
{
	bool in_order = str_compare(input.ours, input.theirs) <= 0;

	return (struct texts){
		.raw =
			{
				[BASE] = input.base,
				[OURS] = in_order ? input.ours : input.theirs,
				[THEIRS] = in_order ? input.theirs : input.ours,
			},
		.format = input.format,
	};
}

bool texts_read(struct arena *arena, struct texts *texts)
{
	texts->partners = arena_new(arena, struct partners);
	texts->partners->arena = arena;
	for (int t = 0; t < TEXTS; t++) {
		texts->doc[t] = doc_read_beside(arena, texts->raw[t], &texts->doc[BASE]);
		if (texts->doc[t].opaque)
			return false;
	}
	return true;
}

static struct str front_matter_of(struct arena *arena, const struct texts *texts)
{
	return merge_front_matter(arena, texts->doc[BASE].front, texts->doc[OURS].front,
				  texts->doc[THEIRS].front);
}

/* The last line of the result, which ends in a line feed, as a side left it. */
static struct str finish(const struct texts *texts, struct str text)
{
	const struct doc *doc = texts->doc;

	if (merge_flag(doc[BASE].ends_without_line_end, doc[OURS].ends_without_line_end,
		       doc[THEIRS].ends_without_line_end) &&
	    str_ends(text, STR("\n")))
		text.len--;
	return text;
}

/* Whether what the other deleted, and this side left, stands in this side; rules aside. */
static bool is_back(const struct plan *plan, const struct node *node, int holder)
{
	enum { TOLD_WORDS = 3 };

	if (node->base < 0 || node->side[1 - holder] >= 0 || node->kept)
		return false;
	const struct block *block = piece_block(&plan->base, node->base);
	struct str text = str_trim(block_text(block));

	/* It may be a part of something there; so may a word or two, by chance. */
	return block->kind != BLOCK_RULE &&
	       (str_word_count(text) < TOLD_WORDS ||
		!str_contains(plan->side[1 - holder].doc->source, text));
}

static void tell_kept(const struct plan *plan, struct str text, uint32_t line, size_t *room,
		      struct merged *merged)
{
	arena_push(plan->arena, merged->decisions, merged->decision_count, *room);
	merged->decisions[merged->decision_count++] =
		(struct decision){DECISION_EDIT_KEPT, line, text};
}

/* Of lines that stand together the first one, unless it was told of what they stand in. */
static void tell_lines_back(const struct plan *plan, int holder, const bool *told, size_t *room,
			    struct merged *merged)
{
	struct lines_back back =
		find_lines_back(plan->arena, plan->base.doc->source,
				plan->side[1 - holder].doc->source, plan->side[holder].doc->source);
	uint32_t last = 0;

	for (size_t i = 0; i < back.count; i++) {
		if (back.at[i].line != last + 1 && !told[back.at[i].line])
			tell_kept(plan, back.at[i].text, back.at[i].line, room, merged);
		last = back.at[i].line;
	}
}

/* The side that holds everything has what the other deleted: the other should hear of it. */
static void tell_edits_kept(const struct plan *plan, int holder, struct merged *merged)
{
	const struct side *side = &plan->side[holder];
	bool *told = arena_array(plan->arena, bool, str_line_count(side->doc->source) + 2);
	size_t room = 0;

	for (int i = 0; i < plan->count; i++) {
		const struct node *node = plan->nodes + i;

		if (node->side[holder] < 0 || (!node->edit_kept && !is_back(plan, node, holder)))
			continue;
		const struct block *block = piece_block(side, node->side[holder]);
		struct str text = str_trim(block_text(block));

		text = str_slice(text, 0, str_find_byte(text, '\n', 0));
		tell_kept(plan, text, block->line, &room, merged);
		memset(told + block->line, true, block->lines);
	}
	tell_lines_back(plan, holder, told, &room, merged);
}

/*
 * Cuts the texts as the sides did, once and for the finest way alone: where its result is
 * refused they are merged as they are cut.
 */
static bool recut(struct arena *arena, const struct texts *texts, const struct plan *plan,
		  struct texts *cut)
{
	*cut = (struct texts){.as_cut = true, .by_place = texts->by_place};
	if (!plan->merges_words || texts->as_cut || !recut_texts(arena, plan, cut->raw))
		return false;
	texts->partners->recut = true;
	for (int t = 0; t < TEXTS; t++)
		cut->was_cut[t] = cut->raw[t].at != texts->raw[t].at;
	return texts_read(arena, cut);
}

static struct merged merge_blocks(struct arena *arena, const struct texts *texts,
				  enum degradation degraded)
{
	struct plan_rules rules = {.exact_only = degraded >= DEGRADED_NO_SIMILARITY,
				   .merges_words = degraded == DEGRADED_NOT,
				   .by_place = texts->by_place,
				   .partners = texts->partners};
	const struct doc *sides[SIDES] = {&texts->doc[OURS], &texts->doc[THEIRS]};
	struct arena words = {0};

	memcpy(rules.was_cut, texts->was_cut, sizeof rules.was_cut);
	struct plan plan = plan_merge(arena, &words, &texts->doc[BASE], sides, rules);
	struct texts cut;

	if (recut(arena, texts, &plan, &cut)) {
		plan_forget_words(&plan);
		return merge_blocks(arena, &cut, degraded);
	}
	order_nodes(&plan);
	mark_twins(&plan);
	/* What both reworded is merged with words of its own. */
	plan_forget_words(&plan);

	struct str front = front_matter_of(arena, texts);
	int holder = absorbing_side(&plan, front);

	if (holder != NONE) {
		struct merged merged = {.text = texts->raw[OURS + holder]};

		tell_edits_kept(&plan, holder, &merged);
		return merged;
	}
	struct written written = write_plan(&plan, front);
	return (struct merged){
		.text = finish(texts, written.text),
		.decisions = written.decisions,
		.decision_count = written.decision_count,
		.degraded = degraded,
	};
}

struct text_merge texts_by_lines(const struct texts *texts, struct dictionary *words)
{
	return (struct text_merge){
		.words = words,
		.base = texts->raw[BASE],
		.ours = texts->raw[OURS],
		.theirs = texts->raw[THEIRS],
		.by_lines_only = true,
	};
}

struct texts texts_below_front(struct arena *arena, const struct texts *texts, struct str *front)
{
	struct texts below = *texts;

	*front = (struct str){0};
	if (texts->doc[OURS].front.len == 0 || texts->doc[THEIRS].front.len == 0)
		return below;
	*front = front_matter_of(arena, texts);
	for (int t = 0; t < TEXTS; t++)
		below.raw[t] = str_slice(below.raw[t], texts->doc[t].front.len, below.raw[t].len);
	return below;
}

/* What both changed stands one behind the other, whatever it is. */
static struct merged merge_lines(struct arena *arena, const struct texts *texts)
{
	struct str front;
	struct texts below = texts_below_front(arena, texts, &front);
	struct dictionary words = {.arena = arena};
	struct text_merge merge = texts_by_lines(&below, &words);
	struct str lines = merge_lines_keeping_both(&merge);

	return (struct merged){
		.text = str_printf(arena, "%.*s%.*s", STR_ARGS(front), STR_ARGS(lines)),
		.degraded = DEGRADED_KEEP_BOTH,
	};
}

static bool stands_in(struct str text, const struct texts *texts)
{
	for (int t = 0; t < TEXTS; t++) {
		struct str raw = texts->raw[t];

		if (raw.len && text.at >= raw.at && text.at < raw.at + raw.len)
			return true;
	}
	return false;
}

/* A result that outlives what it was made from. */
static struct merged keep(struct arena *arena, const struct texts *texts, struct merged merged)
{
	struct decision *decisions = arena_array(arena, struct decision, merged.decision_count);

	for (size_t i = 0; i < merged.decision_count; i++) {
		decisions[i] = merged.decisions[i];
		if (!stands_in(decisions[i].text, texts))
			decisions[i].text = str_copy(arena, decisions[i].text);
	}
	merged.decisions = decisions;
	if (merged.text.at != texts->raw[OURS].at && merged.text.at != texts->raw[THEIRS].at)
		merged.text = str_copy(arena, merged.text);
	return merged;
}

struct merged merge_on(struct arena *arena, const struct texts *texts, enum degradation rung)
{
	struct arena scratch = {0};
	struct merged merged = keep(arena, texts,
				    rung < DEGRADED_KEEP_BOTH ? merge_blocks(&scratch, texts, rung)
							      : merge_lines(&scratch, texts));

	arena_free(&scratch);
	return merged;
}

struct merged take_side(struct arena *arena, const struct texts *texts, int s)
{
	const struct doc *sides[SIDES] = {&texts->doc[OURS], &texts->doc[THEIRS]};
	struct merged merged = {.text = texts->raw[OURS + s]};
	struct arena scratch = {0};

	if (!texts->partners)
		return merged;
	struct plan plan = plan_merge(&scratch, &scratch, &texts->doc[BASE], sides,
				      (struct plan_rules){.partners = texts->partners});

	tell_edits_kept(&plan, s, &merged);
	merged = keep(arena, texts, merged);
	arena_free(&scratch);
	return merged;
}
