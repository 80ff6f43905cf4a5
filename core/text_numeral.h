/*
 * Numbers of several words as one: "vingt-cinq", "deux mille trois cents", "2,5
 * millions", "one hundred and twenty"; and the months' names, in French and
 * English.
 */
#ifndef CORE_TEXT_NUMERAL_H
#define CORE_TEXT_NUMERAL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/str.h"

enum { NUMERAL_PARTS = 12 };

struct numeral {
	struct str digits; /* what the word stands for: "20", "1000", "2.5" */
	bool spelled;	   /* "vingt", as against 20 */
};

/*
 * Reads the number that a run of numerals begins with.
 * out: how many of them it takes, at least 1; their value where it takes several.
 */
size_t numeral_read(const struct numeral *parts, size_t count, uint64_t *value);

/* 1 to 12 for the folded name of a month in either language, 0: it is none. */
unsigned month_named(struct str folded);

#endif
