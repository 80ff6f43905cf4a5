/*
 * Where results appear: a terminal with its colours and size, or a file or pipe,
 * which gets the bare text.
 *
 * Results that do not fit on a terminal go through the person's pager: what is
 * printed is kept aside until the command has ended, then shown.
 */
#ifndef CMD_SCREEN_H
#define CMD_SCREEN_H

#include "cmd/kept_output.h"
#include "core/arena.h"
#include "core/err.h"

struct screen {
	bool styled;	/* looks are wanted: a terminal, without --plain, --json and NO_COLOR */
	bool colourful; /* it knows 256 colours */
	size_t width;	/* columns; 0: lines are left as long as they are */
	size_t height;	/* lines; 0: unknown, or no terminal */
	struct kept_output kept; /* for the pager */
};

/* Looks at standard output. `plain`: the bare text is wanted wherever it goes. */
struct screen screen_of_output(bool plain);
/* The columns of the terminal that standard error goes to; 0: it goes elsewhere. */
size_t screen_error_width(void);
/* Keeps what is printed from now on for the pager. Does nothing without a terminal. */
void screen_keep(struct screen *screen);
/* Shows what was kept, through the pager where it is longer than the screen. */
err screen_show(struct arena *arena, struct screen *screen) ERR_MUST_CHECK;

#endif
