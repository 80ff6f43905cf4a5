/*
 * Takes a short folded text (text_fold.h) apart for comparing what it says: its
 * words, figures, links and breaks between clauses.
 */
#ifndef CORE_TEXT_SCAN_H
#define CORE_TEXT_SCAN_H

#include <stdbool.h>

#include "core/str.h"

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
