/* Columns on a terminal, aligned by how wide texts show: accents and all. */
#ifndef CMD_COLUMNS_H
#define CMD_COLUMNS_H

#include "cmd/print.h"

enum { MOST_COLUMNS = 8 };

struct column_row {
	struct str cells[MOST_COLUMNS];
	enum style style; /* of the first cell */
};

struct columns {
	struct column_row *rows;
	size_t count, room;
	size_t columns;
	size_t left; /* so many of them are aligned at the left, the others at the right */
};

/* Adds a row of empty cells. out: valid until the next one is added */
struct column_row *columns_add(struct arena *arena, struct columns *columns);
void columns_print(struct app *app, const struct columns *columns);

#endif
