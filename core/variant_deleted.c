#include "core/variant_deleted.h"

#include <stdlib.h>

#include "core/variant_settling.h"

/* Do the blocks stand one below the other, as the wordings of a set do? */
static bool are_neighbours(const struct doc *doc, const size_t *blocks, size_t count)
{
	for (size_t n = 1; n < count; n++)
		if (doc->blocks[blocks[n - 1]].end != blocks[n] ||
		    doc->blocks[blocks[n]].parent != doc->blocks[blocks[0]].parent)
			return false;
	return true;
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
		buf_add(&out, variant_labelled(arena, block, labels[i]));
		at = block->raw.at + block->raw.len;
	}
	buf_add(&out, (struct str){at, (size_t)(end - at)});
	return buf_str(&out);
}

struct key variant_parent_says(const struct doc *doc, size_t index)
{
	const struct block *block = &doc->blocks[index];
	struct key top = {0};

	return block->parent == NO_PARENT ? top : doc->blocks[block->parent].normal;
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
	return (struct saying){.block = &doc->blocks[index],
			       .parent = variant_parent_says(doc, index)};
}

static struct sayings sayings_of(struct arena *arena, const struct doc *before,
				 const size_t *numbers,
				 int (*compare)(const void *left, const void *right))
{
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

/* By block of the note. */
static struct origin *find_origins(struct arena *arena, const struct doc *doc,
				   const struct earlier *earlier)
{
	struct origin *origins = arena_array(arena, struct origin, doc->count);

	for (size_t i = 0; i < doc->count; i++) {
		if (doc->blocks[i].label == 0)
			continue;
		struct saying wanted = saying_of(doc, i), *saying = find_saying(earlier, &wanted);

		if (!saying)
			continue;
		origins[i] = (struct origin){.known = true, .set = saying->set};
		saying->doubted = saying->set == 0;
	}
	return origins;
}

/* Whoever puts wordings of a set beside others makes another set, which is not settled. */
static void doubt_mixed(const struct variant_sets *sets, const struct origin *origins,
			struct left *left)
{
	for (size_t s = 0; s < sets->count; s++) {
		const struct variant_set *set = &sets->sets[s];
		const struct origin *first = NULL;
		bool mixed = false;

		for (size_t n = 0; n < set->count; n++) {
			const struct origin *origin = &origins[set->blocks[n]];

			if (!first && origin->known)
				first = origin;
			mixed |= origin->known && origin->set != first->set;
		}
		for (size_t n = 0; mixed && n < set->count; n++)
			if (origins[set->blocks[n]].set > 0)
				left[origins[set->blocks[n]].set - 1].doubted = true;
	}
}

static void fill_left(struct settling *settling)
{
	for (size_t s = 0; s < settling->sets.count; s++)
		settling->left[s].count = 0;
	for (size_t i = 0; i < settling->doc->count; i++) {
		size_t set = settling->origins[i].set;

		if (set > 0 && settling->left[set - 1].count < settling->sets.sets[set - 1].count)
			settling->left[set - 1].blocks[settling->left[set - 1].count++] = i;
	}
}

/* What is left of each set of the earlier note, what was worded anew of it as well. */
static void find_left(struct settling *settling)
{
	struct arena *arena = settling->arena;
	const struct doc *before = settling->before;
	const struct variant_sets *sets = &settling->sets;
	const struct earlier earlier = {
		.there = sayings_of(arena, before, settling->numbers, compare_words_and_place),
		.anywhere = sayings_of(arena, before, settling->numbers, compare_words),
	};

	settling->origins = find_origins(arena, settling->doc, &earlier);
	settling->left = arena_array(arena, struct left, sets->count);
	for (size_t s = 0; s < sets->count; s++) {
		settling->left[s].blocks = arena_array(arena, size_t, sets->sets[s].count);
		settling->left[s].doubted = is_doubted(&earlier, before, &sets->sets[s]);
	}
	doubt_mixed(&settling->now, settling->origins, settling->left);
	fill_left(settling);
	variant_find_reworded(settling);
	fill_left(settling);
}

struct str variant_settle_deleted(struct arena *arena, const struct doc *before,
				  const struct doc *doc)
{
	struct settling settling = {
		.arena = arena,
		.before = before,
		.doc = doc,
		.sets = variant_sets_of(arena, before),
		.numbers = variant_numbers(arena, before),
		.now = variant_sets_of(arena, doc),
	};
	uint32_t *labels = arena_array(arena, uint32_t, doc->count);

	find_left(&settling);
	for (size_t i = 0; i < doc->count; i++)
		labels[i] = doc->blocks[i].label;
	for (size_t s = 0; s < settling.sets.count; s++) {
		const struct left *left = &settling.left[s];

		if (left->doubted || left->count == settling.sets.sets[s].count ||
		    !are_neighbours(doc, left->blocks, left->count))
			continue;
		for (size_t n = 0; n < left->count; n++)
			labels[left->blocks[n]] = left->count > 1 ? (uint32_t)n + 1 : 0;
	}
	return write_labels(arena, doc, labels);
}
