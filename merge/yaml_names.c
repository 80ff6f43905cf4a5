#include "merge/yaml_names.h"

#include "merge/dictionary.h"

/* What tells the items of our own files apart when they are maps. */
static const char *const item_keys[] = {"keys", "heading", "as_written", "names",
					"name", "emails",  "a",		 "b"};

/* One bit for each of them, in order. */
enum {
	KEYS = 1,
	HEADING = 2,
	AS_WRITTEN = 4,
	NAMES = 8,
	NAME = 16,
	EMAILS = 32,
	ONE_TEXT = 64,
	OTHER_TEXT = 128,
};

/* Those that make a name together, the surest first. */
static const uint8_t item_names_by[] = {KEYS,	HEADING | AS_WRITTEN,  AS_WRITTEN, NAMES, NAME,
					EMAILS, ONE_TEXT | OTHER_TEXT, HEADING};

enum {
	ITEM_KEYS = sizeof item_keys / sizeof *item_keys,
	ITEM_NAMES = sizeof item_names_by / sizeof *item_names_by,
	ROUNDS = 1 + ITEM_NAMES + 1,
};

/* --- what a node says -------------------------------------------------------------- */

static void write_identity(struct buf *out, const struct meta *node)
{
	if (node->kind == META_SCALAR) {
		meta_write_scalar(out, meta_says(node), true);
		return;
	}
	buf_add_byte(out, node->kind == META_MAP ? '{' : '[');
	for (size_t i = 0; i < node->count; i++) {
		const struct meta_entry *entry = meta_in_order(node, i);
		if (node->kind == META_MAP) {
			meta_write_scalar(out, meta_key(entry), true);
			buf_add_byte(out, ':');
		}
		write_identity(out, entry->value);
		buf_add_byte(out, ',');
	}
	buf_add_byte(out, node->kind == META_MAP ? '}' : ']');
}

/* Names of another text, from the one that is likely to be the next. */
struct shared_names {
	const struct str *at;
	size_t count;
};

/* Whether the name is the next one of the other text, or the one behind; takes that. */
static bool take_shared(struct shared_names *likely, struct str *name)
{
	for (size_t i = 0; i < 2 && i < likely->count; i++)
		if (str_equal(likely->at[i], *name)) {
			*name = likely->at[i];
			likely->at += i + 1;
			likely->count -= i + 1;
			return true;
		}
	return false;
}

/*
 * Written first where others were, since how long it gets is not known; what another text
 * has, as nearly all items, is kept once.
 */
static struct str identity_by(struct arena *arena, struct buf *writing, const struct meta *node,
			      struct shared_names *likely)
{
	struct str name;

	if (node->kind == META_SCALAR && meta_is_written_bare(meta_says(node), true))
		return meta_says(node);
	writing->len = 0;
	write_identity(writing, node);
	name = buf_str(writing);
	return take_shared(likely, &name) ? name : str_copy(arena, name);
}

struct str node_identity(struct arena *arena, const struct meta *node)
{
	struct arena scratch = {0};
	struct buf writing = {.arena = &scratch};
	struct shared_names none = {0};
	struct str identity = identity_by(arena, &writing, node, &none);

	arena_free(&scratch);
	return identity;
}

/* --- one way to name an item ------------------------------------------------------- */

/* What the item gives the keys, one a line; NULL text: not each of them says something. */
static struct str by_item_keys(struct arena *arena, const struct meta *item, uint8_t keys)
{
	struct buf out = {.arena = arena};

	for (size_t i = 0; i < ITEM_KEYS; i++) {
		if (!(keys >> i & 1))
			continue;
		const struct meta *value = meta_get(item, str_of(item_keys[i]));
		if (meta_is_nothing(value))
			return (struct str){0};
		buf_add(&out, node_identity(arena, value));
		buf_add_byte(&out, '\n');
	}
	return buf_str(&out);
}

static uint8_t find_item_key(struct str key)
{
	/* Keys that begin otherwise, nearly all of them, are not measured. */
	for (unsigned k = 0; k < ITEM_KEYS; k++)
		if (key.len && item_keys[k][0] == key.at[0] && str_equal(key, str_of(item_keys[k])))
			return (uint8_t)(1U << k);
	return 0;
}

/* Which of the keys the item has. */
static uint8_t find_item_keys(const struct meta *item)
{
	uint8_t found = 0;

	for (size_t i = 0; item->kind == META_MAP && i < item->count; i++)
		found |= find_item_key(meta_key(&item->entries[i]));
	return found;
}

/* A map of somebody's own making: none of our keys, of which it has some, tells what it is. */
static bool is_own_map(struct arena *arena, const struct meta *item, uint8_t keys)
{
	if (item->kind != META_MAP || item->count == 0)
		return false;
	for (int i = 0; i < ITEM_NAMES; i++)
		if ((keys & item_names_by[i]) == item_names_by[i] &&
		    by_item_keys(arena, item, item_names_by[i]).len)
			return false;
	return true;
}

/* NULL text: the item has no such name */
typedef struct str naming(struct arena *arena, const struct meta *item, const void *by);

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
	return item->count == 1 ? meta_key(&item->entries[0]) : (struct str){0};
}

/* --- all ways ------------------------------------------------------------------------ */

struct namer {
	struct arena *arena;
	const struct meta *lists[TEXTS];
	uint8_t *keys[TEXTS]; /* by item: which of our keys it has */
	uint8_t any;	      /* those that some item has */
	bool *own[TEXTS];     /* by item: it is a map of somebody's own making */
	struct name_rounds rounds;
};

static size_t item_count(const struct namer *namer, int t)
{
	return namer->lists[t] ? namer->lists[t]->count : 0;
}

static const struct meta *item_at(const struct namer *namer, int t, size_t index)
{
	return namer->lists[t]->entries[index].value;
}

/* A round of names by all that the items say. */
static void add_whole_round(struct namer *namer)
{
	struct set_names *round = &namer->rounds.at[namer->rounds.count++];
	struct arena scratch = {0};
	struct buf writing = {.arena = &scratch};

	for (int t = BASE; t < TEXTS; t++) {
		struct str *names = arena_array(namer->arena, struct str, item_count(namer, t));
		struct shared_names likely = {round->of[BASE],
					      t == BASE ? 0 : item_count(namer, BASE)};

		for (size_t i = 0; i < item_count(namer, t); i++)
			names[i] =
				identity_by(namer->arena, &writing, item_at(namer, t, i), &likely);
		round->of[t] = names;
	}
	arena_free(&scratch);
}

/* One by our keys, if there is an item that has them. */
static void add_item_round(struct namer *namer, uint8_t keys)
{
	struct set_names *round = &namer->rounds.at[namer->rounds.count];

	if ((namer->any & keys) != keys)
		return;
	namer->rounds.count++;
	for (int t = BASE; t < TEXTS; t++) {
		struct str *names = arena_array(namer->arena, struct str, item_count(namer, t));

		for (size_t i = 0; i < item_count(namer, t); i++)
			if ((namer->keys[t][i] & keys) == keys)
				names[i] = by_item_keys(namer->arena, item_at(namer, t, i), keys);
		round->of[t] = names;
	}
}

/* Whether each map of somebody's own making has a name, and no two one. */
static bool are_told_apart(const struct namer *namer, int t, naming *name, const void *by)
{
	struct arena scratch = {0};
	struct dictionary names = {.arena = &scratch};
	bool apart = true;

	for (size_t i = 0; i < item_count(namer, t) && apart; i++) {
		if (!namer->own[t][i])
			continue;
		struct str own = name(&scratch, item_at(namer, t, i), by);
		size_t known = names.count;

		apart = own.at && word_id(&names, own) > known;
	}
	arena_free(&scratch);
	return apart;
}

/* Adds a round if these names tell the items of all versions apart. out: whether they do */
static bool add_telling(struct namer *namer, naming *name, const void *by)
{
	/* Two new meetings of one day are two. */
	struct set_names round = {.of_base = true};

	/* Of keys there may be as many as items: what does not tell takes no memory. */
	for (int t = BASE; t < TEXTS; t++)
		if (!are_told_apart(namer, t, name, by))
			return false;
	for (int t = BASE; t < TEXTS; t++) {
		struct str *names = arena_array(namer->arena, struct str, item_count(namer, t));

		for (size_t i = 0; i < item_count(namer, t); i++)
			if (namer->own[t][i])
				names[i] = name(namer->arena, item_at(namer, t, i), by);
		round.of[t] = names;
	}
	namer->rounds.at[namer->rounds.count++] = round;
	return true;
}

/* Names for maps of somebody's own making: `like` is one of `count` that the base has. */
static void add_own_rounds(struct namer *namer, const struct meta *like, size_t count)
{
	/* One key, as all have in a list of tasks, tells nothing where there is no other item. */
	bool telling = count > 1 && add_telling(namer, by_only_key, NULL);

	for (size_t i = 0; i < like->count && !telling; i++) {
		struct str key = meta_key(&like->entries[i]);

		telling = add_telling(namer, by_key, &key);
	}
}

static void look_for_keys(struct namer *namer, int t)
{
	size_t count = item_count(namer, t);

	namer->keys[t] = arena_array(namer->arena, uint8_t, count);
	namer->own[t] = arena_array(namer->arena, bool, count);
	for (size_t i = 0; i < count; i++) {
		const struct meta *item = item_at(namer, t, i);
		uint8_t keys = find_item_keys(item);

		namer->any |= keys;
		namer->keys[t][i] = keys;
		namer->own[t][i] = is_own_map(namer->arena, item, keys);
	}
}

struct name_rounds item_names(struct arena *arena, const struct meta *const lists[TEXTS])
{
	struct namer namer = {.arena = arena,
			      .rounds.at = arena_array(arena, struct set_names, ROUNDS)};
	const struct meta *like = NULL;
	size_t count = 0;

	for (int t = BASE; t < TEXTS; t++) {
		namer.lists[t] = lists[t] && lists[t]->kind == META_LIST ? lists[t] : NULL;
		look_for_keys(&namer, t);
	}
	add_whole_round(&namer);
	for (int i = 0; i < ITEM_NAMES; i++)
		add_item_round(&namer, item_names_by[i]);
	for (size_t i = 0; i < item_count(&namer, BASE); i++)
		if (namer.own[BASE][i]) {
			like = like ? like : item_at(&namer, BASE, i);
			count++;
		}
	if (like)
		add_own_rounds(&namer, like, count);
	return namer.rounds;
}
