#include <stdlib.h>

#include "core/variant_settling.h"

/*
 * Something under which strangers stand: wordings that the earlier note does not have.
 * Where one set alone has lost wordings they are of it; else each may be what any set
 * there seems to have lost, or text that somebody typed.
 */
struct place {
	struct key says;
	size_t strangers, first; /* how many, and the first of them in the note */
	size_t losers; /* sets that stood there and lost wordings; labels that were text */
	size_t set;    /* the number of the last of these sets; 0: the strangers are not of it */
};

struct places {
	struct place *all; /* in order of what they say */
	size_t count;
};

/* By block of the note: is it a stranger? All of a new set is a new set. */
static bool *find_strangers(const struct settling *settling)
{
	const struct doc *doc = settling->doc;
	bool *strangers = arena_array(settling->arena, bool, doc->count);

	for (size_t i = 0; i < doc->count; i++)
		strangers[i] = doc->blocks[i].label > 0 && !settling->origins[i].known;
	for (size_t s = 0; s < settling->now.count; s++) {
		const struct variant_set *set = &settling->now.sets[s];
		bool known = false;

		for (size_t n = 0; n < set->count; n++)
			known |= settling->origins[set->blocks[n]].known;
		for (size_t n = 0; !known && n < set->count; n++)
			strangers[set->blocks[n]] = false;
	}
	return strangers;
}

static int compare_places(const void *left, const void *right)
{
	const struct place *a = left, *b = right;
	int order = key_compare(a->says, b->says);

	return order ? order : (a->first > b->first) - (a->first < b->first);
}

static struct places find_places(const struct settling *settling, const bool *is_stranger)
{
	const struct doc *doc = settling->doc;
	struct places places = {.all = arena_array(settling->arena, struct place, doc->count)};
	size_t count = 0;

	for (size_t i = 0; i < doc->count; i++)
		if (is_stranger[i])
			places.all[count++] =
				(struct place){.says = variant_parent_says(doc, i), .first = i};
	if (count)
		qsort(places.all, count, sizeof *places.all, compare_places);
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || !key_equal(places.all[i].says, places.all[places.count - 1].says))
			places.all[places.count++] = places.all[i];
		places.all[places.count - 1].strangers++;
	}
	return places;
}

static int compare_says(const void *left, const void *right)
{
	return key_compare(((const struct place *)left)->says, ((const struct place *)right)->says);
}

static struct place *find_place(const struct places *places, struct key says)
{
	const struct place wanted = {.says = says};

	return places->count
		       ? bsearch(&wanted, places->all, places->count, sizeof wanted, compare_says)
		       : NULL;
}

/* Labels that stood alone were text: one that is new may be such a line, worded anew. */
static void count_text(const struct settling *settling, const struct places *places)
{
	for (size_t i = 0; i < settling->before->count; i++) {
		struct place *place = NULL;

		if (settling->before->blocks[i].label > 0 && settling->numbers[i] == 0)
			place = find_place(places, variant_parent_says(settling->before, i));
		if (place)
			place->losers++;
	}
}

/* Do both stand behind what says the same, or at the beginning? */
static bool stand_alike(const struct doc *before, size_t was, const struct doc *doc, size_t is)
{
	if (was == 0 || is == 0)
		return was == is;
	return before->blocks[was - 1].kind == doc->blocks[is - 1].kind &&
	       key_equal(before->blocks[was - 1].normal, doc->blocks[is - 1].normal);
}

/* Can the strangers be of the set, as far as their number and place tell? */
static bool may_be_of(const struct settling *settling, size_t set, const struct place *place)
{
	const struct left *left = &settling->left[set];
	const struct variant_set *was = &settling->sets.sets[set];

	if (left->count + place->strangers >= was->count)
		return false;
	return left->count > 0 ||
	       stand_alike(settling->before, was->blocks[0], settling->doc, place->first);
}

static void count_losers(const struct settling *settling, const struct places *places)
{
	for (size_t s = 0; s < settling->sets.count; s++) {
		const struct variant_set *set = &settling->sets.sets[s];
		struct place *place =
			find_place(places, variant_parent_says(settling->before, set->blocks[0]));

		if (!place || settling->left[s].count == set->count)
			continue;
		place->losers++;
		place->set = place->losers == 1 && may_be_of(settling, s, place) ? s + 1 : 0;
	}
}

/* Where one of the strangers cannot be of the set, none is taken for it. */
static void check_kinds(const struct settling *settling, const bool *is_stranger,
			const struct places *places)
{
	const struct doc *doc = settling->doc;

	for (size_t i = 0; i < doc->count; i++) {
		struct place *place =
			is_stranger[i] ? find_place(places, variant_parent_says(doc, i)) : NULL;

		if (!place || place->set == 0)
			continue;
		const struct variant_set *set = &settling->sets.sets[place->set - 1];
		if (doc->blocks[i].kind != settling->before->blocks[set->blocks[0]].kind ||
		    doc->blocks[i].label > set->count)
			place->set = 0;
	}
}

/* A stranger that is of no set may be of any that stands or stood beside it. */
static void doubt_beside(const struct settling *settling, const struct places *places)
{
	for (size_t s = 0; s < settling->sets.count; s++) {
		struct left *left = &settling->left[s];
		size_t first = settling->sets.sets[s].blocks[0];
		const struct place *stood =
			find_place(places, variant_parent_says(settling->before, first));

		left->doubted |= stood && stood->set != s + 1;
		for (size_t n = 0; n < left->count; n++) {
			const struct place *stands = find_place(
				places, variant_parent_says(settling->doc, left->blocks[n]));

			left->doubted |= stands && stands->set != s + 1;
		}
	}
}

void variant_find_reworded(struct settling *settling)
{
	const struct doc *doc = settling->doc;
	const bool *is_stranger = find_strangers(settling);
	const struct places places = find_places(settling, is_stranger);

	count_text(settling, &places);
	count_losers(settling, &places);
	check_kinds(settling, is_stranger, &places);
	doubt_beside(settling, &places);
	for (size_t i = 0; i < doc->count; i++)
		if (is_stranger[i])
			settling->origins[i].set =
				find_place(&places, variant_parent_says(doc, i))->set;
}
