/*
 * The terminal printer: the only way text from outside reaches a terminal.
 * Control, escape and bidirectional-override characters, and bytes that are no
 * UTF-8, are shown as visible text.
 */
#ifndef CMD_PRINT_H
#define CMD_PRINT_H

#include <stdint.h>

#include "cmd/app.h"

/* Prints formatted text to standard output; every %s may be hostile. */
void print(struct app *app, const char *format, ...) __attribute__((format(printf, 2, 3)));
/*
 * The same to standard error, whole lines, broken where the terminal ends: progress,
 * warnings. Silent with --quiet.
 */
void note(struct app *app, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same, for what is no matter of taste: failures. */
void complain(struct app *app, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Prints text from outside to standard output, NUL bytes included. */
void print_text(struct app *app, struct str text);
/* Does a person see what is printed, and can they answer? */
bool answer_possible(const struct app *app);
/*
 * What a person types in answer to a question: a line, without the blanks around it.
 * out: false: nothing more comes
 */
bool answer_read(struct app *app, struct str *out);
/* Has all that was printed so far arrived? errno tells why not, when asked again, too. */
bool output_arrived(void);
/* Prints bytes exactly as they are: what is ours alone. */
void print_bytes(struct app *app, struct str bytes);
/* Prints a result that a program may read: as it is to a file or pipe, safely to a terminal. */
void print_result(struct app *app, struct str text);
/* Does a character act on a terminal, or on the order of a line, instead of showing? */
bool acts_on_terminal(uint32_t code);
/* `text` as print() shows it. */
struct str printable(struct arena *arena, struct str text);

/*
 * Looks of what follows on standard output; STYLE_COLOUR + n, n < STYLE_COLOURS, is one of
 * several colours that are easily told apart.
 */
enum style { STYLE_NONE, STYLE_STRONG, STYLE_FAINT, STYLE_COLOUR, STYLE_COLOURS = 6 };

/* Changes the looks where that is wanted: on a terminal, without --plain, --json and NO_COLOR. */
void print_style(struct app *app, enum style style);

#endif
