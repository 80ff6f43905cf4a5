/*
 * The outline of a note that is to be imported: its title and its parts, each a
 * heading with the lines below it.
 *
 * Invariant: every line of the note that is not blank is the title, a heading,
 * or in the body of one part; underlines of headings and the byte order mark
 * are left out.
 */
#ifndef CORE_NOTE_OUTLINE_H
#define CORE_NOTE_OUTLINE_H

#include "core/str.h"

struct import_part {
	struct str heading; /* without marks; empty: what stands above the first heading */
	struct str body;    /* whole lines that end with LF, without blank ones at both ends */
};

struct import_outline {
	struct str title; /* empty: none */
	struct str front; /* YAML front matter with its --- lines; empty: none */
	struct import_part *parts;
	size_t count;
};

/* out: slices of `text` or of the arena. cost: linear. */
struct import_outline import_outline_of(struct arena *arena, struct str text);

#endif
