/* The running program itself, as a file. */
#ifndef CMD_PROGRAM_H
#define CMD_PROGRAM_H

#include "core/arena.h"

/* The folder of the program's file: its catalogues and atelier-merge stand there. */
const char *program_dir(struct arena *arena);

#endif
