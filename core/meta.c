#include "core/meta.h"

#include <stdlib.h>

struct meta_entry meta_entry_of(struct str key, struct str key_raw, struct meta *value)
{
	return (struct meta_entry){
		.value = value,
		.at = key_raw.at,
		.key = key.at,
		.key_length = (uint32_t)key.len,
		.key_raw_length = (uint32_t)key_raw.len,
	};
}

void meta_make_room(struct arena *arena, struct meta *node, size_t old, size_t room)
{
	size_t order = node->kind == META_MAP ? sizeof(uint32_t) : 0;

	node->entries =
		arena_resize(arena, node->entries, old, room, sizeof *node->entries + order);
}

/* The numbers of a map's entries, by key. */
static uint32_t *order_of(const struct meta *map)
{
	return (uint32_t *)(map->entries + map->count);
}

static int by_key(const void *a, const void *b, void *entries)
{
	const struct meta_entry *all = entries;
	const uint32_t *left = a, *right = b;

	return str_compare(meta_key(&all[*left]), meta_key(&all[*right]));
}

const struct meta_entry *meta_sort(struct meta *map)
{
	uint32_t *order = order_of(map);

	for (uint32_t i = 0; i < map->count; i++)
		order[i] = i;
	if (map->count)
		qsort_r(order, map->count, sizeof *order, by_key, map->entries);
	for (size_t i = 1; i < map->count; i++)
		if (by_key(&order[i], &order[i - 1], map->entries) == 0)
			return &map->entries[order[i]];
	return NULL;
}

const struct meta_entry *meta_in_order(const struct meta *node, size_t i)
{
	return &node->entries[node->kind == META_MAP ? order_of(node)[i] : i];
}

static struct str between(const char *from, const char *to)
{
	return (struct str){from, (size_t)(to - from)};
}

struct str meta_lines(const struct meta *node)
{
	if (node->kind == META_SCALAR)
		return (struct str){0};
	return (struct str){node->at - node->lines_before, node->lines_length};
}

/* Whether entries part the lines of the node, not its own bytes. */
static bool is_block(const struct meta *node)
{
	return node->kind != META_SCALAR && !node->flow;
}

struct str meta_head(const struct meta *node)
{
	struct str lines = meta_lines(node);

	if (lines.len == 0)
		return (struct str){0};
	if (!is_block(node))
		return between(lines.at, node->at);
	return node->count ? between(lines.at, node->entries[0].at) : lines;
}

struct str meta_tail(const struct meta *node)
{
	struct str last = meta_raw(node), lines = meta_lines(node);

	if (lines.len == 0 || (is_block(node) && node->count == 0))
		return (struct str){0};
	if (is_block(node))
		last = meta_whole(&node->entries[node->count - 1]);
	return between(last.at + last.len, lines.at + lines.len);
}

struct str meta_lead(const struct meta *node, const struct meta_entry *entry)
{
	if (node->flow || entry == node->entries)
		return (struct str){0};
	return between(entry[-1].at + entry[-1].whole_length, entry->at);
}

const struct meta_entry *meta_find(const struct meta *map, struct str key)
{
	size_t from = 0, to = map && map->kind == META_MAP ? map->count : 0;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		const struct meta_entry *entry = meta_in_order(map, middle);
		int order = str_compare(key, meta_key(entry));
		if (order == 0)
			return entry;
		if (order < 0)
			to = middle;
		else
			from = middle + 1;
	}
	return NULL;
}

const struct meta *meta_get(const struct meta *map, struct str key)
{
	const struct meta_entry *entry = meta_find(map, key);

	return entry ? entry->value : NULL;
}

struct str meta_text(const struct meta *map, struct str key)
{
	const struct meta *value = meta_get(map, key);

	return value && value->kind == META_SCALAR ? meta_says(value) : (struct str){0};
}

bool meta_is_nothing(const struct meta *node)
{
	return !node || (node->kind == META_SCALAR && node->plain &&
			 (node->says_length == 0 || str_equal(meta_says(node), STR("~"))));
}

bool meta_equal(const struct meta *a, const struct meta *b)
{
	if (a->kind != b->kind || a->count != b->count)
		return false;
	if (a->kind == META_SCALAR)
		return str_equal(meta_says(a), meta_says(b)) ||
		       (meta_is_nothing(a) && meta_is_nothing(b));
	for (size_t i = 0; i < a->count; i++) {
		const struct meta_entry *left = meta_in_order(a, i), *right = meta_in_order(b, i);
		if (!str_equal(meta_key(left), meta_key(right)) ||
		    !meta_equal(left->value, right->value))
			return false;
	}
	return true;
}
