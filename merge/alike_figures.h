/*
 * Whether two texts that may say the same give other figures, or give them to
 * other things: then they do not say the same.
 */
#ifndef MERGE_ALIKE_FIGURES_H
#define MERGE_ALIKE_FIGURES_H

#include "merge/alike_compare.h"

/* Once the shared entries are marked: see sides_pair(). cost: quadratic in figures */
bool sides_figures_differ(const struct compared_text *a, const struct compared_text *b);

#endif
