/*
 * Whether two texts share so many of their lines that one became the other: of a text that
 * lists things, or of HTML, more lines may be new than words of it are old.
 */
#ifndef MERGE_SHARED_LINES_H
#define MERGE_SHARED_LINES_H

#include "merge/piece.h"

/*
 * Of two pieces, one of several lines: whether half of the shorter stands in the other line by
 * line; of HTML and code, where many lines are the same everywhere, three quarters.
 */
bool pieces_share_lines(struct dictionary *words, struct piece_words *a, struct piece_words *b);

/*
 * Of two texts, of a kind of block: three quarters, whatever the kind; of points never, which
 * the first line names.
 */
bool texts_share_lines(struct dictionary *words, enum block_kind kind, struct str a, struct str b);

#endif
