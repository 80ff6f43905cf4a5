#include "merge/match_tables.h"

#include "merge/numbered.h"

/* The only table among pieces [from, end), none of which has a partner, or -1. */
static int only_table(const struct side *text, int from, int end)
{
	int found = -1;

	for (int i = from; i < end; i++) {
		if (piece_block(text, i)->kind != BLOCK_TABLE)
			continue;
		if (found >= 0)
			return -1;
		found = i;
	}
	return found;
}

static bool has_rows(const struct side *text, int table)
{
	return text->pieces[table].end > table + 1;
}

static void join_between(const struct match_input *input, struct matching *matching,
			 struct piece_run base, struct piece_run side)
{
	int old = only_table(input->base, base.from, base.end);
	int new = old >= 0 ? only_table(input->side, side.from, side.end) : -1;

	if (new >= 0 && (!has_rows(input->base, old) || !has_rows(input->side, new)))
		matching_join(matching, old, new);
}

void join_empty_tables(const struct match_input *input, struct matching *matching)
{
	struct piece_run base = {0}, side = {0};

	for (int i = 0; i <= input->base->count; i++) {
		if (i < input->base->count && matching->side_of[i] < 0)
			continue;
		base.end = i;
		side.end = i < input->base->count ? matching->side_of[i] : input->side->count;
		join_between(input, matching, base, side);
		base.from = i + 1;
		side.from = side.end + 1;
	}
}

bool find_one_table(struct match_input *input, struct piece_run base, struct piece_run side,
		    int table[2])
{
	table[0] = only_table(input->base, base.from, base.end);
	table[1] = table[0] >= 0 ? only_table(input->side, side.from, side.end) : -1;
	return table[1] >= 0 && piece_fit(input, table[0], table[1]) > 0;
}

/* The rows of a table under the numbers of their names, in order of these. */
static struct numbered_piece *rows_by_name(struct arena *arena, struct dictionary *words,
					   const struct side *text, int table, int *count)
{
	int end = text->pieces[table].end;
	struct numbered_piece *rows =
		arena_array(arena, struct numbered_piece, (size_t)(end - table));

	*count = 0;
	for (int row = table + 1; row < end; row++) {
		struct str name = block_name(piece_block(text, row));

		if (name.len)
			rows[(*count)++] = (struct numbered_piece){word_id(words, name), row};
	}
	numbered_sort(rows, *count);
	return rows;
}

static void join_named_rows(struct match_input *input, struct matching *matching, int old, int new)
{
	struct arena scratch = {0};
	int m, n;
	const struct numbered_piece *base =
		rows_by_name(&scratch, input->words, input->base, old, &m);
	const struct numbered_piece *side =
		rows_by_name(&scratch, input->words, input->side, new, &n);

	for (int i = 0, j = 0; numbered_meet(base, m, side, n, &i, &j); i++, j++) {
		if (numbered_is_single(base, m, i) && numbered_is_single(side, n, j) &&
		    matching->side_of[base[i].at] < 0 && matching->base_of[side[j].at] < 0)
			matching_join(matching, base[i].at, side[j].at);
	}
	arena_free(&scratch);
}

static bool lacks_partners(const int *partners, int from, int end)
{
	while (from < end && partners[from] >= 0)
		from++;
	return from < end;
}

void join_rows_by_name(struct match_input *input, struct matching *matching)
{
	for (int i = 0; i < input->base->count; i++) {
		int side = matching->side_of[i];

		if (side >= 0 && piece_block(input->base, i)->kind == BLOCK_TABLE &&
		    piece_block(input->side, side)->kind == BLOCK_TABLE &&
		    lacks_partners(matching->side_of, i + 1, input->base->pieces[i].end) &&
		    lacks_partners(matching->base_of, side + 1, input->side->pieces[side].end))
			join_named_rows(input, matching, i, side);
	}
}
