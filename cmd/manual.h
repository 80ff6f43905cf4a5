/*
 * The manual page and the completions of shells, made from the command table.
 */
#ifndef CMD_MANUAL_H
#define CMD_MANUAL_H

#include "cmd/app.h"

/* Prints the manual page as roff source, in the language of the messages. source: man(7) */
void manual_print(struct app *app);
/*
 * Prints what makes a shell ("bash" or "zsh") complete commands, options and
 * their values. errors: STATUS_USAGE: another shell
 */
err completions_print(struct app *app, const char *shell) ERR_MUST_CHECK;

#endif
