/*
 * What the words of a text say as figures: numerals that are one number, "%" of
 * "pour cent", a month that stands in a date.
 */
#ifndef CORE_TEXT_FIGURES_H
#define CORE_TEXT_FIGURES_H

#include "core/text_stem.h"

/* Makes one word of each such, among the words from `start` on. */
void figures_join(struct lexicon *lexicon, struct word_list *list, size_t start,
		  enum language language);

#endif
