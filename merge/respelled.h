/*
 * Changes that leave what is said: of punctuation, markup, capitals and accents. Nothing that
 * another changes beside them stands against these.
 */
#ifndef MERGE_RESPELLED_H
#define MERGE_RESPELLED_H

#include "merge/stretches.h"

/* Whether a change of side `s` says the same words. */
bool is_respelled(const struct three *three, int s, struct span span);

/*
 * The changes of side `s`, where each word that says the same is one by itself, if it stands
 * among as many words as before, or at the end of words that were taken out.
 */
struct spans part_respelled(struct arena *arena, const struct three *three, int s);

/*
 * By word of the base: where one is parted from those about it, whatever the two sides make
 * of them: at the end of a sentence, at a mark that stands by itself, at a change that leaves
 * what is said.
 */
enum fence *statement_fences(struct arena *arena, const struct three *three);

#endif
