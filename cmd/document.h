/*
 * A document that is to be imported, whatever program it was written with: its
 * text, and who wrote which part of it where the document tells.
 */
#ifndef CMD_DOCUMENT_H
#define CMD_DOCUMENT_H

#include <stdint.h>

#include "cmd/app.h"
#include "core/message.h"

#define NOBODY UINT32_MAX

/* Somebody whom a document names as an author of it. */
struct writer {
	struct str name, address;
	int64_t time; /* of the last change, in seconds since 1970; 0: not told */
};

struct document {
	const char *path;
	struct str text;	/* UTF-8 without NUL, plain or Markdown */
	struct writer *writers; /* in the order in which they began */
	size_t writer_count;
	uint32_t *written_by; /* of each byte of `text`: index of a writer, NOBODY; NULL: of none */
	bool pictures;	      /* it had some, which are not taken over */
	struct str missing;   /* words that the converter left out, separated by spaces */
	bool unchecked;	      /* whether it left out any could not be told */
};

/*
 * Reads a document by the ending of its name: .etherpad (the full export of a
 * pad), .docx, .odt, .html (through pandoc), anything else as plain text.
 * `language`: of what has to be added to a text ("via the chat").
 * errors: STATUS_BAD_INPUT: it cannot be read, is empty or over a limit;
 * STATUS_SETUP: pandoc is missing.
 */
err document_read(struct app *app, const char *path, enum language language,
		  struct document *out) ERR_MUST_CHECK;

#endif
