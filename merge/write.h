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

/* Writes the ordered nodes, with the blank lines of gaps.h and the numbers of numbering.h. */
struct written write_plan(struct plan *plan, struct str front);

#endif
