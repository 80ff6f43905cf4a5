#include "core/variant.h"

#include <stdlib.h>

#include "core/label.h"

/* Is `next` the wording that follows `block` in one set? */
static bool follows(const struct doc *doc, size_t block, size_t next)
{
	const struct block *one = &doc->blocks[block], *other = &doc->blocks[next];

	return other->kind == one->kind && other->parent == one->parent &&
	       other->label == one->label + 1;
}

struct variant_sets variant_sets_of(struct arena *arena, const struct doc *doc)
{
	struct variant_sets found = {0};
	size_t room = 0, last;

	for (size_t i = 0; i < doc->count; i++) {
		if (doc->blocks[i].label != 1)
			continue;
		struct variant_set set = {.count = 1};
		for (last = i; doc->blocks[last].end < doc->count &&
			       follows(doc, last, doc->blocks[last].end);
		     set.count++)
			last = doc->blocks[last].end;
		if (set.count < 2)
			continue;
		set.blocks = arena_array(arena, size_t, set.count);
		last = i;
		for (size_t n = 0; n < set.count; n++, last = doc->blocks[last].end)
			set.blocks[n] = last;
		arena_push(arena, found.sets, found.count, room);
		found.sets[found.count++] = set;
	}
	return found;
}

size_t *variant_numbers(struct arena *arena, const struct doc *doc)
{
	size_t *numbers = arena_array(arena, size_t, doc->count);
	struct variant_sets sets = variant_sets_of(arena, doc);

	for (size_t i = 0; i < sets.count; i++)
		for (size_t n = 0; n < sets.sets[i].count; n++)
			numbers[sets.sets[i].blocks[n]] = i + 1;
	return numbers;
}

/* "⟨version 2⟩" */
static struct str mark_of(struct arena *arena, uint32_t label)
{
	struct buf out = {.arena = arena};

	label_write(&out, label);
	return str_trim(buf_str(&out));
}

/* Where the label stands that ends a block; the block's length: nowhere. */
static size_t find_mark(const struct block *block, struct str mark)
{
	size_t at = block->raw.len;

	for (size_t next = 0; (next = str_find(block->raw, mark, next)) < block->raw.len; next++)
		at = next;
	return at;
}

/* A block's bytes without the label that ends them, nor the line it had for itself. */
static struct str without_label(struct arena *arena, const struct block *block)
{
	struct buf rest = {.arena = arena};
	struct str mark = mark_of(arena, block->label);
	size_t at = find_mark(block, mark);

	if (at == block->raw.len)
		return block->raw;
	struct str before = str_slice(block->raw, 0, at);
	struct str behind = str_slice(block->raw, at + mark.len, block->raw.len);
	while (before.len && before.at[before.len - 1] == ' ')
		before.len--;
	if (str_ends(before, STR("\n")) && str_is_blank(behind))
		behind = str_slice(behind, behind.len, behind.len);
	buf_add(&rest, before);
	buf_add(&rest, behind);
	return buf_str(&rest);
}

static void end_line(struct buf *out)
{
	if (!str_ends(buf_str(out), STR("\n")))
		buf_add_byte(out, '\n');
}

struct str variant_unlabelled(struct arena *arena, const struct doc *doc,
			      const struct variant_set *set)
{
	struct buf all = {.arena = arena};

	for (size_t n = 0; n < set->count; n++) {
		const struct block *block = &doc->blocks[set->blocks[n]];

		if (n > 0)
			end_line(&all);
		if (n > 0)
			buf_add(&all, block->gap);
		buf_add(&all, without_label(arena, block));
	}
	return buf_str(&all);
}

struct str variant_settle_as(struct arena *arena, const struct doc *doc,
			     const struct variant_set *set, struct str bytes)
{
	const struct block *first = &doc->blocks[set->blocks[0]];
	const struct block *last = &doc->blocks[set->blocks[set->count - 1]];
	const char *end = last->raw.at + last->raw.len;
	struct buf out = {.arena = arena};

	buf_add(&out, (struct str){doc->source.at, (size_t)(first->raw.at - doc->source.at)});
	buf_add(&out, bytes);
	/* What was put below another wording by hand is nobody's to drop. */
	for (size_t n = 0; n + 1 < set->count; n++) {
		size_t index = set->blocks[n];

		for (size_t i = index + 1; i < doc->blocks[index].end; i++) {
			end_line(&out);
			buf_add(&out, doc->blocks[i].gap);
			buf_add(&out, doc->blocks[i].raw);
		}
	}
	if (end < doc->source.at + doc->source.len)
		end_line(&out);
	buf_add(&out, (struct str){end, (size_t)(doc->source.at + doc->source.len - end)});
	return buf_str(&out);
}

struct str variant_settle(struct arena *arena, const struct doc *doc, const struct variant_set *set,
			  size_t kept)
{
	return variant_settle_as(arena, doc, set,
				 without_label(arena, &doc->blocks[set->blocks[kept]]));
}

/* --- wordings that somebody deleted ------------------------------------------------- */

/* Do the blocks stand one below the other, as the wordings of a set do? */
static bool are_neighbours(const struct doc *doc, const size_t *blocks, size_t count)
{
	for (size_t n = 1; n < count; n++)
		if (doc->blocks[blocks[n - 1]].end != blocks[n] ||
		    doc->blocks[blocks[n]].parent != doc->blocks[blocks[0]].parent)
			return false;
	return true;
}

/* A block's bytes with another label, 0: none. */
static struct str labelled_anew(struct arena *arena, const struct block *block, uint32_t label)
{
	struct str mark = mark_of(arena, block->label);
	size_t at = find_mark(block, mark);
	struct buf out = {.arena = arena};

	if (label == 0 || at == block->raw.len)
		return without_label(arena, block);
	buf_add(&out, str_slice(block->raw, 0, at));
	buf_add(&out, mark_of(arena, label));
	buf_add(&out, str_slice(block->raw, at + mark.len, block->raw.len));
	return buf_str(&out);
}

static struct str write_labels(struct arena *arena, const struct doc *doc, const uint32_t *labels)
{
	const char *at = doc->source.at, *end = at + doc->source.len;
	struct buf out = {.arena = arena};

	for (size_t i = 0; i < doc->count; i++) {
		const struct block *block = &doc->blocks[i];

		if (labels[i] == block->label)
			continue;
		buf_add(&out, (struct str){at, (size_t)(block->raw.at - at)});
		buf_add(&out, labelled_anew(arena, block, labels[i]));
		at = block->raw.at + block->raw.len;
	}
	buf_add(&out, (struct str){at, (size_t)(end - at)});
	return buf_str(&out);
}

static struct key parent_says(const struct doc *doc, const struct block *block)
{
	return block->parent == NO_PARENT ? (struct key){0} : doc->blocks[block->parent].normal;
}

/* Something that labelled blocks of the earlier note say. */
struct saying {
	const struct block *block; /* one of them */
	struct key parent;	   /* what the block says that it stands under */
	size_t set;   /* the number of the set whose wording it is, 0: of several, or of none */
	bool doubted; /* the note says it as well, and it is not of one set */
};

struct sayings {
	struct saying *all; /* each once, in order */
	size_t count;
	int (*compare)(const void *left, const void *right);
};

/*
 * What the earlier note says, and where: "yes" may be a wording of two points. What does
 * not stand there any more has moved, and is looked for by its words alone.
 */
struct earlier {
	struct sayings there, anywhere;
};

/* What the note has of a set, as far as there is room: all of it is nothing to settle. */
struct left {
	size_t *blocks; /* in document order, room for as many as there were */
	size_t count;
	bool doubted; /* it may be something else */
};

static int compare_words(const void *left, const void *right)
{
	const struct block *a = ((const struct saying *)left)->block;
	const struct block *b = ((const struct saying *)right)->block;

	return a->kind != b->kind ? (a->kind < b->kind ? -1 : 1)
				  : key_compare(a->normal, b->normal);
}

static int compare_words_and_place(const void *left, const void *right)
{
	const struct saying *a = left, *b = right;
	int order = compare_words(a, b);

	return order ? order : key_compare(a->parent, b->parent);
}

static struct saying saying_of(const struct doc *doc, size_t index)
{
	const struct block *block = &doc->blocks[index];

	return (struct saying){.block = block, .parent = parent_says(doc, block)};
}

static struct sayings sayings_of(struct arena *arena, const struct doc *before,
				 int (*compare)(const void *left, const void *right))
{
	const size_t *numbers = variant_numbers(arena, before);
	struct sayings sayings = {.all = arena_array(arena, struct saying, before->count),
				  .compare = compare};
	size_t count = 0;

	for (size_t i = 0; i < before->count; i++) {
		if (before->blocks[i].label == 0)
			continue;
		sayings.all[count] = saying_of(before, i);
		sayings.all[count++].set = numbers[i];
	}
	if (count)
		qsort(sayings.all, count, sizeof *sayings.all, compare);
	for (size_t i = 0; i < count; i++) {
		struct saying *last = sayings.count ? &sayings.all[sayings.count - 1] : NULL;

		if (!last || compare(last, &sayings.all[i]))
			sayings.all[sayings.count++] = sayings.all[i];
		else if (last->set != sayings.all[i].set)
			last->set = 0;
	}
	return sayings;
}

static struct saying *find_in(const struct sayings *sayings, const struct saying *wanted)
{
	return sayings->count ? bsearch(wanted, sayings->all, sayings->count, sizeof *wanted,
					sayings->compare)
			      : NULL;
}

static struct saying *find_saying(const struct earlier *earlier, const struct saying *wanted)
{
	struct saying *found = find_in(&earlier->there, wanted);

	return found ? found : find_in(&earlier->anywhere, wanted);
}

/* May a wording of the set be one of another set, or text, in the note? */
static bool is_doubted(const struct earlier *earlier, const struct doc *before,
		       const struct variant_set *set)
{
	for (size_t n = 0; n < set->count; n++) {
		struct saying saying = saying_of(before, set->blocks[n]);

		if (find_in(&earlier->there, &saying)->doubted ||
		    find_in(&earlier->anywhere, &saying)->doubted)
			return true;
	}
	return false;
}

/*
 * By block of the note: the number of the set that it is a wording of; 0: none, or not sure.
 * out: NULL: a label stands where none was before: somebody reworded what has it, or typed it
 */
static size_t *find_origins(struct arena *arena, const struct doc *doc,
			    const struct earlier *earlier)
{
	const size_t *numbers = variant_numbers(arena, doc);
	size_t *origins = arena_array(arena, size_t, doc->count);

	for (size_t i = 0; i < doc->count; i++) {
		if (doc->blocks[i].label == 0)
			continue;
		struct saying wanted = saying_of(doc, i), *saying = find_saying(earlier, &wanted);
		if (saying) {
			origins[i] = saying->set;
			saying->doubted = saying->set == 0;
		} else if (numbers[i] == 0) {
			return NULL;
		}
	}
	return origins;
}

/* Whoever puts wordings of a set beside others makes another set, which is not settled. */
static void doubt_mixed(struct arena *arena, const struct doc *doc, const size_t *origins,
			struct left *left)
{
	struct variant_sets sets = variant_sets_of(arena, doc);

	for (size_t s = 0; s < sets.count; s++) {
		const struct variant_set *set = &sets.sets[s];
		bool mixed = false;

		for (size_t n = 1; n < set->count; n++)
			mixed |= origins[set->blocks[n]] != origins[set->blocks[0]];
		for (size_t n = 0; mixed && n < set->count; n++)
			if (origins[set->blocks[n]] > 0)
				left[origins[set->blocks[n]] - 1].doubted = true;
	}
}

/* What is left of each set of the earlier note; NULL: not sure of any. */
static struct left *find_left(struct arena *arena, const struct doc *before, const struct doc *doc,
			      const struct variant_sets *sets)
{
	const struct earlier earlier = {
		.there = sayings_of(arena, before, compare_words_and_place),
		.anywhere = sayings_of(arena, before, compare_words),
	};
	const size_t *origins = find_origins(arena, doc, &earlier);
	struct left *left = arena_array(arena, struct left, sets->count);

	if (!origins)
		return NULL;
	for (size_t s = 0; s < sets->count; s++) {
		left[s].blocks = arena_array(arena, size_t, sets->sets[s].count);
		left[s].doubted = is_doubted(&earlier, before, &sets->sets[s]);
	}
	doubt_mixed(arena, doc, origins, left);
	for (size_t i = 0; i < doc->count; i++) {
		if (origins[i] == 0)
			continue;
		struct left *of = &left[origins[i] - 1];
		if (of->count < sets->sets[origins[i] - 1].count)
			of->blocks[of->count++] = i;
	}
	return left;
}

struct str variant_settle_deleted(struct arena *arena, const struct doc *before,
				  const struct doc *doc)
{
	struct variant_sets sets = variant_sets_of(arena, before);
	const struct left *left = find_left(arena, before, doc, &sets);
	uint32_t *labels = arena_array(arena, uint32_t, doc->count);

	if (!left)
		return doc->source;
	for (size_t i = 0; i < doc->count; i++)
		labels[i] = doc->blocks[i].label;
	for (size_t s = 0; s < sets.count; s++) {
		size_t count = left[s].count;

		if (left[s].doubted || count == sets.sets[s].count ||
		    !are_neighbours(doc, left[s].blocks, count))
			continue;
		for (size_t n = 0; n < count; n++)
			labels[left[s].blocks[n]] = count > 1 ? (uint32_t)n + 1 : 0;
	}
	return write_labels(arena, doc, labels);
}
