/*
 * The points of all workshops, under the ids that people and programs name
 * them by: the first ten hexadecimal digits of its words' normal key, with ~2, ~3… for
 * the next points of the repository, by file and line, that have the same key.
 */
#ifndef CORE_POINT_H
#define CORE_POINT_H

#include "core/workshop.h"

enum { POINT_ID_DIGITS = 10 };

struct point {
	const struct workshop *workshop;
	const struct section *section;
	size_t index;	 /* of its block in section->doc */
	size_t speaking; /* its speaking_block() */
	struct str id;	 /* empty: a block that is no point, as a heading */
	struct str text; /* its spoken_text() */
};

struct points {
	struct point *all; /* by file and line */
	size_t count;
};

/* A list item or a paragraph. */
bool block_is_point(const struct block *block);

/*
 * The block whose words block `index` says: its own, or, of an empty item, what begins on its
 * line, as in "- > said" and "- ## Title". An item in an item is a point itself.
 */
size_t speaking_block(const struct doc *doc, size_t index);
/* What it says in one line; marks and all where another block says it. */
struct str spoken_text(struct arena *arena, const struct doc *doc, size_t index);
/* Is it the speaking block of the item before it? */
bool speaks_for_item(const struct doc *doc, size_t index);

/* All points with their ids. cost: n log n */
struct points points_of(struct arena *arena, const struct workshops *workshops);
/* The point that block `index` of a section is, NULL: it is none. cost: linear */
const struct point *point_of_block(const struct points *points, const struct section *section,
				   size_t index);
/* The ids of points with these keys, in order. */
struct str *point_ids(struct arena *arena, const struct key *keys, size_t count);
/* The block of a point, and the one whose words it says. */
const struct block *point_block(const struct point *point);
const struct block *point_words(const struct point *point);
/* The heading it stands under, else its file's title. */
struct str point_section_title(struct arena *arena, const struct point *point);

/*
 * Splits "file:12"; whether there is such a file is not asked. out: false: it is nothing
 * of the kind, or the number is larger than that of any line.
 */
bool place_read(struct str wanted, struct str *file, uint32_t *line);
/*
 * The point that `wanted` names: an id, file:line, or a piece of text that only
 * one point has. With file:line any block is found, be it no point.
 * `place`: folder from the root in which a file may be named, "" for the root.
 * errors: STATUS_BAD_INPUT: none, or several, which are listed.
 */
err point_find(struct arena *arena, const struct workshops *workshops, const struct points *points,
	       struct str wanted, struct str place, struct point *out) ERR_MUST_CHECK;

#endif
