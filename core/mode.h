/*
 * What git notes of a file beside its name and content: what it is, and whether it runs.
 */
#ifndef CORE_MODE_H
#define CORE_MODE_H

#include <stdbool.h>
#include <stdint.h>

enum file_mode {
	MODE_FOLDER = 0040000, /* only as a folder too deep to look into: carried as it is */
	MODE_FILE = 0100644,
	MODE_PROGRAM = 0100755,
	MODE_LINK = 0120000,
	MODE_REPOSITORY = 0160000,
};

/* A file, neither a link nor anything else that is taken whole. */
static inline bool mode_is_file(uint32_t mode)
{
	return (mode & 0170000) == 0100000;
}

/*
 * The mode with which git lists, and a disk has, what a tree holds with `mode`: others of plain
 * files are of older programs, as 100664. What is no plain file is listed as it is.
 */
static inline uint32_t mode_listed(uint32_t mode)
{
	if (!mode_is_file(mode))
		return mode;
	return mode & 0100 ? MODE_PROGRAM : MODE_FILE;
}

#endif
