/*
 * A line that lists names or the like, such as who was there:
 *
 *     Present: Anne, Paul and Zoé
 *
 * Each entry is one token, and what parts it from the next is the space behind it: so two
 * people who add a name, or one and another change one, change different things.
 */
#ifndef MERGE_ENTRIES_H
#define MERGE_ENTRIES_H

#include "merge/tokens.h"

/* Whether the text is one line of short entries, of which there may be one. */
bool is_listing(struct str text);

/* Whether these are three versions of such a line. */
bool are_listings(struct str base, struct str ours, struct str theirs);

/* The label in front of the first entry, with its colon and the blanks behind, is the lead. */
struct tokens tokens_of_entries(struct dictionary *words, struct str text);

#endif
