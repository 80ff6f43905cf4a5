/*
 * Points that a person moved to another note of the same workshop.
 *
 * Notes are merged one by one. Where one side moved a point from note F to note
 * G while the other edited it or moved it too, the texts are first written anew
 * as if it had stood in G all along, at the mover's place; the merge of G then
 * sees one point in three versions:
 *
 *          base   mover  other                 base   mover  other
 *      F    p      -      p'      becomes       -      -      -
 *      G    -      p      -                     p      p      p'
 *
 * Invariant: every side keeps its words; exchanging the sides exchanges the
 * results. Children go with their point, a section with its heading, unless the
 * mover left them behind. Base loses what one side moved and the other deleted,
 * in notes that are written anew: it stands as an addition of the mover's.
 */
#ifndef MERGE_RELOCATE_H
#define MERGE_RELOCATE_H

#include "core/str.h"
#include "merge/sides.h"

/* One note; `at` NULL: the version does not have it. */
struct note_versions {
	struct str texts[TEXTS];
};

/* A point whose texts were carried over. */
struct relocated_point {
	size_t from, to; /* notes */
	struct str text; /* its words in base */
};

struct relocated {
	struct note_versions *notes; /* as many as were given, in the same order */
	bool *touched;		     /* by note: some text of it is new */
	struct relocated_point *points;
	size_t point_count;
};

/* `notes`: those of one workshop that differ between the versions. cost: as a merge of all. */
struct relocated relocate_points(struct arena *arena, const struct note_versions *notes,
				 size_t count);

#endif
