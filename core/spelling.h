/* How alike two short names are: commands and options typed by hand, and people. */
#ifndef CORE_SPELLING_H
#define CORE_SPELLING_H

#include "core/str.h"

/* The name in lower case without the accents of Latin letters, composed or not. */
struct str spelling_fold(struct arena *arena, struct str name);
/*
 * How many letters must be added, left out, changed or swapped with their
 * neighbour to make `b` of `a`.
 * cost: product of the lengths.
 * source: the optimal string alignment distance of Damerau and Levenshtein
 */
size_t spelling_distance(struct str a, struct str b);
/* The distance up to which a mistyped name is worth a suggestion. */
size_t spelling_tolerance(struct str name);

#endif
