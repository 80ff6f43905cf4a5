/*
 * From a plan to the text of the result.
 */
#ifndef MERGE_WRITE_H
#define MERGE_WRITE_H

#include "merge/block.h"
#include "merge/merge.h"

struct written {
	struct str text; /* line ends LF, no mark of byte order in front */
	struct decision *decisions;
	size_t decision_count;
};

/*
 * Writes the ordered nodes. Blank lines belong to pairs of neighbours: a pair
 * that a side has keeps what that side has between them.
 */
struct written write_plan(struct plan *plan, struct str front, struct block_rules rules);

#endif
