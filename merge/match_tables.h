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

#endif
