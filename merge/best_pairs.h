/*
 * Which of two sequences go together, in order, so that their fits are the most in sum.
 *
 * Invariant: nothing goes together that does not fit.
 */
#ifndef MERGE_BEST_PAIRS_H
#define MERGE_BEST_PAIRS_H

/* `fits`: a row of `width` for each of `height`, 0: not at all. out: each one's partner, or -1 */
void best_pairs(const int *fits, int height, int width, int *partners);

#endif
