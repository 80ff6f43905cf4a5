/*
 * Titles before a name: "Mme", "Dr.", "Monsieur".
 *
 * Invariant: a title says that a person is meant, and at most whom not.
 */
#ifndef CORE_TITLE_H
#define CORE_TITLE_H

#include <stdbool.h>

#include "core/str.h"

struct title {
	bool any, woman, man;
};

/* Takes a title off, where a word with a capital follows. */
struct title title_take(struct arena *arena, struct str *name);
/* "Mme" and a name that only men have, or the other way round. */
bool title_contradicts(struct arena *arena, struct title title, struct str name);

#endif
