/*
 * Three texts cut into parts that can be merged one by one.
 *
 *     base         ours           theirs
 *     # A          # A            # A
 *     - a          - a, more      - a
 *     ------------ -------------- -------------
 *     # B          # B            # B renamed
 *     - b          - b            - b
 *
 * Invariant: the parts of a text, one behind the other, are the text, and
 * nothing that a side moved, or that both added, goes from one part to another.
 */
#ifndef MERGE_PARTS_H
#define MERGE_PARTS_H

#include "merge/rung.h"

enum extent {
	EXTENT_WHOLE,
	EXTENT_SECTION, /* from heading to heading */
	EXTENT_STRETCH, /* from one block that nobody changed to the next */
};

struct part {
	struct str text[TEXTS]; /* within the documents' sources */
};

/* A part as an input of its own. */
static inline struct merge_input part_input(const struct part *part, enum text_format format)
{
	return (struct merge_input){part->text[BASE], part->text[OURS], part->text[THEIRS], format};
}

struct parts {
	struct part *at;
	size_t count;
};

/*
 * Cuts texts of that extent into the next smaller parts that there are.
 * out: fewer than two parts: there are none; through `extent` that of the parts
 */
struct parts parts_within(struct arena *arena, const struct texts *texts, enum extent *extent);

/* The result of all parts, told of as that of one text. */
struct merged parts_join(struct arena *arena, const struct merged *merged, size_t count);

#endif
