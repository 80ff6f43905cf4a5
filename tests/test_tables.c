/*
 * Each value of a table stands below its own header, whatever two people do to its
 * rows and columns. CASES=n sets how many, SEED=n replays one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "merge/merge.h"
#include "tests/support_laws.h"
#include "tests/support_seeded.h"

enum {
	CASES = 1500,
	RESTLESS_PER_MILLE = 1,
	COLUMNS = 6,
	ALL_COLUMNS = 3 * COLUMNS,
	ROWS = 12,
	CHANGES = 3
};

/* A row may have one cell more than its table, fewer, and marks at its ends or none. */
struct made_row {
	uint32_t name, further;	      /* 0: it has none */
	uint32_t values[ALL_COLUMNS]; /* by column, 0: empty */
	bool opened, closed, cut_short;
};

struct made_table {
	int columns[ALL_COLUMNS]; /* in their order */
	int column_count, first_new;
	struct made_row rows[ROWS];
	int row_count;
	bool added, dropped; /* columns */
	int short_of;	     /* cells that its rule lacks */
};

/* Values are numbered on, so that none is written twice. */
static uint32_t next_value;

static uint32_t value_or_none(struct seeded *seeded)
{
	return seeded_next(seeded, 4) ? ++next_value : 0;
}

static void add_row(struct seeded *seeded, struct made_table *table)
{
	int at = (int)seeded_next(seeded, (uint32_t)table->row_count + 1);
	struct made_row row = {.name = ++next_value};

	if (table->row_count == ROWS)
		return;
	for (int i = 0; i < table->column_count; i++)
		row.values[table->columns[i]] = value_or_none(seeded);
	row.further = seeded_next(seeded, 6) ? 0 : ++next_value;
	row.opened = seeded_next(seeded, 3) > 0;
	row.closed = seeded_next(seeded, 3) > 0;
	row.cut_short = seeded_next(seeded, 3) == 0;
	for (int i = table->row_count++; i > at; i--)
		table->rows[i] = table->rows[i - 1];
	table->rows[at] = row;
}

static void move_column(struct made_table *table, int from, int to)
{
	int column = table->columns[from];

	for (; from > to; from--)
		table->columns[from] = table->columns[from - 1];
	for (; from < to; from++)
		table->columns[from] = table->columns[from + 1];
	table->columns[to] = column;
}

static void add_column(struct seeded *seeded, struct made_table *table)
{
	int column = table->first_new++, last = table->column_count++;

	table->columns[last] = column;
	table->added = true;
	move_column(table, last, (int)seeded_next(seeded, (uint32_t)last + 1));
	for (int i = 0; i < table->row_count; i++)
		table->rows[i].values[column] = value_or_none(seeded);
}

static void drop_column(struct made_table *table, int at)
{
	move_column(table, at, --table->column_count);
	table->dropped = true;
}

static void change(struct seeded *seeded, struct made_table *table)
{
	uint32_t columns = (uint32_t)table->column_count, rows = (uint32_t)table->row_count;
	uint32_t column = seeded_next(seeded, columns), row = rows ? seeded_next(seeded, rows) : 0;

	switch (seeded_next(seeded, 6)) {
	case 0:
		add_row(seeded, table);
		break;
	case 1: /* what stands in the place of a column is not looked into here */
		if (!table->dropped)
			add_column(seeded, table);
		break;
	case 2:
		move_column(table, (int)column, (int)seeded_next(seeded, columns));
		break;
	case 3:
		if (!table->added && columns > 1)
			drop_column(table, (int)column);
		break;
	case 4:
		if (rows)
			table->rows[row].further = ++next_value;
		break;
	default:
		if (rows)
			table->rows[row].values[table->columns[column]] = ++next_value;
	}
}

static void write_row(struct buf *out, const struct made_table *table, const struct made_row *row)
{
	struct arena *arena = out->arena;
	int count = table->column_count;

	while (row->cut_short && !row->further && count && !row->values[table->columns[count - 1]])
		count--;
	bool closed = row->closed || count == 0 ||
		      (!row->further && !row->values[table->columns[count - 1]]);
	buf_add(out, str_printf(arena, "%sn%u", row->opened || count == 0 ? "| " : "", row->name));
	for (int i = 0; i < count; i++) {
		int column = table->columns[i];
		uint32_t value = row->values[column];

		buf_add(out, value ? str_printf(arena, " | C%d.%u", column, value) : STR(" | "));
	}
	if (row->further)
		buf_add(out, str_printf(arena, " | x%u", row->further));
	buf_add(out, closed ? STR(" |\n") : STR("\n"));
}

static struct str text_of(struct arena *arena, const struct made_table *table)
{
	struct buf out = {.arena = arena};

	buf_add(&out, STR("| Name |"));
	for (int i = 0; i < table->column_count; i++)
		buf_add(&out, str_printf(arena, " C%d |", table->columns[i]));
	buf_add(&out, STR("\n|---|"));
	int cells = table->column_count - table->short_of;
	for (int i = 0; i < (cells > 0 ? cells : table->column_count); i++)
		buf_add(&out, STR("---|"));
	buf_add_byte(&out, '\n');
	for (int i = 0; i < table->row_count; i++)
		write_row(&out, table, &table->rows[i]);
	return buf_str(&out);
}

static struct merge_input case_new(struct seeded *seeded)
{
	struct made_table base = {0}, sides[2];
	uint32_t columns = 1 + seeded_next(seeded, COLUMNS - 1), rows = seeded_next(seeded, 6);

	next_value = 0;
	for (; base.column_count < (int)columns; base.column_count++)
		base.columns[base.column_count] = base.column_count;
	for (uint32_t i = 0; i < rows; i++)
		add_row(seeded, &base);
	for (int s = 0; s < 2; s++) {
		sides[s] = base;
		sides[s].first_new = (1 + s) * COLUMNS;
		for (uint32_t i = 1 + seeded_next(seeded, CHANGES); i > 0; i--)
			change(seeded, &sides[s]);
	}
	for (int s = 0; s < 2; s++) /* who adds a column may leave the rule as it was */
		sides[s].short_of = seeded_next(seeded, 4) ? 0 : sides[s].added;
	return (struct merge_input){
		.base = text_of(seeded->arena, &base),
		.ours = text_of(seeded->arena, &sides[0]),
		.theirs = text_of(seeded->arena, &sides[1]),
	};
}

/* Takes the marks off the ends of a line. */
static struct str inside(struct str line)
{
	line = str_trim(line);
	if (str_starts(line, STR("|")))
		line = str_slice(line, 1, line.len);
	return str_ends(line, STR("|")) ? str_slice(line, 0, line.len - 1) : line;
}

/* Whether the value stands below the header it was written under, or behind all if that went. */
static bool is_in_place(struct str header, int cell, struct str value)
{
	struct str column = str_slice(value, 0, str_find_byte(value, '.', 0)), name;
	bool stands = false;

	for (int i = 0; str_next_part(&header, '|', &name); i++) {
		if (i == cell)
			return str_equal(str_trim(name), column);
		stands = stands || str_equal(str_trim(name), column);
	}
	return !stands;
}

/* The first value that stands below another header, or none. */
static struct str find_misplaced(struct str text)
{
	struct str line, cell, word, header = {0};

	while (str_next_line(&text, &line)) {
		struct str rest = inside(line);

		if (!header.at)
			header = rest;
		for (int i = 0; str_next_part(&rest, '|', &cell); i++)
			while (str_next_word(&cell, &word))
				if ((str_contains(word, STR(".")) || str_starts(word, STR("x"))) &&
				    !is_in_place(header, i, word))
					return word;
	}
	return (struct str){0};
}

static void values_stay_below_their_headers(void **state)
{
	struct seeds seeds = seeds_from(1, CASES);
	uint64_t restless = 0;

	(void)state;
	for (uint64_t seed = seeds.first; seed < seeds.end; seed++) {
		struct arena arena = {0};
		struct seeded seeded = {&arena, seed * 2654435761u};
		struct merge_input input = case_new(&seeded);
		struct str text = merge_texts(&arena, input).text, word = find_misplaced(text);
		const char *breach = merge_breach(&arena, input);

		if (!breach)
			breach = merge_loss(&arena, input);
		if (breach || word.len)
			fail_msg("%s%.*s: SEED=%llu\n%.*s---\n%.*s---\n%.*s---\n%.*s",
				 breach ? breach : "below another header: ", STR_ARGS(word),
				 (unsigned long long)seed, STR_ARGS(input.base),
				 STR_ARGS(input.ours), STR_ARGS(input.theirs), STR_ARGS(text));
		restless += !merge_rests(&arena, input);
		arena_free(&arena);
	}
	uint64_t cases = seeds.end - seeds.first;
	if (!seeds.replayed && 1000 * restless > RESTLESS_PER_MILLE * cases)
		fail_msg("%llu of %llu change when merged again", (unsigned long long)restless,
			 (unsigned long long)cases);
}

/* So many rows, of one name and with cells that are empty here and there, added by a side. */
static void add_rows(struct buf *table, int count, const char *more)
{
	for (int i = 0; i < count; i++)
		buf_printf(table, "| Anne | %.*s | %.*s |%s\n", i % 2 ? 3 : 0, "sow", i % 3 ? 4 : 0,
			   "reap", more);
}

static struct str long_table(struct arena *arena, int added, bool wider)
{
	struct buf table = {.arena = arena};

	buf_add_c(&table, wider ? "| Who | What | More | When |\n|---|---|---|---|\n"
				: "| Who | What | More |\n|---|---|---|\n");
	for (int i = 0; i < 30; i++)
		buf_printf(&table, "| Paul%d | %.*s | |%s\n", i, i % 2 ? 3 : 0, "dig",
			   wider ? " now |" : "");
	add_rows(&table, added, wider ? " |" : "");
	return buf_str(&table);
}

/* One side makes a table many times as long as it was, with one more column. */
static void a_table_that_grew_stays_one(void **state)
{
	struct arena arena = {0};
	struct merge_input input = {long_table(&arena, 0, false), long_table(&arena, 1, false),
				    long_table(&arena, 2000, true), FORMAT_NOTE};
	struct str text = merge_texts(&arena, input).text;
	size_t rule = str_find(text, STR("|---"), 0);

	(void)state;
	assert_true(rule < text.len);
	assert_int_equal(str_find(text, STR("\n|---"), rule), text.len);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_stay_below_their_headers),
		cmocka_unit_test(a_table_that_grew_stays_one),
	};

	return cmocka_run_group_tests_name("tables", tests, NULL, NULL);
}
