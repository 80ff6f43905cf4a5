#include "merge/yaml_cells.h"

#include "merge/yaml_text.h"

/* What tells the items of a list apart when they are maps, the surest first. */
static const char *const item_keys[][2] = {
	{"keys", NULL}, {"heading", "as_written"}, {"as_written", NULL}, {"names", NULL},
	{"name", NULL}, {"emails", NULL},	   {"a", "b"},		 {"heading", NULL},
};

enum { ROUNDS = 1 + sizeof item_keys / sizeof *item_keys };

static const struct str rest_mark = {" ⟨version⟩", sizeof " ⟨version⟩" - 1};

struct str cell_rest_key(struct arena *arena, struct str key)
{
	struct buf name = {.arena = arena};

	buf_add(&name, key);
	buf_add(&name, rest_mark);
	return buf_str(&name);
}

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

struct str cell_identity(struct arena *arena, const struct meta *node)
{
	struct buf out = {.arena = arena};

	write_identity(&out, node);
	return buf_str(&out);
}

/* Whether the entry is a "key ⟨version⟩" with its list; a mark behind a mark is part of the key. */
static bool holds_wordings(const struct meta_entry *entry)
{
	if (!entry || entry->key.len <= rest_mark.len || !str_ends(entry->key, rest_mark))
		return false;
	return !str_ends(str_slice(entry->key, 0, entry->key.len - rest_mark.len), rest_mark) &&
	       entry->value->kind == META_LIST && entry->value->count;
}

static struct str text_of(struct arena *arena, const struct meta *node, const struct cell *cell)
{
	const struct meta_entry *const parts[] = {cell->main, cell->rest};
	struct buf text = {.arena = arena};

	for (size_t i = 0; i < 2; i++) {
		if (!parts[i])
			continue;
		buf_add(&text, parts[i]->lead);
		buf_add(&text, parts[i]->whole);
	}
	return text_outdent(arena, buf_str(&text), node->flow ? 0 : node->column);
}

static struct cell cell_of(struct arena *arena, const struct meta *node,
			   const struct meta_entry *entry)
{
	struct cell cell = {
		.key = entry->key, .main = entry, .column = node->column, .flow = node->flow};

	if (node->kind == META_MAP) {
		cell.rest = meta_find(node, cell_rest_key(arena, entry->key));
		if (!holds_wordings(cell.rest))
			cell.rest = NULL;
	}
	if (node->kind == META_MAP && holds_wordings(entry)) {
		cell.key.len -= rest_mark.len;
		cell.main = NULL;
		cell.rest = entry;
	}
	cell.text = text_of(arena, node, &cell);
	return cell;
}

struct cells cells_of(struct arena *arena, const struct meta *node)
{
	struct cells cells = {0};

	if (!node || node->kind == META_SCALAR)
		return cells;
	cells.cell = arena_array(arena, struct cell, node->count);
	for (size_t i = 0; i < node->count; i++) {
		const struct meta_entry *entry = &node->entries[i];
		struct str key = str_slice(entry->key, 0, entry->key.len - rest_mark.len);
		bool has_main =
			node->kind == META_MAP && holds_wordings(entry) && meta_find(node, key);
		if (!has_main)
			cells.cell[cells.count++] = cell_of(arena, node, entry);
	}
	return cells;
}

static struct str fields(struct arena *arena, const struct meta *map, const char *const keys[2])
{
	struct buf out = {.arena = arena};

	for (size_t i = 0; i < 2 && keys[i]; i++) {
		const struct meta *value = meta_get(map, str_of(keys[i]));
		if (meta_is_nothing(value))
			return (struct str){0};
		buf_add(&out, cell_identity(arena, value));
		buf_add_byte(&out, '\n');
	}
	return buf_str(&out);
}

/* What the cell is called in this round of pairing; NULL: nothing. */
static struct str name_of(struct arena *arena, const struct cell *cell, bool map, int round)
{
	if (map)
		return round == 0 ? (cell->key.at ? cell->key : STR("")) : (struct str){0};
	if (round == 0)
		return cell_identity(arena, cell->main->value);
	return fields(arena, cell->main->value, item_keys[round - 1]);
}

static const struct str *names_of(struct arena *arena, struct cells cells, bool map, int round)
{
	struct str *names = arena_array(arena, struct str, cells.count);

	for (size_t i = 0; i < cells.count; i++)
		names[i] = name_of(arena, &cells.cell[i], map, round);
	return names;
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

struct alignment cells_align(struct arena *arena, const struct meta *base, const struct meta *ours,
			     const struct meta *theirs)
{
	struct alignment all = {
		.cells = {cells_of(arena, base), cells_of(arena, ours), cells_of(arena, theirs)}};
	bool map = ours->kind == META_MAP;
	struct set_names names[ROUNDS] = {{{0}}};
	int rounds = map ? 1 : ROUNDS;

	for (int t = BASE; t < TEXTS; t++) {
		for (int round = 0; round < rounds; round++)
			names[round].of[t] = names_of(arena, all.cells[t], map, round);
		all.set[t].count = all.cells[t].count;
		all.set[t].text = names[0].of[t];
	}
	set_align(arena, all.set, names, rounds);
	for (int t = OURS; t < TEXTS; t++)
		all.set[t].edited =
			find_edited(arena, all.cells[BASE], all.cells[t], all.set[t].id);
	return all;
}

struct lines cell_lead(struct arena *arena, const struct cell *cell)
{
	struct lines lead = {0}, more;

	if (cell && cell->main)
		lead = lines_of(arena, text_outdent(arena, cell->main->lead, cell->column));
	if (cell && cell->rest) {
		more = lines_of(arena, text_outdent(arena, cell->rest->lead, cell->column));
		for (size_t i = 0; i < more.count; i++)
			lines_add(arena, &lead, more.line[i]);
	}
	return lead;
}

struct lines cell_comments(struct arena *arena, const struct cell *cell)
{
	struct lines comments = {0};

	if (cell && cell->main && !cell->flow)
		lines_add_comments(arena, &comments, entry_comments(arena, cell->main));
	if (!cell || !cell->rest || cell->flow)
		return comments;
	const struct meta *list = cell->rest->value;
	lines_add_comments(arena, &comments, entry_comments(arena, cell->rest));
	lines_add_comments(arena, &comments, lines_of(arena, list->head));
	for (size_t i = 0; i < list->count && !list->flow; i++) {
		lines_add_comments(arena, &comments, lines_of(arena, list->entries[i].lead));
		lines_add_comments(arena, &comments, entry_comments(arena, &list->entries[i]));
	}
	lines_add_comments(arena, &comments, lines_of(arena, list->tail));
	return comments;
}
