#include "merge/yaml_sets.h"

struct finder {
	struct arena *arena;
	struct yaml_sets found;
};

static uint32_t line_of(const struct cell *cell)
{
	const struct meta_entry *entry = cell->main ? cell->main : cell->rest;

	/* A block stands below its key, its list of wordings on the line behind it. */
	bool below = is_collection(entry->value) && !entry->value->flow;
	return entry->value->line - (below && entry->value->line > 1 ? 1 : 0);
}

static void add_set(struct finder *finder, struct str name, const struct meta *map,
		    const struct meta *flow, const struct cell *cell)
{
	struct yaml_wordings wordings = yaml_wordings_of(finder->arena, cell);

	if (wordings.count < 2)
		return;
	arena_push(finder->arena, finder->found.sets, finder->found.count, finder->found.room);
	finder->found.sets[finder->found.count++] = (struct yaml_set){
		.name = name,
		.cell = *cell,
		.map = map,
		.flow = flow,
		.wordings = wordings,
		.line = line_of(cell),
	};
}

/* Depth is bounded by LIMIT_YAML_DEPTH. */
static void find_in(struct finder *finder, struct str name, const struct meta *node,
		    const struct meta *flow)
{
	if (!is_collection(node))
		return;
	if (!flow && node->flow)
		flow = node;
	struct cells cells = cells_of(finder->arena, node);
	for (size_t i = 0; i < cells.count; i++) {
		const struct cell *cell = &cells.cell[i];
		struct str own = node->kind == META_MAP ? cell_key(cell)
							: str_printf(finder->arena, "%zu", i + 1);
		if (name.len)
			own = str_printf(finder->arena, "%.*s.%.*s", STR_ARGS(name), STR_ARGS(own));
		if (cell->rest)
			add_set(finder, own, node, flow, cell);
		else
			find_in(finder, own, cell->main->value, flow);
	}
}

struct yaml_sets yaml_sets_of(struct arena *arena, const struct meta_doc *doc)
{
	struct finder finder = {.arena = arena};

	find_in(&finder, (struct str){0}, doc->root, NULL);
	return finder.found;
}

struct str yaml_wording_text(struct arena *arena, const struct yaml_wording *wording)
{
	struct buf out = {.arena = arena};

	if (wording->node->kind == META_SCALAR)
		return meta_says(wording->node);
	meta_write_flow(&out, wording->node);
	return buf_str(&out);
}

/* --- settling ----------------------------------------------------------------- */

/* The same tree, but with `value` alone in the set's place. */
static const struct meta *settled_copy(struct arena *arena, const struct meta *node,
				       const struct yaml_set *set, const struct meta *value)
{
	if (!is_collection(node))
		return node;
	const struct str key = cell_key(&set->cell);
	struct meta *copy = arena_new(arena, struct meta);
	*copy = *node;
	copy->count = 0;
	copy->entries = NULL;
	meta_make_room(arena, copy, 0, node->count);
	for (size_t i = 0; i < node->count; i++) {
		const struct meta_entry *entry = &node->entries[i];
		struct meta_entry *own = &copy->entries[copy->count];

		if (entry == set->cell.rest && set->cell.main)
			continue;
		*own = *entry;
		copy->count++;
		if (entry == set->cell.main || entry == set->cell.rest) {
			own->key = key.at;
			own->key_length = (uint32_t)key.len;
			own->value = arena_new(arena, struct meta);
			*own->value = *value;
			continue;
		}
		own->value = arena_new(arena, struct meta);
		*own->value = *settled_copy(arena, entry->value, set, value);
	}
	if (copy->kind == META_MAP)
		meta_sort(copy);
	return copy;
}

/* "key: value" and its comments, as far to the right as the map it stands in. */
static void write_settled(struct buf *out, const struct yaml_set *set, struct made value)
{
	struct arena *arena = out->arena;
	const struct cell *cell = &set->cell;
	const struct meta_entry *first = cell->main ? cell->main : cell->rest;
	struct buf entry = {.arena = arena};
	struct str key = cell->main ? meta_key_raw(cell->main)
				    : written_scalar(arena, cell_key(cell), false);
	size_t indent = 0;

	while (indent < first->whole_length && first->at[indent] == ' ')
		buf_add_byte(out, first->at[indent++]);
	write_entry(&entry, key_mark(arena, key), value, cell_comments(arena, cell));
	text_indent(out, buf_str(&entry), set->map->column, false);
}

static struct str up_to(const char *from, const char *to)
{
	return (struct str){from, (size_t)(to - from)};
}

static const char *end_of(struct str text)
{
	return text.at + text.len;
}

struct str yaml_settle(struct arena *arena, const struct meta_doc *doc, const struct yaml_set *set,
		       struct made value)
{
	const struct meta_entry *main = set->cell.main, *rest = set->cell.rest;
	struct str source = doc->source;
	struct buf out = {.arena = arena};

	if (set->flow) {
		buf_add(&out, up_to(source.at, set->flow->at));
		meta_write_flow(&out, settled_copy(arena, set->flow, set, value.plan));
		buf_add(&out, up_to(end_of(meta_raw(set->flow)), end_of(source)));
		return buf_str(&out);
	}
	const struct meta_entry *first = main ? main : rest;
	buf_add(&out, up_to(source.at, first->at));
	if (main && value.plan == main->value)
		buf_add(&out, meta_whole(main));
	else
		write_settled(&out, set, value);
	if (main)
		buf_add(&out, up_to(end_of(meta_whole(main)), rest->at));
	buf_add(&out, up_to(end_of(meta_whole(rest)), end_of(source)));
	return buf_str(&out);
}
