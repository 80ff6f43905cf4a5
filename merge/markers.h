/*
 * Text in which somebody recorded what git could not merge. Between git's markers
 * stand two versions of some lines:
 *
 *     <<<<<<< ours
 *     - budget of 12 euros
 *     =======
 *     - budget of 14 euros
 *     >>>>>>> theirs
 */
#ifndef MERGE_MARKERS_H
#define MERGE_MARKERS_H

#include "core/str.h"

/*
 * A text as the two versions it was made of, where it and `other` both changed what the
 * markers stand around; not where `other` wrote only what one of the versions has.
 * Markers count at the beginning of a line, complete and outside of fences; of some
 * within others the inner ones. What git shows between them of the base goes, if the base
 * has it.
 * out: `versions`, untouched where there is nothing of the kind; whether there is
 * cost: as a comparison by lines; of a text without markers, one search
 */
bool markers_split(struct arena *arena, struct str base, struct str text, struct str other,
		   struct str versions[2]);

#endif
