/*
 * Adding points to a note as a careful person would: behind its last list item,
 * with that list's own mark, and without making the list a loose one; where it has
 * no list, at its end, yet before code or a comment that nothing closes.
 */
#ifndef CORE_ADDITION_H
#define CORE_ADDITION_H

#include "core/doc.h"

struct new_points {
	struct str *texts; /* each a point's text, without mark; lines below belong to it */
	size_t count;
};

/*
 * The points of a text: a blank line, or a line that begins with a bullet,
 * begins a new one; so does one of marks alone, a rule, which is none itself.
 * out: none, where the text has no words.
 */
struct new_points new_points_of(struct arena *arena, struct str text);

/*
 * The note with the points, at least one, added; every old byte stays, but that a
 * missing last line end is made. out: `line` of the first new point, from 1.
 */
struct str points_added(struct arena *arena, const struct doc *doc, const struct new_points *points,
			uint32_t *line);

#endif
