/*
 * The columns of one table in three texts, known again by their names, those of one
 * name or of a new one by what stands in them, or by their place.
 *
 * Invariant: a column of the base is that of at most one in each side, and the other
 * way round.
 */
#ifndef MERGE_TABLE_HEADER_H
#define MERGE_TABLE_HEADER_H

#include "merge/dictionary.h"
#include "merge/sides.h"

enum { MOST_COLUMNS = 64 };

/* The names of a header's columns, as numbers. */
struct header {
	uint32_t ids[MOST_COLUMNS];
	int count;
	int base_of[MOST_COLUMNS]; /* of a side: which column of the base it is, or -1 */
	int side_of[MOST_COLUMNS]; /* of the base's columns: which of the side, or -1 */
};

/* A row of a side, and what the base has of it; base.at is NULL: nothing. */
struct known_row {
	struct str base, side;
};

struct known_rows {
	const struct known_row *at;
	size_t count;
};

/* A table: the lines of its headers and the rows of its sides, without the marks at their ends. */
struct table_texts {
	struct str header[TEXTS]; /* base, ours, theirs */
	struct known_rows rows[SIDES];
};

/*
 * out: false where a header has too many columns
 * cost: linear in the rows, by the columns that names do not tell
 */
bool headers_read(struct dictionary *words, const struct table_texts *table,
		  struct header headers[TEXTS]);

/* The new column of the other side with the same name, or -1. */
int same_addition(const struct header *side, int column, const struct header *other);

#endif
