#include "merge/merge.h"

#include "merge/absorb.h"
#include "merge/keep_both.h"
#include "merge/merge_yaml.h"
#include "merge/order.h"
#include "merge/plan.h"
#include "merge/twins.h"
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
	mark_twins(&plan);
	struct written written = write_plan(&plan, front, block_rules);
	return (struct merged){
		.text = finish(arena, texts, written.text),
		.decisions = written.decisions,
		.decision_count = written.decision_count,
		.degraded = degraded,
	};
}

/* A result that outlives what it was made from. */
static struct merged keep(struct arena *arena, const struct texts *texts, struct merged merged)
{
	struct decision *decisions = arena_array(arena, struct decision, merged.decision_count);

	for (size_t i = 0; i < merged.decision_count; i++) {
		decisions[i] = merged.decisions[i];
		decisions[i].text = str_copy(arena, decisions[i].text);
	}
	merged.decisions = decisions;
	if (merged.text.at != texts->raw[OURS].at && merged.text.at != texts->raw[THEIRS].at)
		merged.text = str_copy(arena, merged.text);
	return merged;
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

/* A side that holds all of the other's changes speaks for itself. */
static struct finding check(struct arena *arena, struct merge_input input, struct str text)
{
	if (str_equal(text, input.ours) || str_equal(text, input.theirs))
		return (struct finding){VERDICT_GOOD, {0}};
	return verify_merge(arena, input, text);
}

/* Each rung gives back its memory before its result is verified. */
static struct merged merge_note(struct arena *arena, const struct texts *texts,
				struct merge_input input)
{
	struct finding finding = {0};
	struct str refused = {0};
	struct merged merged;

	for (int rung = DEGRADED_NOT; rung < DEGRADED_KEEP_BOTH; rung++) {
		struct arena scratch = {0};

		merged = keep(arena, texts, merge_docs(&scratch, texts, (enum degradation)rung));
		arena_free(&scratch);
		/* What was refused once is refused again. */
		if (rung > DEGRADED_NOT && str_equal(merged.text, refused))
			continue;
		refused = merged.text;
		struct finding now = check(arena, input, merged.text);
		if (now.verdict == VERDICT_GOOD)
			goto done;
		if (finding.verdict == VERDICT_GOOD)
			finding = now;
	}
	merged = (struct merged){
		.text = keep_both(arena, texts->raw[OURS], texts->raw[THEIRS]),
		.degraded = DEGRADED_KEEP_BOTH,
	};
done:
	if (merged.degraded != DEGRADED_NOT)
		tell(arena, &merged, (struct decision){DECISION_DEGRADED, 1, finding.text});
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

/* out: whether the texts could be merged by key */
static bool merge_keys(struct arena *arena, const struct texts *texts, struct merge_input input,
		       struct merged *out)
{
	struct str yaml = merge_yaml(arena, texts->raw[BASE], texts->raw[OURS], texts->raw[THEIRS]);

	/* Writing a value anew may have to spell a byte of it in another way. */
	if (!yaml.at || verify_merge(arena, input, yaml).verdict == VERDICT_WORD_INVENTED)
		return false;
	*out = (struct merged){.text = yaml};
	return true;
}

struct merged merge_texts(struct arena *arena, struct merge_input input)
{
	struct texts texts = {.raw = {input.base, input.ours, input.theirs}};
	struct arena reading = {0};
	struct merged merged;

	if (str_equal(input.ours, input.theirs) || str_equal(input.base, input.theirs))
		return (struct merged){.text = input.ours};
	if (str_equal(input.base, input.ours))
		return (struct merged){.text = input.theirs};
	if (str_compare(input.ours, input.theirs) > 0) {
		texts.raw[OURS] = input.theirs;
		texts.raw[THEIRS] = input.ours;
	}
	if (input.format == FORMAT_YAML && merge_keys(arena, &texts, input, &merged))
		return merged;
	if (read_texts(&reading, &texts))
		merged = merge_note(arena, &texts, input);
	else
		merged = merge_bytes(arena, &texts, input);
	arena_free(&reading);
	return merged;
}
