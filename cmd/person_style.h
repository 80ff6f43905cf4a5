/*
 * How a person shows: a sign of a few letters, and a colour that only helps.
 *
 * Invariant: the colour depends on the address alone, so it is the same in every
 * run; whoever sees no colours reads the sign.
 */
#ifndef CMD_PERSON_STYLE_H
#define CMD_PERSON_STYLE_H

#include "cmd/attribution.h"
#include "cmd/print.h"

/* STYLE_NONE for nobody. */
enum style person_style(const struct person *person);
/* The same for an address; STYLE_NONE for the empty one. */
enum style address_style(struct str address);
/* "ABe", or "?" for nobody. cost: linear in people, signs being known: see attribution.signs */
struct str person_sign(const struct attribution *attribution, const struct person *person);
/* "Anne Berlemont (ABe)"; a name alone for who is no contributor. */
struct str person_title(struct arena *arena, const struct attribution *attribution,
			const struct person *person, struct str name);

#endif
