#include "merge/merge.h"

#include "merge/absorb.h"
#include "merge/keep_both.h"
#include "merge/merge_yaml.h"
#include "merge/order.h"
#include "merge/plan.h"
#include "merge/verify.h"
#include "merge/words.h"
#include "merge/write.h"

enum { BASE, OURS, THEIRS, TEXTS };

/* The three texts, sides in order of their bytes. */
struct texts {
	struct str raw[TEXTS];
	struct doc doc[TEXTS];
};

enum text_format text_format_of(struct str path)
{
	if (str_ends(path, STR(".yml")) || str_ends(path, STR(".yaml")))
		return FORMAT_YAML;
	if (str_ends(path, STR(".md")) || str_ends(path, STR(".markdown")))
		return FORMAT_NOTE;
	return FORMAT_TEXT;
}

static struct str without_returns(struct arena *arena, struct str text)
{
	struct buf out = {.arena = arena};
	struct str line;

	while (str_next_line(&text, &line)) {
		buf_add(&out, str_chomp(line));
		if (str_ends(line, STR("\n")))
			buf_add_byte(&out, '\n');
	}
	return buf_str(&out);
}

static struct str with_returns(struct arena *arena, struct str text)
{
	struct buf out = {.arena = arena};
	struct str line;

	while (str_next_line(&text, &line)) {
		buf_add(&out, str_chomp(line));
		if (str_ends(line, STR("\n")))
			buf_add(&out, STR("\r\n"));
	}
	return buf_str(&out);
}

/* Base, one side, other side: the changed one, or what both say. */
static bool merge_flag(bool base, bool ours, bool theirs)
{
	return ours == base ? theirs : ours;
}

static struct str merge_front(struct arena *arena, const struct texts *texts)
{
	struct dictionary words = {.arena = arena};
	struct text_merge merge = {
		.words = &words,
		.base = texts->doc[BASE].front,
		.ours = texts->doc[OURS].front,
		.theirs = texts->doc[THEIRS].front,
	};
	struct str merged;

	if (merge.ours.len == 0 || merge.theirs.len == 0)
		return merge_scalar(merge.base, merge.ours, merge.theirs);
	if (merge_text(&merge, &merged))
		return merged;
	merged = merge_front_matter(arena, merge.base, merge.ours, merge.theirs);
	return merged.at ? merged : keep_both(arena, merge.ours, merge.theirs);
}

static struct str finish(struct arena *arena, const struct texts *texts, struct str text)
{
	bool returns[TEXTS], open[TEXTS], bom[TEXTS];

	for (int t = 0; t < TEXTS; t++) {
		returns[t] = texts->doc[t].line_end == LINE_END_CRLF;
		open[t] = texts->doc[t].ends_without_line_end;
		bom[t] = texts->doc[t].bom;
	}
	if (merge_flag(open[BASE], open[OURS], open[THEIRS]) && str_ends(text, STR("\n")))
		text.len--;
	if (merge_flag(returns[BASE], returns[OURS], returns[THEIRS]))
		text = with_returns(arena, text);
	if (merge_flag(bom[BASE], bom[OURS], bom[THEIRS]) && text.len)
		text = str_printf(arena, "\xEF\xBB\xBF%.*s", STR_ARGS(text));
	return text;
}

/* The side that holds everything has what the other deleted: the other should hear of it. */
static void tell_edits_kept(const struct plan *plan, int holder, struct merged *merged)
{
	size_t room = 0;

	for (int i = 0; i < plan->count; i++) {
		const struct node *node = plan->nodes + i;

		if (!node->edit_kept || node->side[holder] < 0)
			continue;
		const struct block *block = piece_block(&plan->side[holder], node->side[holder]);

		arena_push(plan->arena, merged->decisions, merged->decision_count, room);
		merged->decisions[merged->decision_count++] =
			(struct decision){DECISION_EDIT_KEPT, block->line, block->text};
	}
}

static struct merged merge_docs(struct arena *arena, const struct texts *texts,
				enum degradation degraded)
{
	struct plan_rules plan_rules = {.exact_only = degraded >= DEGRADED_NO_SIMILARITY};
	struct block_rules block_rules = {.words = degraded == DEGRADED_NOT};
	const struct doc *sides[SIDES] = {&texts->doc[OURS], &texts->doc[THEIRS]};
	struct plan plan = plan_merge(arena, &texts->doc[BASE], sides, plan_rules);

	struct str front = merge_front(arena, texts);
	int holder = absorbing_side(&plan, front, block_rules);

	if (holder != NONE) {
		struct merged merged = {.text = texts->raw[OURS + holder]};

		tell_edits_kept(&plan, holder, &merged);
		return merged;
	}
	order_nodes(&plan);
	struct written written = write_plan(&plan, front, block_rules);
	return (struct merged){
		.text = finish(arena, texts, written.text),
		.decisions = written.decisions,
		.decision_count = written.decision_count,
		.degraded = degraded,
	};
}

/* Bytes that are no text, or too much of it: by lines. */
static struct merged merge_bytes(struct arena *arena, const struct texts *texts)
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

	if (!merge_text(&merge, &merged.text)) {
		merged.text = merge_lines_keeping_both(&merge);
		merged.degraded = DEGRADED_KEEP_BOTH;
	}
	return merged;
}

static bool read_texts(struct arena *arena, struct texts *texts)
{
	for (int t = 0; t < TEXTS; t++) {
		struct doc *doc = &texts->doc[t];

		*doc = doc_read_beside(arena, texts->raw[t], &texts->doc[BASE]);
		if (doc->opaque)
			return false;
		if (doc->line_end == LINE_END_CRLF) {
			*doc = doc_read_beside(arena, without_returns(arena, texts->raw[t]),
					       &texts->doc[BASE]);
			doc->line_end = LINE_END_CRLF;
		}
	}
	return true;
}

/* A side that holds all of the other's changes speaks for itself. */
static bool is_good(struct arena *arena, struct merge_input input, struct str text)
{
	return str_equal(text, input.ours) || str_equal(text, input.theirs) ||
	       verify_merge(arena, input, text).verdict == VERDICT_GOOD;
}

struct merged merge_texts(struct arena *arena, struct merge_input input)
{
	struct texts texts = {.raw = {input.base, input.ours, input.theirs}};

	if (str_equal(input.ours, input.theirs) || str_equal(input.base, input.theirs))
		return (struct merged){.text = input.ours};
	if (str_equal(input.base, input.ours))
		return (struct merged){.text = input.theirs};
	if (str_compare(input.ours, input.theirs) > 0) {
		texts.raw[OURS] = input.theirs;
		texts.raw[THEIRS] = input.ours;
	}
	if (input.format == FORMAT_YAML) {
		struct str yaml =
			merge_yaml(arena, texts.raw[BASE], texts.raw[OURS], texts.raw[THEIRS]);
		/* Writing a value anew may have to spell a byte of it in another way. */
		if (yaml.at && verify_merge(arena, input, yaml).verdict != VERDICT_WORD_INVENTED)
			return (struct merged){.text = yaml};
	}
	if (!read_texts(arena, &texts))
		return merge_bytes(arena, &texts);
	struct str refused = {0};
	for (int rung = DEGRADED_NOT; rung < DEGRADED_KEEP_BOTH; rung++) {
		struct merged merged = merge_docs(arena, &texts, (enum degradation)rung);

		/* What was refused once is refused again. */
		if (rung > DEGRADED_NOT && str_equal(merged.text, refused))
			continue;
		refused = merged.text;
		if (is_good(arena, input, merged.text))
			return merged;
	}
	return (struct merged){
		.text = keep_both(arena, texts.raw[OURS], texts.raw[THEIRS]),
		.degraded = DEGRADED_KEEP_BOTH,
	};
}
