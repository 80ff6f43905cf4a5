/*
 * A table for spreadsheets: RFC 4180, a header row first. What a spreadsheet
 * would run instead of showing gets an apostrophe in front.
 */
#ifndef CMD_CSV_H
#define CMD_CSV_H

#include "cmd/app.h"

/* A row under construction; zero-initialised but for the arena of `line`. */
struct csv_row {
	struct buf line;
	size_t fields;
};

void csv_add(struct csv_row *row, struct str text);
void csv_add_number(struct csv_row *row, unsigned long number);
/* Prints the row, which is then empty. */
void csv_end(struct app *app, struct csv_row *row);

#endif
