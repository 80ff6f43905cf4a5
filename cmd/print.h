/*
 * The terminal printer: the only way text from outside reaches a terminal.
 * Control, escape and bidirectional-override characters, and bytes that are no
 * UTF-8, are shown as visible text.
 */
#ifndef CMD_PRINT_H
#define CMD_PRINT_H

#include "cmd/app.h"

/* Prints formatted text to standard output; every %s may be hostile. */
void print(struct app *app, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same to standard error: progress, warnings. Silent with --quiet. */
void note(struct app *app, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Prints bytes exactly as they are: for results that a program reads (merge-file -p). */
void print_bytes(struct app *app, struct str bytes);
/* `text` as print() shows it. */
struct str printable(struct arena *arena, struct str text);

#endif
