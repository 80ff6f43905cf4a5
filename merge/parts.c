#include "merge/parts.h"

/* Pieces with which the parts begin, in each of the texts. */
struct cut {
	int piece[TEXTS];
};

struct cutter {
	const struct plan *plan;
	struct cut *cuts;
	int count;
};

/* Whether what stands behind the beginning of a block reads alike without what is before it. */
static bool begins_anew(const struct side *side, int piece)
{
	const struct block *block = piece_block(side, piece);
	int parent = side->pieces[piece].parent;

	return (block->kind == BLOCK_POINT ||
		(block->kind == BLOCK_HEADING && !block->underlined)) &&
	       !block->joined && side->pieces[piece].wordings == 1 &&
	       (parent == NO_PARENT || piece_block(side, parent)->kind == BLOCK_HEADING);
}

static bool can_cut(const struct plan *plan, const struct node *node, enum extent extent)
{
	bool heading = true, unchanged = true;

	for (int t = BASE; t < TEXTS; t++) {
		const struct side *side = plan_text(plan, t);
		int piece = node_piece(node, t);

		if (piece < 0 || !begins_anew(side, piece))
			return false;
		heading = heading && piece_block(side, piece)->kind == BLOCK_HEADING;
		unchanged = unchanged && side->ids[piece] == plan->base.ids[node->base];
	}
	return !node->moved && (heading || (extent == EXTENT_STRETCH && unchanged));
}

static void find_cuts(struct arena *arena, struct cutter *cutter, enum extent extent)
{
	const struct plan *plan = cutter->plan;

	cutter->cuts = arena_array(arena, struct cut, (size_t)plan->base.count + 1);
	for (int i = 0; i < plan->base.count; i++) {
		const struct node *node = plan->nodes + plan->node_of_base[i];

		if (!can_cut(plan, node, extent))
			continue;
		for (int t = BASE; t < TEXTS; t++)
			cutter->cuts[cutter->count].piece[t] = node_piece(node, t);
		cutter->count++;
	}
}

/* How many cuts stand before or at each piece of a text. */
static int *count_cuts(struct arena *arena, const struct cutter *cutter, int text)
{
	const struct side *side = plan_text(cutter->plan, text);
	int *before = arena_array(arena, int, (size_t)side->count + 1), passed = 0;

	for (int i = 0; i < side->count; i++) {
		while (passed < cutter->count && cutter->cuts[passed].piece[text] <= i)
			passed++;
		before[i] = passed;
	}
	return before;
}

/* Leaves only the cuts that no node crosses. */
static void drop_crossed(struct arena *arena, struct cutter *cutter)
{
	const struct plan *plan = cutter->plan;
	int *crossing = arena_array(arena, int, (size_t)cutter->count + 1), kept = 0;
	const int *before[TEXTS];

	for (int t = BASE; t < TEXTS; t++)
		before[t] = count_cuts(arena, cutter, t);
	for (int i = 0; i < plan->count; i++) {
		int first = cutter->count, last = 0;

		for (int t = BASE; t < TEXTS; t++) {
			int piece = node_piece(plan->nodes + i, t);

			if (piece < 0)
				continue;
			first = before[t][piece] < first ? before[t][piece] : first;
			last = before[t][piece] > last ? before[t][piece] : last;
		}
		if (first < last) {
			crossing[first]++;
			crossing[last]--;
		}
	}
	for (int i = 0, open = 0; i < cutter->count; i++) {
		open += crossing[i];
		if (open == 0)
			cutter->cuts[kept++] = cutter->cuts[i];
	}
	cutter->count = kept;
}

static size_t offset_of(const struct cutter *cutter, int cut, int text)
{
	const struct side *side = plan_text(cutter->plan, text);
	struct str source = side->doc->source;

	if (cut < 0)
		return 0;
	if (cut == cutter->count)
		return source.len;
	return (size_t)(piece_block(side, cutter->cuts[cut].piece[text])->raw.at - source.at);
}

static struct parts cut(struct arena *arena, const struct texts *texts, const struct cutter *cutter)
{
	struct parts parts = {arena_array(arena, struct part, (size_t)cutter->count + 1), 0};

	for (int at = -1; at < cutter->count; at++) {
		struct part *part = &parts.at[parts.count];
		size_t bytes = 0;

		for (int t = BASE; t < TEXTS; t++) {
			part->text[t] = str_slice(texts->doc[t].source, offset_of(cutter, at, t),
						  offset_of(cutter, at + 1, t));
			bytes += part->text[t].len;
		}
		parts.count += bytes > 0;
	}
	return parts;
}

/*
 * Whether so little is equal in all three that looking for cuts would only take
 * time: what is small is quickly looked through.
 */
static bool is_unlike(const struct texts *texts)
{
	enum { SMALL_COUNT = 1000 };
	const struct partners *partners = texts->partners;
	int equal = 0;

	for (int i = 0; i < partners->base_count; i++)
		equal += partners->of_base[0][i] >= 0 && partners->of_base[1][i] >= 0;
	return partners->base_count > SMALL_COUNT && 2 * equal < partners->base_count;
}

struct parts parts_within(struct arena *arena, const struct texts *texts, enum extent *extent)
{
	const struct doc *sides[SIDES] = {&texts->doc[OURS], &texts->doc[THEIRS]};
	struct arena scratch = {0};
	struct parts parts = {0};

	if (*extent == EXTENT_STRETCH || is_unlike(texts))
		return parts;
	struct plan plan = plan_merge(&scratch, &scratch, &texts->doc[BASE], sides,
				      (struct plan_rules){.partners = texts->partners});
	while (parts.count < 2 && *extent < EXTENT_STRETCH) {
		struct cutter cutter = {.plan = &plan};

		++*extent;
		find_cuts(&scratch, &cutter, *extent);
		drop_crossed(&scratch, &cutter);
		parts = cut(arena, texts, &cutter);
	}
	arena_free(&scratch);
	return parts;
}

static void add_decisions(struct merged *all, const struct merged *part, uint32_t lines)
{
	for (size_t i = 0; i < part->decision_count; i++) {
		struct decision decision = part->decisions[i];

		decision.line += lines;
		all->decisions[all->decision_count++] = decision;
	}
}

struct merged parts_join(struct arena *arena, const struct merged *merged, size_t count)
{
	struct buf text = {.arena = arena};
	struct merged all = {0};
	uint32_t lines = 0;
	size_t decisions = 0;

	for (size_t i = 0; i < count; i++)
		decisions += merged[i].decision_count;
	all.decisions = arena_array(arena, struct decision, decisions);
	for (size_t i = 0; i < count; i++) {
		if (text.len && text.at[text.len - 1] != '\n') {
			buf_add_byte(&text, '\n');
			lines++;
		}
		add_decisions(&all, &merged[i], lines);
		lines += (uint32_t)str_line_count(merged[i].text);
		buf_add(&text, merged[i].text);
		if (merged[i].degraded > all.degraded)
			all.degraded = merged[i].degraded;
	}
	all.text = buf_str(&text);
	return all;
}
