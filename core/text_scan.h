/*
 * Takes a short text apart for comparing what it says: its words, figures,
 * links and breaks between clauses, without dress.
 *
 * Folded: compatibility forms and case (Unicode NFKC, case folding), accents
 * dropped, œ and æ as two letters, apostrophes as ', dots of inclusive forms
 * as "." Invariant: folded text is UTF-8 and holds no letter that folding
 * would change.
 */
#ifndef CORE_TEXT_SCAN_H
#define CORE_TEXT_SCAN_H

#include <stdbool.h>

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

enum token_kind { TOKEN_WORD, TOKEN_NUMBER, TOKEN_LINK, TOKEN_BREAK };

struct token {
	enum token_kind kind;
	struct str text; /* within the folded text, or `digits` of the scan */
};

struct scan {
	struct str folded;
	size_t at;
	bool negated; /* "n't" was read: the next token is "not" */
	bool percent; /* the next token is the figure "%" */
	char digits[32];
};

/* Begins to read folded text: a bullet, number or checkbox in front is passed over. */
struct scan scan_begin(struct str folded);

/*
 * Takes the next token. Elisions stand alone ("l'eau": "l", "eau"); endings of
 * inclusive forms are left out ("chacun.e": "chacun"); figures lose the marks
 * between thousands ("12 000": "12000") and write their fraction with a dot.
 * out: false at the end; token->text is valid until the next call.
 */
bool scan_next(struct scan *scan, struct token *token);

#endif
