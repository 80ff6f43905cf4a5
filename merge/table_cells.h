/*
 * The cells of a table row, without the marks around them.
 *
 *     | Garden | Anne     and     Garden | Anne
 *
 * have the same two cells: a mark in front of the first one is no cell.
 */
#ifndef MERGE_TABLE_CELLS_H
#define MERGE_TABLE_CELLS_H

#include "core/arena.h"
#include "core/str.h"

struct row_cells {
	struct str lead; /* the mark in front of the first cell, with its indent, or nothing */
	struct str *at;	 /* with the blanks around them; .at NULL: the row has no such cell */
	int count;
};

/* Cuts a row that comes without the mark behind its last cell. */
struct row_cells row_cells(struct arena *arena, struct str row);

/* A row may end before its last columns: what it does not have is empty. */
struct str cell_at(const struct row_cells *cells, int column);

/* What a cell says: the blanks around it do not count. */
struct str cell_text(const struct row_cells *cells, int column);

/* Writes the row up to the mark behind its last cell; a blank for a cell that it does not have. */
struct str row_of_cells(struct arena *arena, const struct row_cells *cells);

#endif
