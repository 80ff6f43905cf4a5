#include "merge/yaml_names.h"

#include <stdlib.h>

/* What tells the items of our own files apart when they are maps, the surest first. */
static const char *const item_keys[][2] = {
	{"keys", NULL}, {"heading", "as_written"}, {"as_written", NULL}, {"names", NULL},
	{"name", NULL}, {"emails", NULL},	   {"a", "b"},		 {"heading", NULL},
};

enum {
	ITEM_KEYS = sizeof item_keys / sizeof *item_keys,
	ROUNDS = 1 + ITEM_KEYS + 1,
};

/* --- what a node says -------------------------------------------------------------- */

static void write_identity(struct buf *out, const struct meta *node)
{
	if (node->kind == META_SCALAR) {
		meta_write_scalar(out, node->value, true);
		return;
	}
	buf_add_byte(out, node->kind == META_MAP ? '{' : '[');
	for (size_t i = 0; i < node->count; i++) {
		const struct meta_entry *entry =
			node->kind == META_MAP ? node->sorted[i] : &node->entries[i];
		if (node->kind == META_MAP) {
			meta_write_scalar(out, entry->key, true);
			buf_add_byte(out, ':');
		}
		write_identity(out, entry->value);
		buf_add_byte(out, ',');
	}
	buf_add_byte(out, node->kind == META_MAP ? '}' : ']');
}

struct str node_identity(struct arena *arena, const struct meta *node)
{
	struct buf out = {.arena = arena};

	write_identity(&out, node);
	return buf_str(&out);
}

/* --- one way to name an item ------------------------------------------------------- */

/* NULL text: the item has no such name */
typedef struct str naming(struct arena *arena, const struct meta *item, const void *by);

static struct str by_all(struct arena *arena, const struct meta *item, const void *by)
{
	(void)by;
	return node_identity(arena, item);
}

static struct str by_item_keys(struct arena *arena, const struct meta *item, const void *by)
{
	const char *const *keys = by;
	struct buf out = {.arena = arena};

	for (size_t i = 0; i < 2 && keys[i]; i++) {
		const struct meta *value = meta_get(item, str_of(keys[i]));
		if (meta_is_nothing(value))
			return (struct str){0};
		buf_add(&out, node_identity(arena, value));
		buf_add_byte(&out, '\n');
	}
	return buf_str(&out);
}

/* A map of somebody's own making: none of our keys tells what it is. */
static bool is_own_map(struct arena *arena, const struct meta *item)
{
	if (item->kind != META_MAP || item->count == 0)
		return false;
	for (int i = 0; i < ITEM_KEYS; i++)
		if (by_item_keys(arena, item, item_keys[i]).len)
			return false;
	return true;
}

static struct str by_key(struct arena *arena, const struct meta *item, const void *by)
{
	const struct str *key = by;
	const struct meta *value = meta_get(item, *key);

	if (!value || value->kind != META_SCALAR)
		return (struct str){0};
	return node_identity(arena, value);
}

/* "- Guide: guide.md": its only key. */
static struct str by_only_key(struct arena *arena, const struct meta *item, const void *by)
{
	(void)arena;
	(void)by;
	return item->count == 1 ? item->entries[0].key : (struct str){0};
}

/* --- all ways ------------------------------------------------------------------------ */

struct namer {
	struct arena *arena;
	const struct meta *lists[TEXTS];
	bool *own[TEXTS]; /* by item: it is a map of somebody's own making */
	struct name_rounds rounds;
};

static void add_round(struct namer *namer, naming *name, const void *by)
{
	struct set_names *round = &namer->rounds.at[namer->rounds.count++];

	for (int t = BASE; t < TEXTS; t++) {
		const struct meta *list = namer->lists[t];
		struct str *names = arena_array(namer->arena, struct str, list ? list->count : 0);

		for (size_t i = 0; list && i < list->count; i++)
			names[i] = name(namer->arena, list->entries[i].value, by);
		round->of[t] = names;
	}
}

static int compare_names(const void *a, const void *b)
{
	const struct str *left = a, *right = b;

	return str_compare(*left, *right);
}

/* Names the maps of somebody's own making. out: whether each has a name, and no two one */
static bool name_own(const struct namer *namer, int t, naming *name, const void *by,
		     const struct str **out)
{
	const struct meta *list = namer->lists[t];
	size_t room = list ? list->count : 0, count = 0;
	struct str *names = arena_array(namer->arena, struct str, room);
	struct str *sorted = arena_array(namer->arena, struct str, room);

	*out = names;
	for (size_t i = 0; i < room; i++) {
		if (!namer->own[t][i])
			continue;
		names[i] = name(namer->arena, list->entries[i].value, by);
		if (!names[i].at)
			return false;
		sorted[count++] = names[i];
	}
	if (count)
		qsort(sorted, count, sizeof *sorted, compare_names);
	for (size_t i = 1; i < count; i++)
		if (str_equal(sorted[i - 1], sorted[i]))
			return false;
	return true;
}

/* Adds a round if these names tell the items of all versions apart. out: whether they do */
static bool add_telling(struct namer *namer, naming *name, const void *by)
{
	/* Two new meetings of one day are two. */
	struct set_names round = {.of_base = true};

	for (int t = BASE; t < TEXTS; t++)
		if (!name_own(namer, t, name, by, &round.of[t]))
			return false;
	namer->rounds.at[namer->rounds.count++] = round;
	return true;
}

/* Names for maps of somebody's own making: `like` is one of `count` that the base has. */
static void add_own_rounds(struct namer *namer, const struct meta *like, size_t count)
{
	/* One key, as all have in a list of tasks, tells nothing where there is no other item. */
	bool telling = count > 1 && add_telling(namer, by_only_key, NULL);

	for (size_t i = 0; i < like->count && !telling; i++)
		telling = add_telling(namer, by_key, &like->entries[i].key);
}

static bool *own_maps(struct arena *arena, const struct meta *list)
{
	bool *own = arena_array(arena, bool, list ? list->count : 0);

	for (size_t i = 0; list && i < list->count; i++)
		own[i] = is_own_map(arena, list->entries[i].value);
	return own;
}

struct name_rounds item_names(struct arena *arena, const struct meta *const lists[TEXTS])
{
	struct namer namer = {.arena = arena,
			      .rounds.at = arena_array(arena, struct set_names, ROUNDS)};
	const struct meta *like = NULL;
	size_t count = 0;

	for (int t = BASE; t < TEXTS; t++)
		namer.lists[t] = lists[t] && lists[t]->kind == META_LIST ? lists[t] : NULL;
	add_round(&namer, by_all, NULL);
	for (int i = 0; i < ITEM_KEYS; i++)
		add_round(&namer, by_item_keys, item_keys[i]);
	for (int t = BASE; t < TEXTS; t++)
		namer.own[t] = own_maps(arena, namer.lists[t]);
	for (size_t i = 0; namer.lists[BASE] && i < namer.lists[BASE]->count; i++)
		if (namer.own[BASE][i]) {
			like = like ? like : namer.lists[BASE]->entries[i].value;
			count++;
		}
	if (like)
		add_own_rounds(&namer, like, count);
	return namer.rounds;
}
