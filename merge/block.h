/*
 * One thing that several texts hold, merged: a block, or a set of variants.
 *
 * Invariant: the result is one wording, or several that differ in their text.
 */
#ifndef MERGE_BLOCK_H
#define MERGE_BLOCK_H

#include "merge/plan.h"

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
};

struct block_rules {
	bool words; /* reworded by both: try to have both changes in one text */
};

/* Merges what the node's pieces say. */
struct wordings merge_node(struct plan *plan, const struct node *node, struct block_rules rules);

/* Puts the bytes of a wording together; `label` 0: none. Ends without line end. */
void wording_write(struct buf *out, const struct wording *wording, uint32_t label);

#endif
