/*
 * Variant labels: what several wordings of one point carry at their end,
 * " ⟨version 2⟩", the same in both languages (in YAML: "key ⟨version⟩:").
 */
#ifndef CORE_LABEL_H
#define CORE_LABEL_H

#include <stdint.h>

#include "core/str.h"

/* What the key ends with under which a YAML text lists the other wordings of a value. */
#define LABEL_OF_KEY " ⟨version⟩"

/*
 * The number of the label that ends `text` (blanks after it are fine), 0: none.
 * `before`, unless NULL: the text without the label and the space before it.
 */
uint32_t label_read(struct str text, struct str *before);
void label_write(struct buf *out, uint32_t number);
/* How often a label begins in a text, wherever it stands. */
size_t label_count(struct str text);

#endif
