/* The running program itself: its file, and what it is started with. */
#ifndef CMD_PROGRAM_H
#define CMD_PROGRAM_H

#include "core/arena.h"

/* The folder of the program's file: its catalogues and atelier-merge stand there. */
const char *program_dir(struct arena *arena);

/*
 * Opens those of the standard streams that the caller closed, to nowhere: else the next
 * file to be opened would be in their place, and be written to. To write there fails.
 */
void program_open_streams(void);

#endif
