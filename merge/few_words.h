/*
 * Large texts that are made of a few words over and over: each block is like all others.
 */
#ifndef MERGE_FEW_WORDS_H
#define MERGE_FEW_WORDS_H

#include "merge/rung.h"

/*
 * Whether most blocks of both sides are others than the base has, and in the base a few
 * words alone make up so many that likeness tells nothing of who is who.
 */
bool have_few_words(const struct texts *texts);

#endif
