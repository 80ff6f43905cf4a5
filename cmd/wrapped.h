/*
 * Lines that are broken between words where the terminal ends, what follows set
 * off below the first word. Elsewhere lines stay as long as they are.
 */
#ifndef CMD_WRAPPED_H
#define CMD_WRAPPED_H

#include "cmd/print.h"

/* A stretch of a line that looks one way. */
struct look {
	size_t end; /* offset in the line behind it */
	enum style style;
};

/* A line under construction; zero-initialised but for `app`. */
struct wrapped {
	struct app *app;
	struct buf text; /* what is shown of it */
	struct look *looks;
	size_t count, room;
	struct str lead; /* stands before what follows a break */
};

/* Begins a line; `lead` is shown before each of its broken parts but the first. */
struct wrapped wrapped_begin(struct app *app, struct str lead);
/* Adds text from outside, of one line; on a terminal blanks stand for tabs. */
void wrapped_add(struct wrapped *line, enum style style, struct str text);
void wrapped_addf(struct wrapped *line, enum style style, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Prints it, with the line end. */
void wrapped_end(struct wrapped *line);

/* `columns` blanks. */
struct str blanks(struct arena *arena, size_t columns);
/* print() of a whole line, wrapped; what follows a break stands two columns further in. */
void print_line(struct app *app, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* One sentence in one look, wrapped; `indent` columns before every part. */
void print_wrapped(struct app *app, size_t indent, enum style style, struct str text);

#endif
