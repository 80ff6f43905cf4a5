/* UTF-8, one character at a time, where the bytes may be anything. */
#ifndef CORE_UTF8_H
#define CORE_UTF8_H

#include <stdbool.h>
#include <stdint.h>

#include "core/str.h"

/*
 * Reads the character that `text` begins with.
 * out: its length in bytes and the character in `code`; 0 where the text is
 *      empty or its first byte begins none (overlong forms, surrogates and
 *      what lies above U+10FFFF are none).
 * source: RFC 3629, section 4
 */
size_t utf8_next(struct str text, uint32_t *code);

/* True where every byte belongs to a character; NUL is one. */
bool utf8_valid(struct str text);

#endif
