/*
 * The words that every text holds, French and English: what tells the language,
 * and what says little about the matter.
 */
#ifndef CORE_TEXT_COMMON_H
#define CORE_TEXT_COMMON_H

#include <stdint.h>

#include "core/message.h"

struct common_words {
	enum language language;
	uint8_t kind;  /* enum word_kind */
	uint16_t rate; /* texts out of 10,000 that hold such a word */
	/* Folded, separated by blanks; "word=stem" where the stem is another. */
	const char *words;
};

/* Ends with a row without words. A word in several rows: the first row counts. */
extern const struct common_words common_words[];

#endif
