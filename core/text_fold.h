/*
 * Text without its dress: compatibility forms and case (Unicode NFKC, case
 * folding), accents dropped, œ and æ as two letters, apostrophes as ', dots of
 * inclusive forms as "."
 *
 * Invariant: folded text is UTF-8 and holds no letter that folding would change.
 */
#ifndef CORE_TEXT_FOLD_H
#define CORE_TEXT_FOLD_H

#include "core/str.h"

enum { FOLD_CODES = 0x780 }; /* how many characters UTF-8 writes as two bytes */

/* What each two-byte character folds to, as up to 3 bytes and their number. */
struct fold_table {
	char to[FOLD_CODES][4];
};

void fold_table_make(struct fold_table *table);

/*
 * Appends the folded `text` to `out`. Bytes that are no UTF-8 become blanks.
 * out: how many letters carried accents.
 */
size_t text_fold_dress(const struct fold_table *table, struct str text, struct buf *out);

#endif
