/*
 * Lines of versions of one text as sets: what the judging of stale
 * saves (stale.h) counts, measures and compares.
 */
#ifndef CORE_STALE_LINES_H
#define CORE_STALE_LINES_H

#include <stdbool.h>

#include "core/hash.h"

/* The distinct pieces of a text, by key, and how often each stands in it. */
struct piece {
	struct key key;
	struct str text;
	size_t count;
};

struct pieces {
	struct piece *all;
	size_t count;
};

/* Lines without blanks around them; only those that say something. */
struct pieces pieces_lines(struct arena *arena, struct str text);
/* Only the wordings of sets, as they are without their labels. */
struct pieces pieces_lines_settled(struct arena *arena, struct str text);
/* The lines, but of a set of which `saved` has a wording without its label that one alone. */
struct pieces pieces_lines_chosen(struct arena *arena, struct str text, const struct pieces *saved);
/* Has a letter or a digit: rules and the like are no lines that anybody misses. */
bool line_says_something(struct str line);

/* How often a piece stands in a text. cost: logarithmic */
size_t pieces_count(const struct pieces *pieces, struct key key);
/* How many of `lines` stand in a text at all. */
size_t pieces_count_lines(const struct pieces *pieces, const struct str *lines, size_t count);
/* How many pieces one text has and the other has not, both ways. cost: linear */
size_t pieces_apart(const struct pieces *a, const struct pieces *b);

/*
 * What it takes to make one text of the other: a line that is added or deleted
 * costs 1000, one that is reworded what is unlike in it, per mille.
 * cost: the product of what differs, bounded
 */
size_t pieces_cost(struct arena *arena, const struct pieces *a, const struct pieces *b);

/*
 * Is any of `lines` reworded in `saved`: does a line there, that `shown` has
 * not, resemble it more than it resembles any line that went from `shown`?
 * Other figures are another line. cost: the products of what differs, bounded
 */
bool lines_reworded(struct arena *arena, const struct str *lines, size_t count,
		    const struct pieces *saved, const struct pieces *shown);

#endif
