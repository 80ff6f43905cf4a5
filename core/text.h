/*
 * Unicode: what text means to a reader, whatever its bytes. The one door to
 * utf8proc.
 *
 * Invariant: all functions take any bytes. A byte that is no UTF-8 counts as
 * one character, U+FFFD, and is handed on unchanged by those that give text
 * back. Results may share the bytes they were made from; else they live in the
 * arena. Nothing depends on a locale.
 */
#ifndef CORE_TEXT_H
#define CORE_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/str.h"

enum { TEXT_SLUG_BYTES = 60 };

/* Takes the next character off `rest`, which must not be empty. out: its code point */
uint32_t text_next_char(struct str *rest);

/* An upper-case or title-case letter. */
bool text_is_capital(uint32_t code);

/*
 * Takes the next word off `rest`: a run of letters, digits and their marks.
 * out: false once no word is left.
 */
bool text_next_word(struct str *rest, struct str *word);

/* The canonical composed form (NFC); text that is no UTF-8 stays as it is. */
struct str text_nfc(struct arena *arena, struct str text);

/* NFC in lower case, accents kept: how file systems that fold names compare them. */
struct str text_caseless(struct arena *arena, struct str text);

/*
 * The normal text: NFC; runs of blanks, line ends, U+00A0 and U+202F as one
 * space, none at either end; typographic quotes and apostrophes as " and '.
 */
struct str text_normal(struct arena *arena, struct str text);

/* Whether the text is normal: quick, and may say no to some that is. */
bool text_is_normal(struct str text);
/* The same; `words`: if so, how many the text has, split at spaces. */
bool text_is_normal_of_words(struct str text, uint32_t *words);

/*
 * What search compares: the normal text in lower case, without accents, with
 * ligatures and compatibility forms spelled out (œ as oe). Of signs that are nothing but
 * accents nothing is left.
 */
struct str text_fold(struct arena *arena, struct str text);

/* How many columns of a terminal the text takes; of control characters only a tab takes one. */
size_t text_width(struct str text);

/*
 * How many bytes of `text` go on a line of `columns`: whole words, or as many
 * characters as fit of a word that is longer; at least one. Blanks may hang over.
 */
size_t text_fitting(struct str text, size_t columns);

/*
 * What a list shows of a text: all of its first line, or whole words of it, at
 * most `most` bytes, and "…".
 */
struct str text_opening(struct arena *arena, struct str text, size_t most);

/*
 * A title as a file name: folded words joined by '-', at most TEXT_SLUG_BYTES
 * bytes, whole words as far as possible; empty where no letter or digit stands.
 */
struct str text_slug(struct arena *arena, struct str title);

#endif
