/*
 * Words that stand in a document's file and not in what a converter made of it:
 * a converter may leave out what it does not know, and nobody would see it.
 */
#ifndef CMD_DOCUMENT_WORDS_H
#define CMD_DOCUMENT_WORDS_H

#include <stdbool.h>

#include "core/str.h"

/*
 * The words of an .odt or .docx file (`part`: "content.xml", "word/document.xml")
 * that `text` does not have as often, each as it is written, in order.
 * out: separated by spaces; `checked` false: the program unzip cannot tell.
 */
struct str document_words_missing(struct arena *arena, struct str file, const char *part,
				  struct str text, bool *checked);

#endif
