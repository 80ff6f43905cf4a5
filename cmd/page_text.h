/*
 * Markdown of a note as HTML that may stand in a page: the one door to cmark-gfm.
 *
 * Invariant: every word of the text stands in the HTML, nothing of it acts. HTML
 * in the text is shown as text; links lead to http, https and mailto only, others
 * are shown with their address; pictures become links, for a page loads nothing;
 * characters that would act or reorder a line are shown by their number.
 */
#ifndef CMD_PAGE_TEXT_H
#define CMD_PAGE_TEXT_H

#include <stdint.h>

#include "core/str.h"

/* So many words in a row (of the normal text, split at spaces) that look alike. */
struct page_span {
	uint32_t words;
	const char *look; /* a class; NULL: plain */
};

/*
 * Adds `markdown` as HTML. `normal`: its normal text (doc_normal), which the spans
 * cover in order; without spans both may be empty. cost: linear.
 */
void page_add_markdown(struct buf *out, struct str markdown, struct str normal,
		       const struct page_span *spans, size_t span_count);

/* Adds plain text, escaped for an element or a quoted attribute. */
void page_add_text(struct buf *out, struct str text);

#endif
