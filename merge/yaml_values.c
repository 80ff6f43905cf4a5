#include "merge/yaml_values.h"

#include <stdlib.h>

#include "merge/scalar.h"
#include "merge/yaml_names.h"

bool is_collection(const struct meta *node)
{
	return node && node->kind != META_SCALAR;
}

struct made made_of(struct arena *arena, struct meta *node, size_t owner)
{
	struct made made = {.plan = node, .step = DEFAULT_STEP};

	if (!is_collection(node) || node->flow) {
		struct buf text = {.arena = arena};
		if (node->flow && !str_starts(meta_raw(node), STR("[")) &&
		    !str_starts(meta_raw(node), STR("{")))
			meta_write_flow(&text, node);
		else
			buf_add(&text, str_trim_right(text_outdent(arena, meta_raw(node), owner)));
		made.text = buf_str(&text);
		return made;
	}
	made.text = text_outdent(arena, meta_lines(node), node->column);
	made.block = true;
	if (node->column >= owner)
		made.step = node->column - owner;
	return made;
}

struct str written_scalar(struct arena *arena, struct str text, bool flow)
{
	struct buf out = {.arena = arena};

	meta_write_scalar(&out, text, flow);
	return buf_str(&out);
}

struct str key_mark(struct arena *arena, struct str written)
{
	return str_printf(arena, "%.*s:", STR_ARGS(written));
}

struct made made_of_text(struct arena *arena, struct str text)
{
	struct meta *scalar = arena_new(arena, struct meta);

	*scalar = (struct meta){
		.kind = META_SCALAR, .says = text.at, .says_length = (uint32_t)text.len};
	return (struct made){
		.plan = scalar, .text = written_scalar(arena, text, false), .step = DEFAULT_STEP};
}

void write_lines(struct buf *out, struct lines lines)
{
	for (size_t i = 0; i < lines.count; i++) {
		buf_add(out, lines.line[i]);
		if (!str_ends(lines.line[i], STR("\n")))
			buf_add_byte(out, '\n');
	}
}

static bool is_note(struct str line)
{
	struct str text = str_trim(line);

	return text.len == 0 || text.at[0] == '#';
}

void write_entry(struct buf *out, struct str mark, struct made value, struct lines comments)
{
	bool item = str_equal(mark, STR("-"));
	bool one_line = str_find_byte(value.text, '\n', 0) == value.text.len;
	bool behind = comments.count == 1 && (value.block ? !item : one_line);
	struct str rest = value.text, line;

	if (!behind)
		write_lines(out, comments);
	/* A comment cannot stand between a dash and the key behind it. */
	while (item && value.block && str_next_line(&rest, &line) && is_note(line)) {
		buf_add(out, line);
		value.text = rest;
	}
	buf_add(out, mark);
	if (value.block && item) {
		buf_add_byte(out, ' ');
		text_indent(out, value.text, DEFAULT_STEP, false);
		return;
	}
	if (!value.block && value.text.len) {
		buf_add_byte(out, ' ');
		buf_add(out, value.text);
	}
	if (behind) {
		buf_add(out, STR("  "));
		buf_add(out, comments.line[0]);
	}
	buf_add_byte(out, '\n');
	if (value.block)
		text_indent(out, value.text, value.step, true);
}

static void add_wording(struct arena *arena, struct yaml_wordings *to, struct meta *node,
			size_t owner)
{
	struct str identity = node_identity(arena, node);

	to->names[to->count] = identity;
	to->at[to->count++] = (struct yaml_wording){
		.node = node,
		.made = made_of(arena, node, owner),
		.identity = identity,
		.order = node->kind == META_SCALAR ? meta_says(node) : identity,
	};
}

struct yaml_wordings yaml_wordings_of(struct arena *arena, const struct cell *cell)
{
	const struct meta *rest = cell && cell->rest ? cell->rest->value : NULL;
	size_t room = 1 + (rest ? rest->count : 0);
	struct yaml_wordings all = {arena_array(arena, struct yaml_wording, room),
				    arena_array(arena, struct str, room), 0};

	if (cell && cell->main && !meta_is_nothing(cell->main->value))
		add_wording(arena, &all, cell->main->value, cell->node->column);
	for (size_t i = 0; rest && i < rest->count; i++)
		add_wording(arena, &all, rest->entries[i].value, rest->flow ? 0 : rest->column);
	return all;
}

static int by_order(const void *a, const void *b)
{
	const struct yaml_wording *left = a, *right = b;
	int order = str_compare(left->order, right->order);

	return order ? order : str_compare(left->identity, right->identity);
}

static const struct yaml_wording *choose_wording(const struct yaml_wordings texts[TEXTS],
						 struct set_pick pick)
{
	const struct yaml_wording *ours = pick.ours < 0 ? NULL : &texts[OURS].at[pick.ours];
	const struct yaml_wording *theirs = pick.theirs < 0 ? NULL : &texts[THEIRS].at[pick.theirs];

	if (!ours || !theirs)
		return ours ? ours : theirs;
	struct str base = {0};
	if (pick.base >= 0)
		base = texts[BASE].at[pick.base].made.text;
	struct str text = merge_name(base, ours->made.text, theirs->made.text);
	return str_equal(text, ours->made.text) ? ours : theirs;
}

/* A comment inside a list or map is an edit of it, though it says the same. */
static const bool *find_edited(struct arena *arena, const struct yaml_wordings *base,
			       const struct yaml_wordings *side, const int *id)
{
	bool *edited = arena_array(arena, bool, side->count);

	for (size_t i = 0; i < side->count; i++)
		edited[i] = is_collection(side->at[i].node) && (size_t)id[i] < base->count &&
			    !text_same_words(base->at[id[i]].made.text, side->at[i].made.text);
	return edited;
}

struct yaml_wordings wordings_merge(struct arena *arena, const struct yaml_wordings texts[TEXTS])
{
	struct set_side set[TEXTS] = {{0}};
	struct set_names names = {0};
	size_t ours = texts[OURS].count, theirs = texts[THEIRS].count, count, once = 0;
	struct yaml_wordings merged = {
		.at = arena_array(arena, struct yaml_wording, ours + theirs)};

	for (int t = BASE; t < TEXTS; t++) {
		set[t].count = texts[t].count;
		names.of[t] = texts[t].names;
	}
	set_align(arena, set, &names, 1);
	for (int t = OURS; t < TEXTS; t++)
		set[t].edited = find_edited(arena, &texts[BASE], &texts[t], set[t].id);
	struct set_pick *picks = set_merge(arena, set, &count);
	for (size_t i = 0; i < count; i++)
		merged.at[merged.count++] = *choose_wording(texts, picks[i]);
	/* Each side took another one away: none may go. */
	if (count == 0 && ours && theirs)
		for (int t = OURS; t < TEXTS; t++)
			for (size_t i = 0; i < texts[t].count; i++)
				merged.at[merged.count++] = texts[t].at[i];
	if (merged.count)
		qsort(merged.at, merged.count, sizeof *merged.at, by_order);
	for (size_t i = 0; i < merged.count; i++)
		if (i == 0 || !str_equal(merged.at[i].identity, merged.at[once - 1].identity))
			merged.at[once++] = merged.at[i];
	merged.count = once;
	return merged;
}
