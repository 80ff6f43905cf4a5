#include "core/variant_deleted.h"

#include <stdlib.h>

#include "core/variant.h"

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

static struct key parent_says(const struct doc *doc, size_t index)
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
	return (struct saying){.block = &doc->blocks[index], .parent = parent_says(doc, index)};
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

/* What a block of the note is, by the earlier one. */
struct origin {
	bool known; /* that one has it as well, with a label */
	size_t set; /* the number of the set whose wording it is, 0: none, or not sure */
};

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

/* By block of the note: is it a stranger? All of a new set is a new set. */
static bool *find_strangers(struct arena *arena, const struct doc *doc,
			    const struct variant_sets *sets, const struct origin *origins)
{
	bool *strangers = arena_array(arena, bool, doc->count);

	for (size_t i = 0; i < doc->count; i++)
		strangers[i] = doc->blocks[i].label > 0 && !origins[i].known;
	for (size_t s = 0; s < sets->count; s++) {
		const struct variant_set *set = &sets->sets[s];
		bool known = false;

		for (size_t n = 0; n < set->count; n++)
			known |= origins[set->blocks[n]].known;
		for (size_t n = 0; !known && n < set->count; n++)
			strangers[set->blocks[n]] = false;
	}
	return strangers;
}

/*
 * Something under which strangers stand: wordings that the earlier note does not have.
 * Who deletes a wording may word the one that is left anew: where one set alone has lost
 * wordings, they are of it; else each may be what any set there seems to have lost.
 */
struct place {
	struct key says;
	size_t strangers;
	size_t losers; /* so many sets that stood there have lost wordings */
	size_t set;    /* the number of the last of them; 0: the strangers are not of it */
};

struct places {
	struct place *all; /* in order of what they say */
	size_t count;
};

static int compare_places(const void *left, const void *right)
{
	return key_compare(((const struct place *)left)->says, ((const struct place *)right)->says);
}

static struct place *find_place(const struct places *places, struct key says)
{
	const struct place wanted = {.says = says};

	return places->count
		       ? bsearch(&wanted, places->all, places->count, sizeof wanted, compare_places)
		       : NULL;
}

static struct places find_places(struct arena *arena, const struct doc *doc,
				 const bool *is_stranger)
{
	struct places places = {.all = arena_array(arena, struct place, doc->count)};
	size_t count = 0;

	for (size_t i = 0; i < doc->count; i++)
		if (is_stranger[i])
			places.all[count++].says = parent_says(doc, i);
	if (count)
		qsort(places.all, count, sizeof *places.all, compare_places);
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || compare_places(&places.all[i], &places.all[places.count - 1]))
			places.all[places.count++] = places.all[i];
		places.all[places.count - 1].strangers++;
	}
	return places;
}

/* What the strangers are of. */
static void place_strangers(const struct doc *before, const struct variant_sets *sets,
			    const struct doc *doc, const bool *is_stranger, const struct left *left,
			    const struct places *places)
{
	for (size_t s = 0; s < sets->count; s++) {
		const struct variant_set *set = &sets->sets[s];
		struct place *place = find_place(places, parent_says(before, set->blocks[0]));

		if (!place || left[s].count == set->count)
			continue;
		place->losers++;
		place->set = place->losers == 1 && left[s].count + place->strangers < set->count
				     ? s + 1
				     : 0;
	}
	for (size_t i = 0; i < doc->count; i++) {
		struct place *place =
			is_stranger[i] ? find_place(places, parent_says(doc, i)) : NULL;

		if (!place || place->set == 0)
			continue;
		const struct variant_set *set = &sets->sets[place->set - 1];
		if (doc->blocks[i].kind != before->blocks[set->blocks[0]].kind ||
		    doc->blocks[i].label > set->count)
			place->set = 0;
	}
}

/* A stranger that is of no set may be of any that stands or stood beside it. */
static void doubt_beside_strangers(const struct doc *before, const struct variant_sets *sets,
				   const struct doc *doc, const struct places *places,
				   struct left *left)
{
	for (size_t s = 0; s < sets->count; s++) {
		const struct place *stood =
			find_place(places, parent_says(before, sets->sets[s].blocks[0]));

		left[s].doubted |= stood && stood->set != s + 1;
		for (size_t n = 0; n < left[s].count; n++) {
			const struct place *stands =
				find_place(places, parent_says(doc, left[s].blocks[n]));

			left[s].doubted |= stands && stands->set != s + 1;
		}
	}
}

static void fill_left(const struct doc *doc, const struct variant_sets *sets,
		      const struct origin *origins, struct left *left)
{
	for (size_t s = 0; s < sets->count; s++)
		left[s].count = 0;
	for (size_t i = 0; i < doc->count; i++) {
		if (origins[i].set == 0)
			continue;
		struct left *of = &left[origins[i].set - 1];
		if (of->count < sets->sets[origins[i].set - 1].count)
			of->blocks[of->count++] = i;
	}
}

/* What is left has what was worded anew of it as well. */
static void add_strangers(struct arena *arena, const struct doc *before,
			  const struct variant_sets *sets, const struct doc *doc,
			  const struct variant_sets *now, struct origin *origins, struct left *left)
{
	const bool *is_stranger = find_strangers(arena, doc, now, origins);
	const struct places places = find_places(arena, doc, is_stranger);

	place_strangers(before, sets, doc, is_stranger, left, &places);
	doubt_beside_strangers(before, sets, doc, &places, left);
	for (size_t i = 0; i < doc->count; i++)
		if (is_stranger[i])
			origins[i].set = find_place(&places, parent_says(doc, i))->set;
	fill_left(doc, sets, origins, left);
}

/* What is left of each set of the earlier note. */
static struct left *find_left(struct arena *arena, const struct doc *before, const struct doc *doc,
			      const struct variant_sets *sets)
{
	const size_t *numbers = variant_numbers(arena, before);
	const struct earlier earlier = {
		.there = sayings_of(arena, before, numbers, compare_words_and_place),
		.anywhere = sayings_of(arena, before, numbers, compare_words),
	};
	const struct variant_sets now = variant_sets_of(arena, doc);
	struct origin *origins = find_origins(arena, doc, &earlier);
	struct left *left = arena_array(arena, struct left, sets->count);

	for (size_t s = 0; s < sets->count; s++) {
		left[s].blocks = arena_array(arena, size_t, sets->sets[s].count);
		left[s].doubted = is_doubted(&earlier, before, &sets->sets[s]);
	}
	doubt_mixed(&now, origins, left);
	fill_left(doc, sets, origins, left);
	add_strangers(arena, before, sets, doc, &now, origins, left);
	return left;
}

struct str variant_settle_deleted(struct arena *arena, const struct doc *before,
				  const struct doc *doc)
{
	struct variant_sets sets = variant_sets_of(arena, before);
	const struct left *left = find_left(arena, before, doc, &sets);
	uint32_t *labels = arena_array(arena, uint32_t, doc->count);

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
