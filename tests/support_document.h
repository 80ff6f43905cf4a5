/* What must hold for the document that any bytes are read as. */
#ifndef TESTS_SUPPORT_DOCUMENT_H
#define TESTS_SUPPORT_DOCUMENT_H

#include "core/doc.h"

/* What is wrong with how `bytes` are read, NULL: nothing. */
const char *document_breach(struct str bytes);

/* The kinds of blocks with what tells them apart, indented by depth, one a line. */
struct str document_outline(struct arena *arena, const struct doc *doc);

#endif
