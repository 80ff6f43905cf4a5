#include "merge/yaml_renamed.h"

#include "core/label.h"
#include "merge/akin.h"
#include "merge/similar.h"
#include "merge/yaml_sayings.h"

/* Of more items of a list nobody gives new names by hand. */
enum { MOST_RENAMED = 32 };

/* One item of a version. */
struct item {
	const struct meta *node;
	const struct sayings *sayings; /* of all items of its list */
	struct numbers *words;
};

struct renaming {
	const struct meta *const *lists;
	struct set_side *set;
	int *at[TEXTS]; /* by item of the base: its index in the side, or SET_ABSENT */
	struct dictionary words;
	struct numbers *known[TEXTS];  /* by item: its words; at first need */
	struct sayings sayings[TEXTS]; /* at first need */
};

/* Items [from, to) of the base. */
struct run {
	int from, to;
};

static bool is_new(const struct renaming *renaming, int t, int index)
{
	return renaming->set[t].id[index] == SET_ABSENT;
}

static struct numbers words_of(struct dictionary *words, struct item item)
{
	struct str rest = meta_says(item.node), word;

	if (item.words->at)
		return *item.words;
	uint32_t *ids = arena_array(words->arena, uint32_t, str_word_count(rest) + 1);
	while (str_next_word(&rest, &word))
		ids[item.words->count++] = word_id(words, word);
	item.words->at = ids;
	return *item.words;
}

/* How many things a map tells of; other wordings of one tell no more. */
static size_t key_count(const struct meta *map)
{
	size_t count = map->count;

	for (size_t i = 0; i < map->count; i++)
		count -= str_ends(meta_key(&map->entries[i]), STR(LABEL_OF_KEY));
	return count;
}

/*
 * How much of what two maps say is the same: half at least, and some of it no other item
 * says, or it is not them that it tells of.
 */
static int map_likeness(struct item one, struct item other)
{
	size_t ours = key_count(one.node), theirs = key_count(other.node);
	size_t most = ours > theirs ? ours : theirs, same = 0;
	bool telling = false;

	for (size_t i = 0; i < one.node->count; i++) {
		struct str key = meta_key(&one.node->entries[i]);
		const struct meta *value = one.node->entries[i].value;
		const struct meta *said = meta_get(other.node, key);

		if (!said || !meta_equal(value, said))
			continue;
		same++;
		telling = telling || (is_said_once(one.sayings, key, value) &&
				      is_said_once(other.sayings, key, value));
	}
	return telling && most > 0 && 2 * same >= most ? (int)(SAME * same / most) : 0;
}

static int text_likeness(struct dictionary *words, struct item one, struct item other)
{
	struct numbers before = words_of(words, one), behind = words_of(words, other);
	int shorter = before.count < behind.count ? before.count : behind.count;

	if (shorter == 0)
		return 0;
	int alike = similarity(words->arena, before, behind);
	/* With all of the shorter in it: one that goes on. */
	bool whole = 2 * SAME * shorter / (before.count + behind.count) <= alike;

	return alike >= MOVED_ALIKE || whole ? alike : 0;
}

/* 0: these are two items. */
static int likeness(struct dictionary *words, struct item one, struct item other)
{
	if (one.node->kind == META_MAP && other.node->kind == META_MAP)
		return map_likeness(one, other);
	if (one.node->kind == META_SCALAR && other.node->kind == META_SCALAR)
		return text_likeness(words, one, other);
	return 0;
}

static struct item item_of(struct renaming *renaming, int t, int index)
{
	const struct meta *list = renaming->lists[t];

	if (!renaming->sayings[t].hashes)
		renaming->sayings[t] = sayings_of(renaming->words.arena, list);
	return (struct item){list->entries[index].value, &renaming->sayings[t],
			     &renaming->known[t][index]};
}

/* Whether both say the same of a key, or nothing. */
static bool say_the_same(const struct meta *one, const struct meta *other)
{
	return one && other ? meta_equal(one, other) : one == other;
}

/*
 * Whether a map says all that `made` says otherwise than `base`, and some of it no other
 * item says: what is merged already is known by that.
 */
static bool holds_changes(const struct meta *base, struct item made, struct item item)
{
	bool telling = false;

	if (base->kind != META_MAP || made.node->kind != META_MAP || item.node->kind != META_MAP)
		return false;
	for (size_t i = 0; i < base->count; i++) {
		struct str key = meta_key(&base->entries[i]);

		if (!meta_get(made.node, key) && meta_get(item.node, key))
			return false;
	}
	for (size_t i = 0; i < made.node->count; i++) {
		struct str key = meta_key(&made.node->entries[i]);
		const struct meta *value = made.node->entries[i].value;

		if (say_the_same(meta_get(base, key), value))
			continue;
		if (!say_the_same(meta_get(item.node, key), value))
			return false;
		telling = telling || (is_said_once(made.sayings, key, value) &&
				      is_said_once(item.sayings, key, value));
	}
	return telling;
}

/* How like the item is to that of the base, or to what the other side made of it. */
static int likeness_to_base(struct renaming *renaming, int t, int base, int index)
{
	int other = OURS + THEIRS - t, made = renaming->at[other][base];
	struct item item = item_of(renaming, t, index), before = item_of(renaming, BASE, base);
	int best = likeness(&renaming->words, before, item);

	if (made >= 0) {
		struct item changed = item_of(renaming, other, made);
		int alike = holds_changes(before.node, changed, item)
				    ? SAME
				    : likeness(&renaming->words, changed, item);

		best = alike > best ? alike : best;
	}
	return best;
}

/* The new item of the other side that says all the same, or SET_ABSENT. */
static int twin_of(const struct renaming *renaming, int t, int index)
{
	int other = OURS + THEIRS - t;
	struct str text = renaming->set[t].text[index];

	for (int i = 0; i < (int)renaming->set[other].count; i++)
		if (is_new(renaming, other, i) && str_equal(renaming->set[other].text[i], text))
			return i;
	return SET_ABSENT;
}

static void give_id(struct renaming *renaming, int t, int index, int base)
{
	renaming->set[t].id[index] = base;
	renaming->at[t][base] = index;
}

/* The items that the side lacks between its neighbours of new items [from, to). */
static struct run lacking_at(const struct renaming *renaming, int t, int from, int to)
{
	const struct set_side *side = &renaming->set[t];
	int count = (int)renaming->set[BASE].count;
	struct run run = {.from = from > 0 ? side->id[from - 1] + 1 : 0};

	for (run.to = run.from; run.to < count && renaming->at[t][run.to] < 0; run.to++)
		;
	if (run.from < run.to)
		return run;
	run.from = run.to = to < (int)side->count ? side->id[to] : count;
	while (run.from > 0 && renaming->at[t][run.from - 1] < 0)
		run.from--;
	return run;
}

/*
 * The item of the run that the new one is most like, or SET_ABSENT; of those it is as like
 * to the one as far on in its run, `offset`. What both sides wrote (`twin`) is of one item,
 * or of none, for both.
 */
static int most_alike(struct renaming *renaming, int t, int index, struct run run, int offset,
		      int twin)
{
	int best = 0, found = SET_ABSENT;

	for (int base = run.from; base < run.to; base++) {
		if (renaming->at[t][base] >= 0 ||
		    (twin >= 0 && renaming->at[OURS + THEIRS - t][base] >= 0))
			continue;
		int alike = 2 * likeness_to_base(renaming, t, base, index);

		alike += alike > 0 && base == offset;
		if (alike > best) {
			best = alike;
			found = base;
		}
	}
	return found;
}

/* The item of the base that the other side has beside the same neighbour, or none. */
static struct run beside_neighbour(const struct renaming *renaming, int t, int index, int step)
{
	const struct set_side *side = &renaming->set[t], *other = &renaming->set[OURS + THEIRS - t];
	int neighbour = index + step, place = step < 0 ? -1 : (int)other->count;

	if (neighbour >= 0 && neighbour < (int)side->count) {
		int id = side->id[neighbour];

		place = id < 0 ? SET_ABSENT : renaming->at[OURS + THEIRS - t][id];
		if (place < 0)
			return (struct run){0, 0};
	}
	place -= step;
	if (place < 0 || place >= (int)other->count || other->id[place] < 0)
		return (struct run){0, 0};
	return (struct run){other->id[place], other->id[place] + 1};
}

/* Pairs new item `index` with one of the run. out: whether there is one that it was */
static bool pair_item(struct renaming *renaming, int t, int index, struct run *run, int offset,
		      bool of_both)
{
	int twin = twin_of(renaming, t, index);

	if ((twin >= 0) != of_both)
		return false;
	int base = most_alike(renaming, t, index, *run, offset, twin);

	if (base < 0)
		return false;
	give_id(renaming, t, index, base);
	if (twin >= 0)
		give_id(renaming, OURS + THEIRS - t, twin, base);
	run->from = base + 1;
	return true;
}

static void pair_run(struct renaming *renaming, int t, int from, int to, bool of_both)
{
	struct run run = lacking_at(renaming, t, from, to);
	int first = run.from;

	for (int index = from; index < to; index++) {
		if (pair_item(renaming, t, index, &run, first + index - from, of_both))
			continue;
		for (int step = -1; step <= 1; step += 2) {
			struct run moved = beside_neighbour(renaming, t, index, step);

			if (pair_item(renaming, t, index, &moved, moved.from, of_both))
				break;
		}
	}
}

static void pair_side(struct renaming *renaming, int t, bool of_both)
{
	int count = (int)renaming->set[t].count;

	for (int from = 0, to; from < count; from = to) {
		for (to = from; to < count && is_new(renaming, t, to); to++)
			;
		if (from < to)
			pair_run(renaming, t, from, to, of_both);
		else
			to++;
	}
}

/* out: whether there are so few that they are worth looking at */
static bool find_places(struct renaming *renaming, struct arena *arena, int t)
{
	const struct set_side *side = &renaming->set[t];
	size_t count = renaming->set[BASE].count, added = 0, gone = count;

	renaming->at[t] = arena_array(arena, int, count);
	for (size_t i = 0; i < count; i++)
		renaming->at[t][i] = SET_ABSENT;
	for (size_t i = 0; i < side->count; i++)
		if (side->id[i] == SET_ABSENT) {
			added++;
		} else {
			renaming->at[t][side->id[i]] = (int)i;
			gone--;
		}
	return added <= MOST_RENAMED && gone <= MOST_RENAMED;
}

/* Which side is looked at first, whichever of the two it is called. */
static int first_side(const struct set_side set[TEXTS])
{
	const struct set_side *ours = &set[OURS], *theirs = &set[THEIRS];

	for (size_t i = 0; i < ours->count && i < theirs->count; i++) {
		int order = str_compare(ours->text[i], theirs->text[i]);

		if (order)
			return order < 0 ? OURS : THEIRS;
	}
	return ours->count < theirs->count ? OURS : THEIRS;
}

void renamed_align(const struct meta *const lists[TEXTS], struct set_side set[TEXTS])
{
	struct arena scratch = {0};
	struct renaming renaming = {.lists = lists, .set = set, .words.arena = &scratch};
	bool few = set[BASE].count > 0 && lists[BASE]->kind == META_LIST;

	for (int t = BASE; t < TEXTS; t++)
		renaming.known[t] = arena_array(&scratch, struct numbers, set[t].count);
	for (int t = OURS; t < TEXTS && few; t++)
		few = find_places(&renaming, &scratch, t);
	int first = first_side(set);
	/* What the second side made of an item may be what the first is known by. */
	for (int round = 0; round < 3 && few; round++)
		for (int turn = 0; turn < SIDES; turn++)
			pair_side(&renaming, turn ? OURS + THEIRS - first : first, round == 0);
	arena_free(&scratch);
}
