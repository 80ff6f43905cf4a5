#include "merge/yaml_absorb.h"

#include <stdlib.h>

#include "core/ascending.h"
#include "merge/yaml_one_value.h"

struct sorted_texts {
	struct str *at;
	size_t count, done;
};

static struct sorted_texts sorted(struct arena *arena, const struct str *texts, size_t count)
{
	struct sorted_texts copy = {.at = arena_array(arena, struct str, count), .count = count};

	for (size_t i = 0; i < count; i++)
		copy.at[i] = texts[i];
	if (count)
		qsort(copy.at, count, sizeof *copy.at, ascending_str);
	return copy;
}

/* How often the text comes next; texts are asked for in order. */
static size_t take_count(struct sorted_texts *texts, struct str text)
{
	size_t count = 0;

	for (; texts->done < texts->count; texts->done++) {
		int order = str_compare(texts->at[texts->done], text);
		if (order > 0)
			break;
		count += order == 0;
	}
	return count;
}

/* Every text that `part` has more or less often than `base` has changed so in `whole` too. */
static bool holds_texts(struct sorted_texts base, struct sorted_texts part,
			struct sorted_texts whole)
{
	while (base.done < base.count || part.done < part.count) {
		bool from_base = part.done == part.count ||
				 (base.done < base.count &&
				  str_compare(base.at[base.done], part.at[part.done]) < 0);
		struct str text = from_base ? base.at[base.done] : part.at[part.done];
		size_t before = take_count(&base, text), now = take_count(&part, text);
		size_t there = take_count(&whole, text);
		if ((now > before && there < now) || (now < before && there > now))
			return false;
	}
	return true;
}

/* What a wording says, and the comments in it: one that was added is an edit. */
static struct str name_of(struct arena *arena, const struct yaml_wording *wording)
{
	struct lines comments = {0};
	struct buf name = {.arena = arena};

	if (is_collection(wording->node))
		comments = node_comments(arena, wording->node);
	if (comments.count == 0)
		return wording->identity;
	buf_add(&name, wording->identity);
	write_lines(&name, comments);
	return buf_str(&name);
}

static struct sorted_texts texts_of(struct arena *arena, const struct cell *cell)
{
	struct yaml_wordings all = yaml_wordings_of(arena, cell);

	for (size_t i = 0; i < all.count; i++)
		all.names[i] = name_of(arena, &all.at[i]);
	return sorted(arena, all.names, all.count);
}

/* Whether the one value of `whole` is what it makes with that of `part`. */
static bool holds_value(struct arena *arena, const struct cell *base, const struct cell *part,
			const struct cell *whole)
{
	const struct yaml_wordings sides[3] = {yaml_wordings_of(arena, base),
					       yaml_wordings_of(arena, part),
					       yaml_wordings_of(arena, whole)};

	return their_value_is_the_one(arena, sides);
}

/* The comments of a list or map and of its own cells: where one stands may change by a merge. */
static struct sorted_texts notes_of(struct arena *arena, const struct meta *node,
				    struct cells cells)
{
	struct lines notes = {0};

	if (node) {
		lines_add_comments(arena, &notes, lines_of(arena, meta_head(node)));
		lines_add_comments(arena, &notes, lines_of(arena, meta_tail(node)));
	}
	for (size_t i = 0; i < cells.count; i++) {
		lines_add_comments(arena, &notes, cell_lead(arena, &cells.cell[i]));
		lines_add_comments(arena, &notes, cell_comments(arena, &cells.cell[i]));
	}
	return sorted(arena, notes.line, notes.count);
}

static bool same_texts(struct sorted_texts a, struct sorted_texts b)
{
	for (size_t i = 0; a.count == b.count && i < a.count; i++)
		if (!str_equal(a.at[i], b.at[i]))
			return false;
	return a.count == b.count;
}

/* Whether a cell's texts are these. */
static bool says(const struct cell *cell, struct sorted_texts texts)
{
	struct arena scratch = {0};
	bool same = same_texts(texts, texts_of(&scratch, cell));

	arena_free(&scratch);
	return same;
}

static const struct meta *collection_of(const struct cell *cell)
{
	const struct meta *value = cell && cell->main && !cell->rest ? cell->main->value : NULL;

	return is_collection(value) ? value : NULL;
}

/* Whether both are lists or both maps, which are looked into. */
static bool goes_deeper(const struct meta *part, const struct meta *whole)
{
	return part && whole && part->kind == whole->kind;
}

static bool holds_node(struct arena *arena, const struct meta *base, const struct meta *part,
		       const struct meta *whole);

/* `old`: the texts of `base` */
static bool holds_cell(struct arena *arena, struct sorted_texts old, const struct cell *base,
		       const struct cell *part, const struct cell *whole)
{
	const struct meta *known = collection_of(base), *left = collection_of(part),
			  *right = collection_of(whole);
	struct arena scratch = {0};

	if (goes_deeper(left, right))
		return holds_node(arena, known && known->kind == left->kind ? known : NULL, left,
				  right);
	/* A cell may be nearly all of the file: its texts go before the values are merged. */
	bool holds = holds_texts(old, texts_of(&scratch, part), texts_of(&scratch, whole));
	arena_free(&scratch);
	return holds || holds_value(arena, base, part, whole);
}

/* The cells of a text by id: 1 + their number, 0 for none. */
static uint32_t *by_id(struct arena *arena, const struct alignment *all, int t, size_t ids)
{
	uint32_t *at = arena_array(arena, uint32_t, ids);

	for (size_t i = 0; i < all->cells[t].count; i++)
		at[all->set[t].id[i]] = (uint32_t)i + 1;
	return at;
}

static const struct cell *cell_at(struct cells cells, uint32_t number)
{
	return number ? &cells.cell[number - 1] : NULL;
}

/* `part` or `whole` may be NULL: it has no such cell. */
static bool holds_change(struct arena *arena, const struct cell *base, const struct cell *part,
			 const struct cell *whole)
{
	/* What was left as it was is no change, whatever became of it in `whole`. */
	if (base && part && base->node->flow == part->node->flow &&
	    str_equal(base->text, part->text))
		return true;
	struct sorted_texts old = texts_of(arena, base);

	if (!part)
		return !base || !whole || !says(whole, old);
	bool unchanged = base && says(part, old);
	if (!whole)
		return unchanged && text_same_words(base->text, part->text);
	bool deeper = goes_deeper(collection_of(part), collection_of(whole));
	if (unchanged && !deeper && collection_of(part))
		return text_same_words(base->text, part->text);
	return (unchanged && !deeper) || holds_cell(arena, old, base, part, whole);
}

/* Whether of three aligned nodes the whole holds what side `part` changed. */
static bool holds_aligned(struct arena *arena, const struct alignment *all,
			  const struct meta *const nodes[TEXTS], int part)
{
	const struct cells *cells = all->cells;
	int whole = part == OURS ? THEIRS : OURS;
	size_t ids = cells[BASE].count + cells[OURS].count + cells[THEIRS].count;
	uint32_t *old = by_id(arena, all, BASE, ids), *left = by_id(arena, all, part, ids),
		 *right = by_id(arena, all, whole, ids);

	for (size_t id = 0; id < ids; id++) {
		struct arena scratch = {0};
		bool holds = holds_change(&scratch, cell_at(cells[BASE], old[id]),
					  cell_at(cells[part], left[id]),
					  cell_at(cells[whole], right[id]));

		arena_free(&scratch);
		if (!holds)
			return false;
	}
	return holds_texts(notes_of(arena, nodes[BASE], cells[BASE]),
			   notes_of(arena, nodes[part], cells[part]),
			   notes_of(arena, nodes[whole], cells[whole]));
}

static bool holds_node(struct arena *arena, const struct meta *base, const struct meta *part,
		       const struct meta *whole)
{
	const struct meta *const nodes[TEXTS] = {base, part, whole};
	struct arena names = {0};
	struct alignment all = cells_align(arena, &names, base, part, whole);

	arena_free(&names);
	return holds_aligned(arena, &all, nodes, OURS);
}

int yaml_absorbing(const struct meta *base, const struct meta *ours, const struct meta *theirs)
{
	const struct meta *const nodes[TEXTS] = {base && base->kind == ours->kind ? base : NULL,
						 ours, theirs};
	struct arena aligning = {0}, names = {0}, scratch = {0};

	if (ours->kind != theirs->kind || ours->kind == META_SCALAR)
		return BASE;
	struct alignment all = cells_align(&aligning, &names, nodes[BASE], ours, theirs);
	arena_free(&names);
	bool theirs_holds = holds_aligned(&scratch, &all, nodes, OURS);
	arena_free(&scratch);
	bool ours_holds = holds_aligned(&scratch, &all, nodes, THEIRS);
	arena_free(&scratch);
	arena_free(&aligning);
	if (ours_holds == theirs_holds)
		return BASE;
	return ours_holds ? OURS : THEIRS;
}
