/* Who took part in a workshop, as its workshop.yml lists them, however plainly that is written. */
#ifndef CORE_PEOPLE_GROUPS_H
#define CORE_PEOPLE_GROUPS_H

#include "core/meta.h"
#include "core/people.h"

struct people_group {
	struct str heading; /* without a colon behind it; empty: none */
	struct names names; /* trimmed, none empty */
};

struct people_groups {
	struct people_group *all;
	size_t count, room;
};

/*
 * The groups under `people` of a workshop.yml (NULL: none). A list holds groups
 * ({heading, names}), lists of names and names; what stands in the place of a list is one
 * group, or names as in a sentence ("Anne, Omar et Léa"). Names of a list that follow one
 * another are one group.
 */
struct people_groups people_groups_of(struct arena *arena, const struct meta *about);
/* "Hosts: Anne, Omar", in the language of the messages. */
struct str people_group_shown(struct arena *arena, const struct people_group *group);

#endif
