/*
 * A roster from inside: its people, their names taken apart.
 */
#ifndef CORE_ROSTER_PRIVATE_H
#define CORE_ROSTER_PRIVATE_H

#include "core/roster.h"
#include "core/roster_words.h"

enum { MOST_WORDS = 8 }; /* of a name that are looked at */

enum tier { TIER_WORKSHOP, TIER_PEOPLE, TIER_MAILMAP, TIERS };

/* One person under one name, folded: what is looked for. */
struct entry {
	enum tier tier;
	struct str name; /* as written */
	const struct person *person;
	struct str full, first, surname;
	struct str words[MOST_WORDS];
	size_t word_count, first_words;
	struct names aliases, initials;
};

struct roster {
	struct entry *entries;
	size_t count, room;
	const struct workshop *workshop;
	struct ordinary_words words;
};

/* Folded, runs of what is no letter as one blank: "d’Orfeuill" and "D Orfeuill" are one. */
struct str key_of_name(struct arena *arena, struct str name);

#endif
