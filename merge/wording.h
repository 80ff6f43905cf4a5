/*
 * The bytes of a block in three, so that what stands around its text is merged
 * and written apart from it.
 */
#ifndef MERGE_WORDING_H
#define MERGE_WORDING_H

#include "core/doc.h"

/*
 * A block's bytes in three: what stands before its text (indent, mark, number,
 * checkbox), the text without label, and what stands behind (closing marks);
 * the last line end is in none.
 */
struct wording {
	enum block_kind kind;
	struct str head, text, tail;
};

struct wordings {
	struct wording *at;
	int count;
	bool stacked;	      /* the one that there is says what both sides say */
	struct str edit_kept; /* in the one: words that a side deleted and the other edited */
};

/* What the block says, borrowed; `in_set`: without the label that it has there. */
struct wording wording_of(const struct block *block, bool in_set);

/* By text, then by what stands before and behind it. */
int wording_compare(const struct wording *a, const struct wording *b);

/* Puts the bytes of a wording together; `label` 0: none. Ends without line end. */
void wording_write(struct buf *out, const struct wording *wording, uint32_t label);

#endif
