#include "merge/block.h"

#include <stdlib.h>

#include "core/label.h"
#include "merge/table.h"
#include "merge/words.h"

struct merger {
	struct plan *plan;
	struct block_rules rules;
	const struct columns *columns; /* of the table that a row stands in; NULL: not known */
};

static struct wording wording_of(const struct block *block, bool in_set)
{
	struct str raw = str_chomp(block->raw), text = block->text;
	struct wording wording = {.kind = block->kind};

	if (!text.at)
		text = str_slice(raw, raw.len, raw.len);
	if (block->kind == BLOCK_ROW)
		text = row_without_last_pipe(text);
	wording.head = str_slice(raw, 0, (size_t)(text.at - raw.at));
	wording.tail = str_slice(raw, wording.head.len + text.len, raw.len);
	if (in_set)
		label_read(text, &text);
	wording.text = text;
	return wording;
}

void wording_write(struct buf *out, const struct wording *wording, uint32_t label)
{
	struct str text = wording->text;
	struct buf mark = {.arena = out->arena};

	buf_add(out, wording->head);
	if (label == 0) {
		buf_add(out, text);
		buf_add(out, wording->tail);
		return;
	}
	label_write(&mark, label);
	buf_add(out, str_trim_right(text));
	if (wording->kind == BLOCK_FENCE || wording->kind == BLOCK_QUOTE ||
	    wording->kind == BLOCK_HTML) {
		buf_add(out, STR("\n"));
		buf_add(out, str_trim(buf_str(&mark)));
		return;
	}
	buf_add(out, buf_str(&mark));
	if (wording->kind == BLOCK_ROW && wording->tail.len)
		buf_add_byte(out, ' ');
	buf_add(out, wording->tail);
}

/* The head of a point, in its parts. */
struct head {
	struct str indent, mark, space, box, rest;
};

static struct str take_while(struct str *rest, bool blank)
{
	size_t end = 0;

	while (end < rest->len && (rest->at[end] == ' ' || rest->at[end] == '\t') == blank)
		end++;
	struct str taken = str_slice(*rest, 0, end);
	*rest = str_slice(*rest, end, rest->len);
	return taken;
}

static struct head split_head(struct str text)
{
	struct head head;

	head.indent = take_while(&text, true);
	head.mark = take_while(&text, false);
	head.space = take_while(&text, true);
	head.box = str_slice(text, 0, 3);
	head.rest = str_slice(text, 3, text.len);
	return head;
}

static struct str merge_box(struct str base, struct str ours, struct str theirs)
{
	if (str_equal(ours, base))
		return theirs;
	if (str_equal(theirs, base))
		return ours;
	return str_equal(ours, STR("[x]")) ? ours : merge_scalar(base, ours, theirs);
}

static struct str merge_head(struct arena *arena, struct str base, struct str ours,
			     struct str theirs)
{
	struct buf out = {.arena = arena};

	if (str_equal(ours, theirs) || str_equal(base, theirs))
		return ours;
	if (str_equal(base, ours))
		return theirs;
	struct head b = split_head(base), x = split_head(ours), y = split_head(theirs);
	struct head merged = {
		.indent = merge_scalar(b.indent, x.indent, y.indent),
		.mark = merge_scalar(b.mark, x.mark, y.mark),
		.space = merge_scalar(b.space, x.space, y.space),
		.box = merge_box(b.box, x.box, y.box),
		.rest = merge_scalar(b.rest, x.rest, y.rest),
	};
	/* Without a mark there is nothing that a box or a space could stand behind. */
	if (merged.mark.len == 0 && merged.box.len)
		return merge_scalar(base, ours, theirs);
	buf_add(&out, merged.indent);
	buf_add(&out, merged.mark);
	if (merged.mark.len == 0)
		return buf_str(&out);
	buf_add(&out, merged.space);
	buf_add(&out, merged.box);
	buf_add(&out, merged.rest);
	return buf_str(&out);
}

static enum block_kind merge_kind(enum block_kind base, enum block_kind ours,
				  enum block_kind theirs)
{
	return ours == base ? theirs : ours;
}

static struct numbers words_of(struct dictionary *words, struct str text)
{
	uint32_t *ids = arena_array(words->arena, uint32_t, str_word_count(text) + 1);
	struct str word;
	int count = 0;

	while (str_next_word(&text, &word))
		ids[count++] = word_id(words, word);
	return (struct numbers){ids, count};
}

/*
 * What two people left of a text may be too little to know it again by: then
 * merging once more would take it for a new one.
 */
static bool can_be_known(struct dictionary *words, struct str base, struct str merged)
{
	return str_is_blank(base) ||
	       is_rewording(words->arena, words_of(words, base), words_of(words, merged));
}

/* Both sides changed the text. out: whether both changes can be had in one; then through `out` */
static bool merge_changes(const struct text_merge *merge, enum block_kind kind,
			  const struct columns *columns, struct str *out)
{
	if (kind == BLOCK_ROW || kind == BLOCK_TABLE)
		return merge_cells(merge, columns, out);
	return merge_text(merge, out) &&
	       (str_equal(*out, merge->ours) || str_equal(*out, merge->theirs) ||
		can_be_known(merge->words, merge->base, *out));
}

/* Whether the text could be merged. */
static bool merge_block_text(struct merger *merger, const struct wording *base,
			     const struct wording *ours, const struct wording *theirs,
			     struct str *out)
{
	if (str_equal(ours->text, theirs->text) || str_equal(base->text, theirs->text)) {
		*out = ours->text;
		return true;
	}
	if (str_equal(base->text, ours->text)) {
		*out = theirs->text;
		return true;
	}
	if (base->kind == BLOCK_RULE) {
		*out = merge_scalar(base->text, ours->text, theirs->text);
		return true;
	}
	if (!merger->rules.words)
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
	};
	struct str merged;
	bool could = merge_changes(&merge, base->kind, merger->columns, &merged);

	if (could)
		*out = str_copy(merger->plan->arena, merged);
	arena_free(&scratch);
	return could;
}

static int by_bytes(const struct wording *a, const struct wording *b)
{
	int order = str_compare(a->text, b->text);

	if (order == 0)
		order = str_compare(a->head, b->head);
	return order ? order : str_compare(a->tail, b->tail);
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

/* Both sides hold the block, the base perhaps. */
static struct wordings merge_both(struct merger *merger, const struct wording *base,
				  const struct wording *ours, const struct wording *theirs,
				  bool same_words)
{
	struct wording none = {.kind = ours->kind}, merged;

	if (!base)
		base = &none;
	merged.kind = merge_kind(base->kind, ours->kind, theirs->kind);
	merged.head = merge_head(merger->plan->arena, base->head, ours->head, theirs->head);
	merged.tail = merge_scalar(base->tail, ours->tail, theirs->tail);
	if (merge_block_text(merger, base, ours, theirs, &merged.text))
		return one(merger, merged);
	if (same_words) {
		merged.text = merge_scalar(base->text, ours->text, theirs->text);
		return one(merger, merged);
	}
	int first = by_bytes(ours, theirs) <= 0 ? 0 : 1;
	if (!takes_label(ours->kind)) {
		merged.text = first == 0 ? stacked(merger->plan->arena, ours, theirs)
					 : stacked(merger->plan->arena, theirs, ours);
		return one(merger, merged);
	}
	struct wordings result = {.at = arena_array(merger->plan->arena, struct wording, 2),
				  .count = 2};
	result.at[first] = *ours;
	result.at[1 - first] = *theirs;
	/* Wordings are of one kind: the mark that one side took off parts them from what is around.
	 */
	if (ours->kind != theirs->kind) {
		merged.kind = ours->kind == BLOCK_PARAGRAPH ? theirs->kind : ours->kind;
		merged.head = ours->kind == BLOCK_PARAGRAPH ? theirs->head : ours->head;
	}
	for (int i = 0; i < 2; i++) {
		result.at[i].head = merged.head;
		result.at[i].kind = merged.kind;
	}
	return result;
}

/* One wording of a set with the blocks that say it. */
struct member {
	const struct block *base, *side[SIDES];
};

static bool is_prose(enum block_kind kind)
{
	return kind == BLOCK_PARAGRAPH || kind == BLOCK_POINT;
}

static bool says_the_same(const struct block *a, const struct block *b)
{
	return key_equal(a->normal, b->normal) &&
	       (a->kind == b->kind || (is_prose(a->kind) && is_prose(b->kind)));
}

static const struct block *any_of(const struct member *member)
{
	return member->base ? member->base : member->side[0] ? member->side[0] : member->side[1];
}

/* Members that are found by what they say. */
struct members {
	struct member *at;
	int count;
	int *slots; /* the number of a member from 1, 0: the slot is free */
	uint32_t mask;
};

static struct members members_new(struct arena *arena, int most)
{
	uint32_t slots = 4;

	while (slots < 2 * (uint32_t)most)
		slots *= 2;
	return (struct members){
		.at = arena_array(arena, struct member, (size_t)most),
		.slots = arena_array(arena, int, slots),
		.mask = slots - 1,
	};
}

static struct member *member_for(struct members *members, const struct block *block)
{
	uint32_t slot = (uint32_t)block->normal.low & members->mask;

	for (; members->slots[slot]; slot = (slot + 1) & members->mask) {
		struct member *member = &members->at[members->slots[slot] - 1];

		if (says_the_same(any_of(member), block))
			return member;
	}
	members->slots[slot] = ++members->count;
	return &members->at[members->count - 1];
}

static bool stays(const struct member *member)
{
	return (member->side[0] && member->side[1]) ||
	       (!member->base && (member->side[0] || member->side[1]));
}

static int wording_order(const void *a, const void *b)
{
	return by_bytes(a, b);
}

/* Merges sets of wordings: additions join, what a side removed goes, but never all. */
static struct wordings merge_sets(struct merger *merger, const struct node *node)
{
	struct plan *plan = merger->plan;
	const struct side *texts[3] = {&plan->base, &plan->side[0], &plan->side[1]};
	int piece[3] = {node->base, node->side[0], node->side[1]}, total = 0;
	bool any = false;

	for (int t = 0; t < 3; t++)
		total += piece[t] >= 0 ? texts[t]->pieces[piece[t]].wordings : 0;
	struct members members = members_new(plan->arena, total);
	for (int t = 0; t < 3; t++)
		for (int i = 0; piece[t] >= 0 && i < texts[t]->pieces[piece[t]].wordings; i++) {
			const struct block *block = piece_block(texts[t], piece[t]) + i;
			struct member *member = member_for(&members, block);
			*(t == 0 ? &member->base : &member->side[t - 1]) = block;
		}
	for (int i = 0; i < members.count; i++)
		any = any || stays(&members.at[i]);

	struct wordings result = {
		.at = arena_array(plan->arena, struct wording, (size_t)members.count)};
	for (int i = 0; i < members.count; i++) {
		const struct member *it = &members.at[i];
		struct wording base, ours, theirs;

		if (any ? !stays(it) : !it->side[0] && !it->side[1])
			continue;
		const struct block *left = it->side[0] ? it->side[0] : it->side[1];
		const struct block *right = it->side[1] ? it->side[1] : it->side[0];
		base = wording_of(it->base ? it->base : left, true);
		if (!it->base)
			base.head = (struct str){0};
		ours = wording_of(left, true);
		theirs = wording_of(right, true);
		result.at[result.count++] = merge_both(merger, &base, &ours, &theirs, true).at[0];
	}
	qsort(result.at, (size_t)result.count, sizeof *result.at, wording_order);
	return result;
}

/* The nearest item beside a piece, on either hand, that the base and both sides have; NONE. */
static int known_sibling(const struct plan *plan, int s, int piece)
{
	enum { SEARCHED = 64 };
	const struct piece *pieces = plan->side[s].pieces;

	for (int distance = 1; distance < SEARCHED; distance++)
		for (int hand = -1; hand <= 1; hand += 2) {
			int at = piece + hand * distance;

			if (at < 0 || at >= plan->side[s].count ||
			    pieces[at].parent != pieces[piece].parent)
				continue;
			const struct node *node = plan->nodes + plan->node_of_side[s][at];
			if (node->base >= 0 && node->side[1 - s] >= 0 &&
			    piece_block(&plan->side[s], at)->kind == BLOCK_POINT)
				return plan->node_of_side[s][at];
		}
	return NONE;
}

/*
 * The bullet of an item that a side added: where the other wrote the bullets of
 * the list anew, it is the new one, so that it stays one list.
 */
static struct str bullet_of_list(const struct plan *plan, int s, int piece, struct str head)
{
	const struct block *item = piece_block(&plan->side[s], piece);
	int sibling =
		item->kind == BLOCK_POINT && !item->numbered ? known_sibling(plan, s, piece) : NONE;

	if (sibling == NONE)
		return head;
	const struct node *node = plan->nodes + sibling;
	const struct block *mine = piece_block(&plan->side[s], node->side[s]);
	const struct block *base = piece_block(&plan->base, node->base);
	const struct block *other = piece_block(&plan->side[1 - s], node->side[1 - s]);
	if (mine->glyph != item->glyph || base->glyph != item->glyph || mine->numbered ||
	    base->numbered || other->kind != BLOCK_POINT || other->numbered ||
	    other->glyph == item->glyph)
		return head;
	size_t at = str_find_byte(head, item->glyph, 0);
	struct buf changed = {.arena = plan->arena};
	buf_add(&changed, str_slice(head, 0, at));
	buf_add_byte(&changed, other->glyph);
	buf_add(&changed, str_slice(head, at + 1, head.len));
	return buf_str(&changed);
}

static bool is_set(const struct side *side, int piece)
{
	return piece >= 0 && side->pieces[piece].wordings > 1;
}

/* The table that a row of side `s` stands in, or the header itself. */
static int table_of(const struct side *side, int piece)
{
	while (piece >= 0 && piece_block(side, piece)->kind == BLOCK_ROW)
		piece = side->pieces[piece].parent;
	return piece >= 0 && piece_block(side, piece)->kind == BLOCK_TABLE ? piece : NONE;
}

static struct str header_of(const struct side *side, int table)
{
	struct str text = piece_block(side, table)->text, line = {0};

	str_next_line(&text, &line);
	return str_chomp(line);
}

/* The columns of the table that the node stands in, if all three have it and they differ. */
static const struct columns *columns_of(struct plan *plan, const struct node *node)
{
	int s = node->side[0] >= 0 ? 0 : 1;
	int table = table_of(&plan->side[s], node->side[s]);

	if (table == NONE)
		return NULL;
	const struct node *all = plan->nodes + plan->node_of_side[s][table];
	if (all->base < 0 || all->side[0] < 0 || all->side[1] < 0 ||
	    piece_block(&plan->base, all->base)->kind != BLOCK_TABLE ||
	    piece_block(&plan->side[1 - s], all->side[1 - s])->kind != BLOCK_TABLE)
		return NULL;
	const struct str headers[COLUMN_TEXTS] = {header_of(&plan->base, all->base),
						  header_of(&plan->side[0], all->side[0]),
						  header_of(&plan->side[1], all->side[1])};
	if (str_equal(headers[0], headers[1]) && str_equal(headers[0], headers[2]))
		return NULL;
	struct columns *columns = arena_new(plan->arena, struct columns);
	return columns_plan(&plan->words, headers, columns) && !columns->same ? columns : NULL;
}

struct wordings merge_node(struct plan *plan, const struct node *node, struct block_rules rules)
{
	struct merger merger = {.plan = plan, .rules = rules};
	struct wording base, side[SIDES];

	if (is_set(&plan->base, node->base) || is_set(&plan->side[0], node->side[0]) ||
	    is_set(&plan->side[1], node->side[1])) {
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
			side[s].head = bullet_of_list(plan, s, node->side[s], side[s].head);
	merger.columns = columns_of(plan, node);
	for (int s = 0; s < SIDES; s++) {
		if (node->side[1 - s] >= 0)
			continue;
		if (merger.columns && side[s].kind == BLOCK_ROW)
			side[s].text = fit_row(plan->arena, side[s].text, merger.columns, s);
		return one(&merger, side[s]);
	}
	if (node->base >= 0)
		base = wording_of(piece_block(&plan->base, node->base), false);
	return merge_both(&merger, node->base >= 0 ? &base : NULL, &side[0], &side[1],
			  plan->side[0].ids[node->side[0]] == plan->side[1].ids[node->side[1]]);
}
