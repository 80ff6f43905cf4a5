#include "merge/table_rows.h"

#include "core/doc_lines.h"
#include "merge/numbered.h"
#include "merge/wording.h"

/* The table that a row stands in, or the header itself. */
static int table_of(const struct side *text, int piece)
{
	while (piece >= 0 && piece_block(text, piece)->kind == BLOCK_ROW)
		piece = text->pieces[piece].parent;
	return piece >= 0 && piece_block(text, piece)->kind == BLOCK_TABLE ? piece : NONE;
}

static struct str header_of(const struct side *text, int table)
{
	struct str header = piece_block(text, table)->text, line = {0};

	str_next_line(&header, &line);
	return row_without_last_mark(str_chomp(line));
}

/* Of a table of the base, the pieces in all texts. out: false where a side has no such table */
static bool find_tables(const struct plan *plan, int base, int tables[TEXTS])
{
	tables[BASE] = base;
	for (int s = 0; s < SIDES; s++) {
		int side = plan->match[s].side_of[base];

		if (side < 0 || piece_block(&plan->side[s], side)->kind != BLOCK_TABLE)
			return false;
		tables[OURS + s] = side;
	}
	return piece_block(&plan->base, base)->kind == BLOCK_TABLE;
}

static struct str row_of(const struct side *text, int piece)
{
	return row_without_last_mark(block_text(piece_block(text, piece)));
}

/* The rows of a side's table, with what the base's has of them. */
static struct known_rows rows_of(struct arena *arena, const struct plan *plan, int s,
				 const int tables[TEXTS])
{
	const struct side *side = &plan->side[s];
	int first = tables[OURS + s] + 1, end = side->pieces[first - 1].end;
	struct known_row *rows = arena_array(arena, struct known_row, (size_t)(end - first) + 1);

	for (int row = first; row < end; row++) {
		int base = plan->match[s].base_of[row];

		rows[row - first].side = row_of(side, row);
		if (base >= 0 && table_of(&plan->base, base) == tables[BASE])
			rows[row - first].base = row_of(&plan->base, base);
	}
	return (struct known_rows){rows, (size_t)(end - first)};
}

static const struct columns *columns_between(struct plan *plan, const int tables[TEXTS])
{
	struct arena scratch = {0};
	struct table_texts table;

	for (int t = BASE; t < TEXTS; t++)
		table.header[t] = header_of(plan_text(plan, t), tables[t]);
	if (str_equal(table.header[BASE], table.header[OURS]) &&
	    str_equal(table.header[BASE], table.header[THEIRS]))
		return line_cells(table.header[BASE]) > MOST_COLUMNS ? NULL : &columns_alike;
	for (int s = 0; s < SIDES; s++)
		table.rows[s] = rows_of(&scratch, plan, s, tables);
	const struct columns *columns = columns_plan(plan->arena, &plan->words, &table);
	arena_free(&scratch);
	return columns;
}

void find_columns(struct plan *plan)
{
	int tables[TEXTS];

	for (int base = 0; base < plan->base.count; base++) {
		const struct columns *columns =
			find_tables(plan, base, tables) ? columns_between(plan, tables) : NULL;

		if (!columns)
			continue;
		if (!plan->columns)
			plan->columns = arena_array(plan->arena, const struct columns *,
						    (size_t)plan->base.count);
		plan->columns[base] = columns;
	}
}

const struct columns *columns_of_node(const struct plan *plan, const struct node *node)
{
	int tables[TEXTS], base = NONE;

	for (int s = 0; s < SIDES && plan->columns && base == NONE; s++) {
		int table = table_of(&plan->side[s], node->side[s]);

		if (table >= 0)
			base = plan->match[s].base_of[table];
	}
	if (base < 0 || !plan->columns[base] || !find_tables(plan, base, tables))
		return NULL;
	for (int t = BASE; t < TEXTS; t++)
		if (node_piece(node, t) >= 0 &&
		    table_of(plan_text(plan, t), node_piece(node, t)) != tables[t])
			return NULL;
	return plan->columns[base];
}

/* A row of text `t` as it reads in the columns of the result. */
static struct block row_in_columns(struct arena *arena, const struct block *row,
				   const struct columns *columns, int t)
{
	struct wording wording = wording_of(row, true);
	struct buf raw = {.arena = arena};
	struct block fitted = *row;

	wording.text = fit_row(arena, wording.text, columns, t);
	wording_write(&raw, &wording, 0);
	fitted.raw = buf_str(&raw);
	fitted.text = str_slice(fitted.raw, wording.head.len, fitted.raw.len);
	fitted.label = 0;
	fitted.normal = key_of(doc_normal(arena, &fitted));
	return fitted;
}

const struct block *wordings_in_columns(const struct plan *plan, const struct node *node, int t)
{
	const struct side *text = plan_text(plan, t);
	int piece = node_piece(node, t);
	const struct block *blocks = piece_block(text, piece);
	const struct columns *columns = columns_of_node(plan, node);

	if (!columns || blocks->kind != BLOCK_ROW || has_all_columns(columns, t))
		return blocks;
	int count = text->pieces[piece].wordings;
	struct block *fitted = arena_array(plan->arena, struct block, (size_t)count);
	for (int i = 0; i < count; i++)
		fitted[i] = row_in_columns(plan->arena, blocks + i, columns, t);
	return fitted;
}

/*
 * Whether a row of side `s` says in its columns what the base's does. What stands behind
 * the last column is known by its place.
 */
static bool says_the_same(const struct columns *columns, int s, const struct row_cells *base,
			  const struct row_cells *side)
{
	int count = side->count > base->count ? side->count : base->count;

	for (int i = 0; i < count; i++) {
		bool lacks = columns && i < columns->all && columns->at[i].of[OURS + s] < 0;

		if (!lacks && !str_equal(cell_text(base, i), cell_text(side, i)))
			return false;
	}
	return true;
}

bool row_is_edited(const struct plan *plan, const struct node *node, int s)
{
	bool header = piece_block(&plan->base, node->base)->kind == BLOCK_TABLE;
	const struct columns *columns = header ? NULL : columns_of_node(plan, node);
	const struct side *side = &plan->side[s];
	struct str old =
		header ? header_of(&plan->base, node->base) : row_of(&plan->base, node->base);
	struct str new = header ? header_of(side, node->side[s]) : row_of(side, node->side[s]);
	struct arena scratch = {0};
	struct row_cells base = cells_by_column(&scratch, old, columns, BASE);
	struct row_cells cells = cells_by_column(&scratch, new, columns, OURS + s);
	bool edited = !says_the_same(columns, s, &base, &cells);

	arena_free(&scratch);
	return edited;
}

/* --- new rows --------------------------------------------------------------- */

/* A table that all texts have, whose new rows are joined. */
struct joiner {
	struct plan *plan;
	const struct columns *columns;
	int tables[TEXTS];
	int *const *joined; /* by side, as join_new_rows() has it */
};

/* A row of side `s` in the columns of the result. */
static struct row_cells fitted_cells(const struct joiner *joiner, int s, int row)
{
	struct arena *arena = joiner->plan->words.arena;
	struct str text = row_of(&joiner->plan->side[s], row);

	return row_cells(arena, fit_row(arena, text, joiner->columns, OURS + s));
}

/* A number for all that a row says. */
static uint32_t number_all(struct dictionary *words, const struct row_cells *cells)
{
	struct buf says = {.arena = words->arena};
	int count = cells->count;

	while (count > 0 && cell_text(cells, count - 1).len == 0)
		count--;
	for (int i = 0; i < count; i++) {
		buf_add(&says, cell_text(cells, i));
		buf_add_byte(&says, '|');
	}
	return word_id(words, buf_str(&says));
}

static bool is_new(const struct joiner *joiner, int s, int row)
{
	const struct piece *piece = joiner->plan->side[s].pieces + row;

	return joiner->plan->match[s].base_of[row] < 0 && joiner->joined[s][row] < 0 &&
	       piece->wordings == 1 && piece->word_count > 0;
}

/*
 * The new rows of side `s`, by what they say or `by_name`: by their first cell, which
 * people know them by, where there is something in it.
 */
static struct numbered_piece *number_new_rows(const struct joiner *joiner, int s, bool by_name,
					      int *count)
{
	struct dictionary *words = &joiner->plan->words;
	int table = joiner->tables[OURS + s], end = joiner->plan->side[s].pieces[table].end;
	struct numbered_piece *rows =
		arena_array(words->arena, struct numbered_piece, (size_t)(end - table));

	*count = 0;
	for (int row = table + 1; row < end; row++) {
		if (!is_new(joiner, s, row))
			continue;
		const struct row_cells cells = fitted_cells(joiner, s, row);
		struct str name = cell_text(&cells, 0);

		if (!by_name)
			rows[(*count)++] = (struct numbered_piece){number_all(words, &cells), row};
		else if (name.len)
			rows[(*count)++] = (struct numbered_piece){word_id(words, name), row};
	}
	numbered_sort(rows, *count);
	return rows;
}

/* Does one of two new rows say all that the other does, each in its own columns? */
static bool are_one_row(const struct joiner *joiner, int ours, int theirs)
{
	struct row_cells left = fitted_cells(joiner, 0, ours);
	struct row_cells right = fitted_cells(joiner, 1, theirs);

	return row_says_all_of(joiner->columns, OURS, &left, &right) ||
	       row_says_all_of(joiner->columns, THEIRS, &right, &left);
}

/* New rows that are written alike, but say something else in other columns, are two. */
static void part_rows(const struct joiner *joiner)
{
	const struct side *side = joiner->plan->side;
	int table = joiner->tables[OURS];

	for (int row = table + 1; row < side[0].pieces[table].end; row++) {
		int other = joiner->joined[0][row];

		if (other >= 0 && side[0].pieces[row].wordings == 1 &&
		    table_of(&side[1], other) == joiner->tables[THEIRS] &&
		    !are_one_row(joiner, row, other))
			joiner->joined[0][row] = joiner->joined[1][other] = NONE;
	}
}

/*
 * Joins rows that say the same, the first to the first; or `by_name` those of a name that
 * no other has, of which one says all that the other does.
 */
static void join_rows(const struct joiner *joiner, bool by_name)
{
	int m, n;
	const struct numbered_piece *ours = number_new_rows(joiner, 0, by_name, &m);
	const struct numbered_piece *theirs = number_new_rows(joiner, 1, by_name, &n);

	for (int i = 0, j = 0; numbered_meet(ours, m, theirs, n, &i, &j); i++, j++) {
		if (by_name &&
		    (!numbered_is_single(ours, m, i) || !numbered_is_single(theirs, n, j) ||
		     !are_one_row(joiner, ours[i].at, theirs[j].at)))
			continue;
		joiner->joined[0][ours[i].at] = theirs[j].at;
		joiner->joined[1][theirs[j].at] = ours[i].at;
	}
}

void join_new_rows(struct plan *plan, int *const joined[SIDES])
{
	struct joiner joiner = {.plan = plan, .joined = joined};

	for (int base = 0; plan->columns && base < plan->base.count; base++) {
		joiner.columns = plan->columns[base];
		if (!joiner.columns || !find_tables(plan, base, joiner.tables))
			continue;
		if (joiner.columns != &columns_alike)
			part_rows(&joiner);
		join_rows(&joiner, false);
		join_rows(&joiner, true);
	}
}
