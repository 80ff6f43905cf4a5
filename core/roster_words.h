/*
 * The words of a workshop that are no stranger's name: those that open lines of
 * notes ("Note : …"), and those that stand in its titles, or without a capital.
 */
#ifndef CORE_ROSTER_WORDS_H
#define CORE_ROSTER_WORDS_H

#include "core/workshop.h"

/* Filled in when first needed; lives in the arena that is given then. */
struct ordinary_words {
	bool read;
	struct str *at; /* folded, in order */
	size_t count, room;
};

/*
 * Is a folded word an ordinary one of the workshop?
 * cost: the first time, n log n in the words of the workshop
 */
bool ordinary_word(struct arena *arena, struct ordinary_words *known,
		   const struct workshop *workshop, struct str folded);

#endif
