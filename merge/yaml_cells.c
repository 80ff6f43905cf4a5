#include "merge/yaml_cells.h"

#include "core/label.h"
#include "merge/yaml_names.h"
#include "merge/yaml_renamed.h"
#include "merge/yaml_text.h"

static const struct str rest_mark = {LABEL_OF_KEY, sizeof LABEL_OF_KEY - 1};

struct str cell_rest_key(struct arena *arena, struct str key)
{
	char *name = arena_alloc(arena, key.len + rest_mark.len, 1);

	str_promise_place(key);
	if (key.len)
		memcpy(name, key.at, key.len);
	memcpy(name + key.len, rest_mark.at, rest_mark.len);
	return (struct str){name, key.len + rest_mark.len};
}

/* Whether the entry is a "key ⟨version⟩" with its list; a mark behind a mark is part of the key. */
static bool holds_wordings(const struct meta_entry *entry)
{
	struct str key = entry ? meta_key(entry) : (struct str){0};

	if (key.len <= rest_mark.len || !str_ends(key, rest_mark))
		return false;
	return !str_ends(str_slice(key, 0, key.len - rest_mark.len), rest_mark) &&
	       entry->value->kind == META_LIST && entry->value->count;
}

struct str cell_key(const struct cell *cell)
{
	struct str key;

	if (cell->main)
		return meta_key(cell->main);
	key = meta_key(cell->rest);
	return str_slice(key, 0, key.len - rest_mark.len);
}

/* An entry with the lines above it, which it follows without a gap. */
static struct str lines_of_entry(const struct meta *node, const struct meta_entry *entry)
{
	struct str lead = meta_lead(node, entry), whole = meta_whole(entry);

	return lead.len ? (struct str){lead.at, lead.len + whole.len} : whole;
}

static struct str text_of(struct arena *arena, const struct cell *cell)
{
	const struct meta *node = cell->node;
	struct str text = lines_of_entry(node, cell->main ? cell->main : cell->rest);
	struct buf both = {.arena = arena};

	if (cell->main && cell->rest) {
		buf_add(&both, text);
		buf_add(&both, lines_of_entry(node, cell->rest));
		text = buf_str(&both);
	}
	return text_outdent(arena, text, node->flow ? 0 : node->column);
}

/* Mostly there are none to be looked for, key by key. */
static bool has_wordings(const struct meta *map)
{
	for (size_t i = 0; i < map->count; i++)
		if (holds_wordings(&map->entries[i]))
			return true;
	return false;
}

/* `may_have_rest`: some entry of the node holds wordings. */
static struct cell cell_of(struct arena *arena, const struct meta *node,
			   const struct meta_entry *entry, bool may_have_rest)
{
	struct cell cell = {.main = entry, .node = node};

	if (may_have_rest) {
		cell.rest = meta_find(node, cell_rest_key(arena, meta_key(entry)));
		if (!holds_wordings(cell.rest))
			cell.rest = NULL;
	}
	if (may_have_rest && holds_wordings(entry)) {
		cell.main = NULL;
		cell.rest = entry;
	}
	cell.text = text_of(arena, &cell);
	return cell;
}

struct cells cells_of(struct arena *arena, const struct meta *node)
{
	struct cells cells = {0};

	if (!node || node->kind == META_SCALAR)
		return cells;
	bool may_have_rest = node->kind == META_MAP && has_wordings(node);
	cells.cell = arena_array(arena, struct cell, node->count);
	for (size_t i = 0; i < node->count; i++) {
		const struct meta_entry *entry = &node->entries[i];
		struct str key = str_slice(meta_key(entry), 0, entry->key_length - rest_mark.len);
		bool has_main = may_have_rest && holds_wordings(entry) && meta_find(node, key);
		if (!has_main)
			cells.cell[cells.count++] = cell_of(arena, node, entry, may_have_rest);
	}
	return cells;
}

/* Keys name themselves. */
static struct name_rounds key_names(struct arena *arena, const struct cells cells[TEXTS])
{
	struct set_names *names = arena_new(arena, struct set_names);

	for (int t = BASE; t < TEXTS; t++) {
		struct str *keys = arena_array(arena, struct str, cells[t].count);

		for (size_t i = 0; i < cells[t].count; i++) {
			struct str key = cell_key(&cells[t].cell[i]);

			keys[i] = key.at ? key : STR("");
		}
		names->of[t] = keys;
	}
	return (struct name_rounds){names, 1};
}

static const bool *find_edited(struct arena *arena, struct cells base, struct cells side,
			       const int *id)
{
	bool *edited = arena_array(arena, bool, side.count);

	for (size_t i = 0; i < side.count; i++)
		edited[i] = (size_t)id[i] >= base.count ||
			    !text_same_words(base.cell[id[i]].text, side.cell[i].text);
	return edited;
}

struct alignment cells_align(struct arena *arena, struct arena *scratch, const struct meta *base,
			     const struct meta *ours, const struct meta *theirs)
{
	struct alignment all = {
		.cells = {cells_of(arena, base), cells_of(arena, ours), cells_of(arena, theirs)}};
	const struct meta *const lists[TEXTS] = {base, ours, theirs};
	struct name_rounds rounds =
		ours->kind == META_MAP ? key_names(scratch, all.cells) : item_names(scratch, lists);

	for (int t = BASE; t < TEXTS; t++)
		all.set[t].count = all.cells[t].count;
	set_align_base(arena, all.set, rounds.at, rounds.count);
	if (ours->kind == META_LIST)
		renamed_align(lists, all.set);
	set_align_new(all.set, rounds.at, rounds.count);
	return all;
}

void cells_find_edited(struct arena *arena, struct alignment *all)
{
	for (int t = OURS; t < TEXTS; t++)
		all->set[t].edited =
			find_edited(arena, all->cells[BASE], all->cells[t], all->set[t].id);
}

static struct lines lines_above(struct arena *arena, const struct meta *node,
				const struct meta_entry *entry)
{
	return lines_of(arena, text_outdent(arena, meta_lead(node, entry), node->column));
}

struct lines cell_lead(struct arena *arena, const struct cell *cell)
{
	struct lines lead = {0}, more;

	if (cell && cell->main)
		lead = lines_above(arena, cell->node, cell->main);
	if (cell && cell->rest) {
		more = lines_above(arena, cell->node, cell->rest);
		for (size_t i = 0; i < more.count; i++)
			lines_add(arena, &lead, more.line[i]);
	}
	return lead;
}

struct lines cell_comments(struct arena *arena, const struct cell *cell)
{
	struct lines comments = {0};

	if (cell && cell->main && !cell->node->flow)
		lines_add_comments(arena, &comments, entry_comments(arena, cell->main));
	if (!cell || !cell->rest || cell->node->flow)
		return comments;
	const struct meta *list = cell->rest->value;
	lines_add_comments(arena, &comments, entry_comments(arena, cell->rest));
	lines_add_comments(arena, &comments, lines_of(arena, meta_head(list)));
	for (size_t i = 0; i < list->count && !list->flow; i++) {
		lines_add_comments(arena, &comments,
				   lines_of(arena, meta_lead(list, &list->entries[i])));
		lines_add_comments(arena, &comments, entry_comments(arena, &list->entries[i]));
	}
	lines_add_comments(arena, &comments, lines_of(arena, meta_tail(list)));
	return comments;
}
