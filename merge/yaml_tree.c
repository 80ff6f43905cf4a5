#include "merge/yaml_tree.h"

#include "merge/scalar.h"
#include "merge/yaml_one_value.h"

/* A list or map of the result as it grows. */
struct growing {
	struct arena *arena;  /* of the plan */
	struct arena scratch; /* of the work on one cell */
	struct meta *plan;
	size_t room;
	struct buf text;
};

static void plan_make_room(struct growing *to, size_t room)
{
	meta_make_room(to->arena, to->plan, to->room, room);
	to->room = room;
}

static void plan_add(struct growing *to, struct str key, struct str key_raw, struct meta *value)
{
	struct meta *plan = to->plan;

	if (plan->count == to->room)
		plan_make_room(to, to->room ? 2 * to->room : 8);
	plan->entries[plan->count++] = meta_entry_of(key, key_raw, value);
}

/* A cell that only one side has, or that only one side changed: its own bytes. */
static void keep_cell(struct growing *to, const struct cell *cell)
{
	const struct meta_entry *const parts[] = {cell->main, cell->rest};
	bool list = to->plan->kind == META_LIST;

	if (!to->plan->flow && !cell->node->flow)
		buf_add(&to->text, cell->text);
	for (size_t i = 0; i < 2; i++) {
		if (!parts[i])
			continue;
		plan_add(to, meta_key(parts[i]), meta_key_raw(parts[i]), parts[i]->value);
		if (to->plan->flow || !cell->node->flow)
			continue;
		/* A key that stood between brackets may stand on a line as it is. */
		struct arena *arena = &to->scratch;
		struct str key = meta_key_raw(parts[i]);
		if (key.len == 0 || str_find_byte(key, '\n', 0) < key.len)
			key = written_scalar(arena, meta_key(parts[i]), false);
		write_entry(&to->text, list ? STR("-") : key_mark(arena, key),
			    made_of(arena, parts[i]->value, cell->node->column), (struct lines){0});
	}
}

/* --- both sides changed a cell -------------------------------------------------- */

enum { MOST_COMPARED = 64 }; /* comments of one entry, each with each */

struct trio {
	const struct cell *base, *ours, *theirs; /* base: NULL where the cell is new */
};

static const struct meta *only_value(const struct cell *cell)
{
	return cell && cell->main && !cell->rest ? cell->main->value : NULL;
}

static struct str raw_key(const struct cell *cell)
{
	return cell && cell->main ? meta_key_raw(cell->main) : (struct str){0};
}

static bool merges_deeper(const struct trio *cells)
{
	const struct meta *ours = only_value(cells->ours), *theirs = only_value(cells->theirs);

	return is_collection(ours) && is_collection(theirs) && ours->kind == theirs->kind;
}

static size_t choose_step(const struct trio *cells)
{
	const struct cell *const texts[TEXTS] = {cells->base, cells->ours, cells->theirs};
	size_t step[TEXTS];

	for (int t = BASE; t < TEXTS; t++) {
		const struct meta *value = only_value(texts[t]);
		bool block = is_collection(value) && !value->flow &&
			     value->column >= texts[t]->node->column;
		step[t] = SIZE_MAX;
		if (block)
			step[t] = (size_t)(value->column - texts[t]->node->column);
	}
	if (step[OURS] == step[THEIRS] || step[THEIRS] == step[BASE])
		return step[OURS] == SIZE_MAX ? DEFAULT_STEP : step[OURS];
	if (step[OURS] == step[BASE])
		return step[THEIRS] == SIZE_MAX ? DEFAULT_STEP : step[THEIRS];
	return step[OURS] < step[THEIRS] ? step[OURS] : step[THEIRS];
}

/* How nothing is written where nothing is left; a side that says something did not write it. */
static struct made choose_nothing(struct arena *arena, const struct trio *cells, size_t ours_says,
				  size_t theirs_says)
{
	if (ours_says)
		return made_of(arena, cells->theirs->main->value, cells->theirs->node->column);
	struct made ours = made_of(arena, cells->ours->main->value, cells->ours->node->column);
	if (theirs_says)
		return ours;
	struct made theirs =
		made_of(arena, cells->theirs->main->value, cells->theirs->node->column);
	const struct meta *old = only_value(cells->base);
	struct str text = merge_name(old ? meta_raw(old) : (struct str){0}, ours.text, theirs.text);
	return str_equal(text, ours.text) ? ours : theirs;
}

/* Lets what a new value says live as long as the plan. */
static void keep_value(struct arena *arena, const struct yaml_wordings texts[TEXTS],
		       struct made *value)
{
	if (value->plan == texts[OURS].at[0].node || value->plan == texts[THEIRS].at[0].node)
		return;
	struct meta *own = arena_new(arena, struct meta);
	*own = *value->plan;
	own->says = str_copy(arena, meta_says(own)).at;
	value->plan = own;
}

/* The values of the result: the first stands under the key, the others in the list below. */
static struct made *merge_values(struct growing *to, const struct trio *cells,
				 struct lines *comments, size_t *count)
{
	struct arena *scratch = &to->scratch;
	const struct meta *base = only_value(cells->base);

	if (merges_deeper(cells)) {
		struct made *deeper = arena_new(scratch, struct made);
		struct lines loose = {0};
		const struct meta *ours = only_value(cells->ours);
		*deeper = yaml_tree_merge(to->arena, scratch,
					  base && base->kind == ours->kind ? base : NULL, ours,
					  only_value(cells->theirs), &loose);
		deeper->step = choose_step(cells);
		lines_add_comments(scratch, comments, loose);
		*count = 1;
		return deeper;
	}
	struct yaml_wordings texts[TEXTS] = {yaml_wordings_of(scratch, cells->base),
					     yaml_wordings_of(scratch, cells->ours),
					     yaml_wordings_of(scratch, cells->theirs)};
	struct made *one = arena_new(scratch, struct made);
	*count = 1;
	if (merge_to_one_value(scratch, texts, one)) {
		keep_value(to->arena, texts, one);
		return one;
	}
	struct yaml_wordings merged = wordings_merge(scratch, texts);
	struct made *values = arena_array(scratch, struct made, merged.count + 1);
	for (*count = 0; *count < merged.count; ++*count)
		values[*count] = merged.at[*count].made;
	if (*count == 0)
		values[(*count)++] =
			choose_nothing(scratch, cells, texts[OURS].count, texts[THEIRS].count);
	return values;
}

/* The other wordings of a key: a list below it, as a block and as a plan. */
static void add_rest(struct growing *to, struct str key, const struct made *values, size_t count)
{
	struct arena *scratch = &to->scratch;
	struct str rest_key = cell_rest_key(to->arena, key);
	struct growing list = {.arena = to->arena,
			       .plan = arena_new(to->arena, struct meta),
			       .text = {.arena = scratch}};

	list.plan->kind = META_LIST;
	list.plan->flow = to->plan->flow;
	plan_make_room(&list, count);
	for (size_t i = 0; i < count; i++) {
		plan_add(&list, (struct str){0}, (struct str){0}, values[i].plan);
		write_entry(&list.text, STR("-"), values[i], (struct lines){0});
	}
	plan_add(to, rest_key, (struct str){0}, list.plan);
	write_entry(&to->text, key_mark(scratch, written_scalar(scratch, rest_key, false)),
		    (struct made){list.plan, buf_str(&list.text), true, DEFAULT_STEP},
		    (struct lines){0});
}

static size_t count_line(struct lines lines, struct str comment)
{
	size_t count = 0;

	for (size_t i = 0; i < lines.count; i++)
		count += str_equal(str_trim(lines.line[i]), comment);
	return count;
}

static struct lines notes_of(struct arena *arena, const struct cell *cell)
{
	struct lines notes = {0};

	lines_add_comments(arena, &notes, cell_lead(arena, cell));
	lines_add_comments(arena, &notes, cell_comments(arena, cell));
	return notes;
}

/* The lead without what one side has above the entry, and the other behind it. */
static struct lines without_doubles(struct arena *arena, struct lines lead, struct lines comments,
				    const struct trio *cells)
{
	struct lines ours = notes_of(arena, cells->ours), theirs = notes_of(arena, cells->theirs);
	struct lines left = {0};

	if (lead.count > MOST_COMPARED || comments.count > MOST_COMPARED)
		return lead;
	for (size_t i = 0; i < lead.count; i++) {
		struct str comment = str_trim(lead.line[i]);
		size_t total = count_line(lead, comment) + count_line(comments, comment);
		bool doubled = comment.len && count_line(comments, comment) &&
			       total > count_line(ours, comment) &&
			       total > count_line(theirs, comment);
		if (!doubled)
			lines_add(arena, &left, lead.line[i]);
	}
	return left;
}

static void merge_cell(struct growing *to, const struct trio *cells)
{
	struct arena *scratch = &to->scratch;
	bool list = to->plan->kind == META_LIST;
	struct lines comments = lines_merge(scratch, cell_comments(scratch, cells->base),
					    cell_comments(scratch, cells->ours),
					    cell_comments(scratch, cells->theirs));
	struct lines lead =
		lines_merge(scratch, cell_lead(scratch, cells->base),
			    cell_lead(scratch, cells->ours), cell_lead(scratch, cells->theirs));
	struct str key = cell_key(cells->ours);
	struct str raw =
		merge_name(raw_key(cells->base), raw_key(cells->ours), raw_key(cells->theirs));
	size_t count;
	struct made *values = merge_values(to, cells, &comments, &count);

	lead = without_doubles(scratch, lead, comments, cells);
	if (!raw.len)
		raw = written_scalar(to->arena, key, to->plan->flow);
	plan_add(to, key, raw, values[0].plan);
	write_lines(&to->text, lead);
	write_entry(&to->text, list ? STR("-") : key_mark(scratch, raw), values[0], comments);
	for (size_t i = 1; i < count && list; i++) {
		plan_add(to, key, raw, values[i].plan);
		write_entry(&to->text, STR("-"), values[i], (struct lines){0});
	}
	if (count > 1 && !list)
		add_rest(to, key, values + 1, count - 1);
}

static void take_pick(struct growing *to, const struct alignment *all, struct set_pick pick)
{
	struct trio cells = {
		pick.base < 0 ? NULL : &all->cells[BASE].cell[pick.base],
		pick.ours < 0 ? NULL : &all->cells[OURS].cell[pick.ours],
		pick.theirs < 0 ? NULL : &all->cells[THEIRS].cell[pick.theirs],
	};

	if (!cells.ours || !cells.theirs)
		keep_cell(to, cells.ours ? cells.ours : cells.theirs);
	else if (str_equal(cells.ours->text, cells.theirs->text) ||
		 (cells.base && str_equal(cells.base->text, cells.theirs->text)))
		keep_cell(to, cells.ours);
	else if (cells.base && str_equal(cells.base->text, cells.ours->text))
		keep_cell(to, cells.theirs);
	else
		merge_cell(to, &cells);
	arena_free(&to->scratch);
}

/* --- lists, maps, documents ------------------------------------------------------- */

static struct lines margin(struct arena *arena, const struct meta *node, bool tail)
{
	struct str lines = {0};

	if (node)
		lines = tail ? meta_tail(node) : meta_head(node);
	if (str_is_blank(lines))
		return (struct lines){0};
	return lines_of(arena, text_outdent(arena, lines, node->column));
}

/* Comments between brackets have no line to stand on when a list is written anew. */
static struct lines bracket_comments(struct arena *arena, const struct meta *node)
{
	return node && node->flow ? node_comments(arena, node) : (struct lines){0};
}

/*
 * A comment above an entry becomes the head where one side took away the entries
 * before it; so the head may end with what the first entry brings along.
 */
static void drop_doubled_head(struct growing *to, size_t head_length)
{
	struct str all = str_copy(&to->scratch, buf_str(&to->text));
	struct str head = str_slice(all, 0, head_length);
	struct str first = str_slice(all, head_length, all.len);

	for (; !str_is_blank(head);
	     head = str_slice(head, str_find_byte(head, '\n', 0) + 1, head.len))
		if (str_starts(first, head)) {
			to->text.len = head_length;
			buf_add(&to->text, str_slice(first, head.len, first.len));
			break;
		}
	arena_free(&to->scratch);
}

static void add_entries(struct growing *to, const struct meta *base, const struct meta *ours,
			const struct meta *theirs)
{
	struct arena scratch = {0}, aligning = {0};
	struct alignment all = cells_align(&scratch, &aligning, base, ours, theirs);
	size_t count, head = to->text.len;

	cells_find_edited(&aligning, &all);
	struct set_pick *picks = set_merge(&scratch, all.set, &count);

	arena_free(&aligning);
	plan_make_room(to, count);
	for (size_t i = 0; i < count; i++) {
		take_pick(to, &all, picks[i]);
		if (i == 0)
			drop_doubled_head(to, head);
	}
	arena_free(&scratch);
}

/* The lines above or below the entries. */
static void add_margin(struct growing *to, const struct meta *base, const struct meta *ours,
		       const struct meta *theirs, bool tail)
{
	struct arena *scratch = &to->scratch;

	write_lines(&to->text,
		    lines_merge(scratch, margin(scratch, base, tail), margin(scratch, ours, tail),
				margin(scratch, theirs, tail)));
	arena_free(scratch);
}

struct made yaml_tree_merge(struct arena *arena, struct arena *passing, const struct meta *base,
			    const struct meta *ours, const struct meta *theirs, struct lines *loose)
{
	struct growing to = {
		.arena = arena, .plan = arena_new(arena, struct meta), .text = {.arena = passing}};

	to.plan->kind = ours->kind;
	to.plan->flow = ours->flow && theirs->flow;
	*loose = lines_merge(passing, bracket_comments(passing, base),
			     bracket_comments(passing, ours), bracket_comments(passing, theirs));
	add_margin(&to, base, ours, theirs, false);
	add_entries(&to, base, ours, theirs);
	add_margin(&to, base, ours, theirs, true);
	if (to.plan->kind == META_MAP)
		meta_sort(to.plan);
	if (!to.plan->flow && to.plan->count == 0)
		lines_add_comments(passing, loose, lines_of(passing, buf_str(&to.text)));
	if (to.plan->flow || to.plan->count == 0) {
		to.text = (struct buf){.arena = passing};
		to.plan->flow = true;
		meta_write_flow(&to.text, to.plan);
	}
	return (struct made){to.plan, buf_str(&to.text), !to.plan->flow, DEFAULT_STEP};
}
