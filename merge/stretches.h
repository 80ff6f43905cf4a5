/*
 * Writes the merge of three texts, taken apart into words or lines, stretch by stretch.
 *
 * Invariant: what nobody changed is written once, what one side changed as it has it; the
 * space behind each token is merged for itself.
 */
#ifndef MERGE_STRETCHES_H
#define MERGE_STRETCHES_H

#include "merge/regions.h"
#include "merge/tokens.h"
#include "merge/words.h"

/* The base and both sides, taken apart. */
struct three {
	struct tokens base, side[2];
	struct spans spans[2]; /* from the base to each side, once they are looked for */
	bool of_lines;	       /* or of entries: what both put in at one point may all stand */
};

/* The result under construction; `space` is owed before the next word. */
struct writer {
	struct buf out;
	struct str glue; /* owed where there is no other space */
	struct str space;
	bool any;
};

/* Adds a text, behind the space that is owed; `space`: what is owed behind it. */
void writer_add(struct writer *writer, struct str text, struct str space);
/* The same of tokens, if there are any. */
void writer_add_tokens(struct writer *writer, const struct tokens *tokens, int from, int to);

/* Whether a region has something in each of the three. */
bool stands_in_all(const struct region *region);

/* The space behind such a region. */
struct str space_behind_region(const struct three *three, const struct region *region);

/* Writes what both sides changed of a region. out: whether that goes into one text */
typedef bool write_changed(const struct text_merge *merge, struct writer *writer,
			   const struct three *three, const struct region *region);

/*
 * Writes all regions, and the space behind the last; of what both sides changed `both`
 * does. out: false as soon as `both` gives so
 */
bool write_regions(const struct text_merge *merge, struct writer *writer, const struct three *three,
		   const struct regions *regions, write_changed *both);

/* A `write_changed`; out: false if the two take more than one text */
write_changed write_both;

/* A `write_changed`; out: false if the two differ */
write_changed write_same;

/* The same of entries: what a side took out goes, what it put in stands, once. */
write_changed write_entries;

#endif
