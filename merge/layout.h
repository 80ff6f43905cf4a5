/*
 * How a text is laid out as a whole: its byte order mark and what its lines end with.
 * Texts are merged without, with line feeds; the result gets what a side changed.
 *
 * Invariant: giving a text back what was taken off it gives the same bytes.
 */
#ifndef MERGE_LAYOUT_H
#define MERGE_LAYOUT_H

#include "core/arena.h"
#include "core/str.h"

enum lines_end { LINES_LF, LINES_CRLF, LINES_CR, LINES_MIXED };

struct layout {
	bool known; /* the text is not empty */
	bool mark;
	enum lines_end ends;
};

/*
 * Takes the layout off base, ours and theirs; line ends not if those of both sides are
 * mixed: then the returns stay in the texts.
 * out: that of the result. cost: linear
 */
struct layout layout_take(struct arena *arena, struct str *base, struct str *ours,
			  struct str *theirs);

/* The text in that layout. */
struct str layout_give(struct arena *arena, struct str text, struct layout layout);

#endif
