#include "core/meta.h"

#include <stdlib.h>

static int by_key(const void *a, const void *b)
{
	const struct meta_entry *const *left = a, *const *right = b;

	return str_compare((*left)->key, (*right)->key);
}

const struct meta_entry *meta_sort(struct arena *arena, struct meta *map)
{
	const struct meta_entry **sorted = arena_alloc(arena, map->count, sizeof *map->sorted);

	for (size_t i = 0; i < map->count; i++)
		sorted[i] = &map->entries[i];
	if (map->count)
		qsort(sorted, map->count, sizeof(struct meta_entry *), by_key);
	map->sorted = sorted;
	for (size_t i = 1; i < map->count; i++)
		if (str_equal(sorted[i]->key, sorted[i - 1]->key))
			return sorted[i];
	return NULL;
}

static struct str between(const char *from, const char *to)
{
	return (struct str){from, (size_t)(to - from)};
}

/* Whether entries part the lines of the node, not its own bytes. */
static bool is_block(const struct meta *node)
{
	return node->kind != META_SCALAR && !node->flow;
}

struct str meta_head(const struct meta *node)
{
	if (!node->lines.at)
		return (struct str){0};
	if (!is_block(node))
		return between(node->lines.at, node->raw.at);
	return node->count ? between(node->lines.at, node->entries[0].whole.at) : node->lines;
}

struct str meta_tail(const struct meta *node)
{
	struct str last = node->raw;

	if (!node->lines.at || (is_block(node) && node->count == 0))
		return (struct str){0};
	if (is_block(node))
		last = node->entries[node->count - 1].whole;
	return between(last.at + last.len, node->lines.at + node->lines.len);
}

struct str meta_lead(const struct meta *node, const struct meta_entry *entry)
{
	if (node->flow || entry == node->entries)
		return (struct str){0};
	return between(entry[-1].whole.at + entry[-1].whole.len, entry->whole.at);
}

const struct meta_entry *meta_find(const struct meta *map, struct str key)
{
	size_t from = 0, to = map && map->kind == META_MAP ? map->count : 0;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		int order = str_compare(key, map->sorted[middle]->key);
		if (order == 0)
			return map->sorted[middle];
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

	return value && value->kind == META_SCALAR ? value->value : (struct str){0};
}

bool meta_is_nothing(const struct meta *node)
{
	return !node || (node->kind == META_SCALAR && node->plain &&
			 (node->value.len == 0 || str_equal(node->value, STR("~"))));
}

bool meta_equal(const struct meta *a, const struct meta *b)
{
	if (a->kind != b->kind || a->count != b->count)
		return false;
	if (a->kind == META_SCALAR)
		return str_equal(a->value, b->value) || (meta_is_nothing(a) && meta_is_nothing(b));
	for (size_t i = 0; i < a->count; i++) {
		const struct meta_entry *left = a->kind == META_MAP ? a->sorted[i] : &a->entries[i];
		const struct meta_entry *right =
			b->kind == META_MAP ? b->sorted[i] : &b->entries[i];
		if (!str_equal(left->key, right->key) || !meta_equal(left->value, right->value))
			return false;
	}
	return true;
}
