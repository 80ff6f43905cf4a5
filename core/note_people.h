/*
 * Lists of people in a note: what stands under Porteurs, Participants,
 * Facilitators and the like.
 */
#ifndef CORE_NOTE_PEOPLE_H
#define CORE_NOTE_PEOPLE_H

#include "core/str.h"

/* The role that a heading gives to the people below it ("facilitator"), NULL: none. */
const char *import_role_of(struct arena *arena, struct str heading);

/*
 * How much of a body, from its start, is a list of names: whole lines, each
 * with names only. out: 0: it does not begin with one.
 */
size_t import_names_length(struct str body);

/*
 * Takes the next name off a line: up to a comma, a semicolon, or a word as “and”; a bullet
 * before it is none of its words.
 * out: false once none is left.
 */
bool import_next_name(struct str *rest, struct str *name);

/* Adds an entry of workshop.yml's `people:` for the names in `lines`. */
void import_write_people(struct buf *out, struct str heading, const char *role, struct str lines);

#endif
