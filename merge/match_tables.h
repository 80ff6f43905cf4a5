/*
 * Tables and rows that are known by their place or their name, whatever else they say.
 */
#ifndef MERGE_MATCH_TABLES_H
#define MERGE_MATCH_TABLES_H

#include "merge/akin.h"
#include "merge/match.h"

/*
 * Joins tables of which one has no rows, so that nothing but its place tells it: each
 * is the only table between what is known. While pairs keep the order of both texts.
 */
void join_empty_tables(const struct match_input *input, struct matching *matching);

/* Joins rows wherever they stand in their table, by a first cell that no other row has. */
void join_rows_by_name(struct match_input *input, struct matching *matching);

/*
 * Looks for a table in two stretches of which nothing is joined.
 * out: whether each has one, and their headers are alike; then in `table` where they begin
 */
bool find_one_table(struct match_input *input, struct piece_run base, struct piece_run side,
		    int table[2]);

#endif
