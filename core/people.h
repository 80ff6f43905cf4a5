/*
 * Who is who: the people that git's names and addresses stand for, as .mailmap
 * and people.yml claim, else each exact address a person of its own.
 *
 * Invariant: nothing is guessed. Two addresses are one person only where a file
 * says so; what merely looks alike is a suggestion.
 * source: gitmailmap(5)
 */
#ifndef CORE_PEOPLE_H
#define CORE_PEOPLE_H

#include "core/repo_object.h"

struct names {
	struct str *at;
	size_t count, room;
};

/* Adds a name, but no empty one. */
void names_add(struct arena *arena, struct names *names, struct str name);

struct person {
	struct str name, email; /* as shown; either may be empty where nobody says it */
	struct names emails;	/* this person's under any name, `email` first, lower case aside */
	struct names aliases;	/* other names, as people.yml has them */
	struct names written;	/* names that git has recorded beside `name` */
	struct str initials;	/* as people.yml has them, empty: it has none */
	bool listed;		/* in people.yml */
	bool mapped;		/* named by .mailmap */
	bool seen;		/* has recorded something: people_find() was asked */
};

/* One line of .mailmap: who wrote as `old_name` (empty: anyone) and `old_email`. */
struct mailmap_line {
	struct str name, email; /* empty: stays as it is */
	struct str old_name, old_email;
};

struct people {
	struct arena *arena;
	struct mailmap_line *lines;
	size_t line_count;
	struct person **all; /* those of people.yml first, in order; then as they were found */
	size_t count, room;
};

/*
 * Reads the two files, either of which may be empty text.
 * out: set on failure too, then without people.yml.
 * errors: STATUS_BAD_INPUT: people.yml cannot be read.
 */
err people_of(struct arena *arena, struct str mailmap, struct str roster,
	      struct people *out) ERR_MUST_CHECK;
/* The same from the work tree; a file that is not there is empty. */
err people_read(struct arena *arena, const struct repo *repo, struct people *out) ERR_MUST_CHECK;

/*
 * The person who recorded under a name and an address, added when new. Asked for
 * the latest first, a person has the latest name.
 * cost: linear in people.
 */
struct person *people_find(struct people *people, const struct signature *author);
/* Adds all whom .mailmap names, as though each had recorded something. */
void people_find_mapped(struct people *people);
/* The person that people_find() gives, NULL: it would be a new one. cost: the same. */
struct person *people_known(const struct people *people, const struct signature *author);

/* First letters of the words of a name, in capitals: "Jean-Marc d'Agen" gives JMA. */
struct str initials_of(struct arena *arena, struct str name);
/*
 * A short sign for each person, by the order of `all`: initials, told apart where they are
 * equal.
 */
struct str *people_signs(struct arena *arena, const struct people *people);

/* Two people of `all` who may be one. */
struct likeness {
	const struct person *one, *other; /* `one`: the better known, or better written */
};

struct likenesses {
	struct likeness *all;
	size_t count, room;
};

/* Pairs with near-equal names, or near-equal addresses. cost: quadratic in people, 500 at most. */
struct likenesses people_alike(struct arena *arena, const struct people *people);

#endif
