/*
 * A table whose marks stand one below the other is lined up in the result as well, where
 * the rows of two sides come together:
 *
 *     | who  | what  |       | who       | what  |       | who       | what   |
 *     |------|-------|       |-----------|-------|       |-----------|--------|
 *     | Anne | tools |       | Anne Lune | tools |       | Anne Lune | gloves |
 *
 * Invariant: nothing but the blanks around a cell, and the dashes of the rule, is changed.
 */
#ifndef MERGE_TABLE_WIDTHS_H
#define MERGE_TABLE_WIDTHS_H

#include "merge/table_columns.h"

/*
 * The lines of a table, which `tables` were merged into, lined up if those of both sides
 * are, or a side's are and have other widths than the base's; with one blank around each cell if
 * a side took out the others of the base; as they are if they are a side's.
 * out: in the arena, or `merged`
 */
struct str table_lined_up(struct arena *arena, const struct columns *columns,
			  const struct str tables[TEXTS], struct str merged);

#endif
