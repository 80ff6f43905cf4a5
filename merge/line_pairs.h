/*
 * The merge of lines line by line: each line of the base beside what became of it, and what
 * a side put in between by itself. So a list without marks stays one, whose lines say nothing
 * of each other:
 *
 *     base             ours             theirs           result
 *     Weight: 2 kg     Weight: 3 kg     Colour: blue     Colour: blue
 *     Origin: Brest    Origin: Brest    Weight: 2 kg     Weight: 3 kg
 *                                       Origin: Brest    Origin: Brest
 *
 * Invariant: a line that one side took out or replaced the other left as it was.
 */
#ifndef MERGE_LINE_PAIRS_H
#define MERGE_LINE_PAIRS_H

#include "merge/words.h"

/* out: false where the two cannot be had line by line; then `out` is untouched. */
bool merge_line_pairs(const struct text_merge *merge, struct str *out);

#endif
