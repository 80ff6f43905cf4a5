#include "merge/block.h"

#include <stdlib.h>

#include "merge/head.h"
#include "merge/opening.h"
#include "merge/scalar.h"
#include "merge/shared_lines.h"
#include "merge/table_rows.h"
#include "merge/wording_set.h"
#include "merge/words.h"

struct merger {
	struct plan *plan;
	const struct columns *columns; /* of the table that a row stands in; NULL: not known */
	struct str edit_kept;	       /* as in struct text_merge, of the text merged last */
};

/*
 * What two people left of a text may be too little to know it again by: then
 * merging once more would take it for a new one.
 */
static bool can_be_known(struct plan *plan, struct dictionary *words, enum block_kind kind,
			 struct str base, struct str merged)
{
	struct link_hashes was = link_hashes_of(words->arena, base);
	struct link_hashes is = link_hashes_of(words->arena, merged);

	if (lead_elsewhere(was, is))
		return false;
	return str_is_blank(base) ||
	       (was.place && was.place == is.place &&
		is_only_link_to(plan->arena, &plan->base, was.place)) ||
	       texts_share_lines(words, kind, base, merged) ||
	       is_rewording(words->arena, words, text_words(words->arena, words, base, false),
			    text_words(words->arena, words, merged, false));
}

/* Both sides changed the text. out: whether both changes can be had in one; then through `out` */
static bool merge_changes(const struct merger *merger, const struct text_merge *merge,
			  enum block_kind kind, struct str *out)
{
	if (kind == BLOCK_ROW || kind == BLOCK_TABLE)
		return merge_cells(merge, merger->columns, out);
	return merge_text(merge, out) &&
	       (str_equal(*out, merge->ours) || str_equal(*out, merge->theirs) ||
		can_be_known(merger->plan, merge->words, kind, merge->base, *out));
}

/* Whether what side `s` has is as wide as the result. */
static bool is_fit(const struct merger *merger, int s)
{
	return !merger->columns || has_all_columns(merger->columns, OURS + s);
}

/* A point may become a paragraph, and a paragraph a point. */
static enum block_kind merged_kind(const struct wording *base, const struct wording *ours,
				   const struct wording *theirs)
{
	return ours->kind == base->kind ? theirs->kind : ours->kind;
}

/* Whether the text could be merged. */
static bool merge_block_text(struct merger *merger, const struct wording *base,
			     const struct wording *ours, const struct wording *theirs,
			     struct str *out)
{
	if ((str_equal(ours->text, theirs->text) || str_equal(base->text, theirs->text)) &&
	    is_fit(merger, 0)) {
		*out = ours->text;
		return true;
	}
	if (str_equal(base->text, ours->text) && is_fit(merger, 1)) {
		*out = theirs->text;
		return true;
	}
	if (base->kind == BLOCK_RULE) {
		*out = merge_scalar(base->text, ours->text, theirs->text);
		return true;
	}
	if (!merger->plan->merges_words)
		return false;
	/* The words of one block are of no use to the next one. */
	struct arena scratch = {0};
	struct dictionary words = {.arena = &scratch};
	struct text_merge merge = {
		.words = &words,
		.base = base->text,
		.ours = ours->text,
		.theirs = theirs->text,
		.by_lines_only = base->kind == BLOCK_FENCE,
		.keeps_alike = base->kind == BLOCK_HTML, /* its tags make any two alike */
		.edit_kept = &merger->edit_kept,
	};
	struct str merged;
	bool could = merge_changes(merger, &merge, merged_kind(base, ours, theirs), &merged);

	if (could)
		*out = str_copy(merger->plan->arena, merged);
	arena_free(&scratch);
	return could;
}

static struct wordings one(struct merger *merger, struct wording wording)
{
	struct wordings result = {.at = arena_new(merger->plan->arena, struct wording), .count = 1};

	*result.at = wording;
	return result;
}

static bool takes_label(enum block_kind kind)
{
	return kind != BLOCK_DEFINITION && kind != BLOCK_TABLE && kind != BLOCK_RULE;
}

/*
 * Two definitions stand one below the other; of two headers of a table the
 * second becomes its first row.
 */
static struct str stacked(struct arena *arena, const struct wording *first,
			  const struct wording *second)
{
	struct str rest = second->text, line;
	struct buf out = {.arena = arena};

	buf_add(&out, first->text);
	buf_add_byte(&out, '\n');
	if (first->kind == BLOCK_TABLE && str_next_line(&rest, &line))
		buf_add(&out, str_chomp(line));
	else
		buf_add(&out, second->text);
	return buf_str(&out);
}

static int wording_order(const void *a, const void *b)
{
	return wording_compare(a, b);
}

/*
 * Wordings are of one kind: the mark that a side took off a point parts its wording from
 * what is around, so where some are paragraphs, all have the mark that one of the others has.
 */
static void make_of_one_kind(struct wordings *wordings)
{
	const struct wording *marked = NULL;

	for (int i = 0; i < wordings->count && !marked; i++)
		if (wordings->at[i].kind != BLOCK_PARAGRAPH)
			marked = &wordings->at[i];
	for (int i = 0; i < wordings->count && marked; i++)
		if (wordings->at[i].kind == BLOCK_PARAGRAPH) {
			wordings->at[i].head = marked->head;
			wordings->at[i].kind = marked->kind;
		}
}

/* What both sides say, in the columns of the result. */
static struct wordings two_wordings(struct merger *merger, const struct wording *merged,
				    const struct wording *ours, const struct wording *theirs)
{
	struct arena *arena = merger->plan->arena;
	struct wordings result = {.at = arena_array(arena, struct wording, SIDES), .count = SIDES};

	result.at[0] = *ours;
	result.at[1] = *theirs;
	for (int s = 0; s < SIDES; s++) {
		struct wording *it = &result.at[s];

		if (merger->columns)
			it->text = fit_row(arena, it->text, merger->columns, OURS + s);
		if (ours->kind == theirs->kind)
			it->head = merged->head;
	}
	qsort(result.at, SIDES, sizeof *result.at, wording_order);
	make_of_one_kind(&result);
	return result;
}

/* What stands behind the text of one kind is no part of another. */
static struct str merge_tail(enum block_kind kind, const struct wording *base,
			     const struct wording *ours, const struct wording *theirs)
{
	if (ours->kind == theirs->kind)
		return merge_scalar(base->tail, ours->tail, theirs->tail);
	return ours->kind == kind ? ours->tail : theirs->tail;
}

/* Both sides hold the block, the base perhaps. */
static struct wordings merge_both(struct merger *merger, const struct wording *base,
				  const struct wording *ours, const struct wording *theirs,
				  bool same_words)
{
	struct wording none = {.kind = ours->kind}, merged;

	if (!base)
		base = &none;
	merged.kind = merged_kind(base, ours, theirs);
	merged.head = merge_head(merger->plan->arena, base->head, ours->head, theirs->head);
	merged.tail = merge_tail(merged.kind, base, ours, theirs);
	if (merge_block_text(merger, base, ours, theirs, &merged.text)) {
		/* Who took the words left the mark, without which there is no block. */
		if (merged.kind == BLOCK_PARAGRAPH && str_is_blank(merged.text))
			merged = ours->kind == BLOCK_PARAGRAPH ? *theirs : *ours;
		struct wordings whole = one(merger, merged);

		whole.edit_kept = merger->edit_kept;
		return whole;
	}
	if (same_words) {
		merged.text = merge_scalar(base->text, ours->text, theirs->text);
		return one(merger, merged);
	}
	if (!takes_label(ours->kind)) {
		bool in_order = wording_compare(ours, theirs) <= 0;

		merged.text = in_order ? stacked(merger->plan->arena, ours, theirs)
				       : stacked(merger->plan->arena, theirs, ours);
		struct wordings both = one(merger, merged);

		both.stacked = true;
		return both;
	}
	return two_wordings(merger, &merged, ours, theirs);
}

static struct wordings merge_sets(struct merger *merger, const struct node *node)
{
	struct set_wordings staying = wordings_that_stay(merger->plan, node);
	struct wording was = {0}; /* a new wording has the marks of an old one before it */
	struct wordings result = {
		.at = arena_array(merger->plan->arena, struct wording, (size_t)staying.count)};

	if (node->base >= 0)
		was = wording_of(piece_block(&merger->plan->base, node->base), true);
	for (int i = 0; i < staying.count; i++) {
		const struct set_wording *it = &staying.at[i];
		const struct block *left = it->side[0] ? it->side[0] : it->side[1];
		const struct block *right = it->side[1] ? it->side[1] : it->side[0];
		struct wording base = wording_of(it->base ? it->base : left, true);
		struct wording ours = wording_of(left, true), theirs = wording_of(right, true);

		if (!it->base)
			base.head = was.head;
		result.at[result.count++] = merge_both(merger, &base, &ours, &theirs, true).at[0];
	}
	qsort(result.at, (size_t)result.count, sizeof *result.at, wording_order);
	make_of_one_kind(&result);
	return result;
}

/* Both added the row: it says what both say, in the columns of the result. */
static struct wording new_row(struct merger *merger, const struct wording side[SIDES])
{
	struct arena *arena = merger->plan->arena;
	struct row_cells cells[SIDES];
	struct wording row = side[0];

	for (int s = 0; s < SIDES; s++)
		cells[s] =
			row_cells(arena, fit_row(arena, side[s].text, merger->columns, OURS + s));
	for (int s = 0; s < SIDES; s++)
		if (has_all_columns(merger->columns, OURS + s) &&
		    row_says_all_of(merger->columns, OURS + s, &cells[s], &cells[1 - s]))
			return side[s];
	row.text = row_with_both(arena, &cells[0], &cells[1]);
	return row;
}

static struct wordings merge_node(struct plan *plan, const struct node *node)
{
	struct merger merger = {.plan = plan};
	struct wording base = {0}, side[SIDES] = {{0}};

	if (node_has_set(plan, node)) {
		struct node present = *node;

		/* A side that deleted the set has no say in which wordings stay. */
		for (int s = 0; s < SIDES; s++)
			if (node->side[s] < 0)
				present.base = NONE;
		return merge_sets(&merger, &present);
	}
	for (int s = 0; s < SIDES; s++)
		if (node->side[s] >= 0)
			side[s] = wording_of(piece_block(&plan->side[s], node->side[s]), false);
	for (int s = 0; s < SIDES && node->base < 0; s++)
		if (node->side[s] >= 0)
			side[s].head = head_in_list(plan, s, node->side[s], side[s].head);
	merger.columns = columns_of_node(plan, node);
	for (int s = 0; s < SIDES; s++) {
		if (node->side[1 - s] >= 0)
			continue;
		if (merger.columns && side[s].kind == BLOCK_ROW)
			side[s].text = fit_row(plan->arena, side[s].text, merger.columns, OURS + s);
		return one(&merger, side[s]);
	}
	if (node->base < 0 && merger.columns)
		return one(&merger, new_row(&merger, side));
	if (node->base >= 0)
		base = wording_of(piece_block(&plan->base, node->base), false);
	return merge_both(&merger, node->base >= 0 ? &base : NULL, &side[0], &side[1],
			  plan->side[0].ids[node->side[0]] == plan->side[1].ids[node->side[1]]);
}

const struct wordings *node_merged(struct plan *plan, int node)
{
	if (!plan->merged)
		plan->merged =
			arena_array(plan->arena, const struct wordings *, (size_t)plan->count);
	if (!plan->merged[node]) {
		struct wordings *merged = arena_new(plan->arena, struct wordings);

		*merged = merge_node(plan, plan->nodes + node);
		plan->merged[node] = merged;
	}
	return plan->merged[node];
}
