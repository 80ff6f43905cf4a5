/*
 * What one line of Markdown can be, taken by itself: pure questions about the
 * bytes of a line from its first character that is no blank, its line end left
 * out. What a line is in its place is for core/doc_begin.c to say.
 *
 * source: CommonMark 0.30, sections 4 and 5.2; GFM 0.29, section 4.10
 */
#ifndef CORE_DOC_LINES_H
#define CORE_DOC_LINES_H

#include <stdbool.h>
#include <stdint.h>

#include "core/str.h"

/* The list mark at the beginning of an item. */
struct list_mark {
	uint32_t bytes;	 /* of the mark without the blank behind it; 0: there is none */
	uint32_t number; /* when `numbered` */
	bool numbered;
	bool bare; /* nothing but blanks behind it */
	char glyph;
};

/* One of the seven kinds of html blocks, by number as CommonMark has them. */
enum html_kind {
	HTML_NONE,
	HTML_VERBATIM = 1, /* script, pre, style, textarea */
	HTML_COMMENT,
	HTML_INSTRUCTION,
	HTML_DECLARATION,
	HTML_CDATA,
	HTML_BLOCK_TAG, /* to the next blank line, as the one below */
	HTML_ANY_TAG,	/* cannot interrupt a paragraph */
};

/*
 * A thematic break. A line that is none has no break further on before `*stop`
 * either: asking again at each item mark of one line stays linear.
 */
bool line_is_rule(struct str line, const char **stop);
/* The level of an ATX heading, 0: none. */
uint32_t line_heading_level(struct str line);
/* The title in an ATX heading line, closing #s left out. */
struct str line_heading_text(struct str line);
/* The level that a line of = or - gives to the paragraph above, 0: none. */
uint32_t line_underline_level(struct str line);
/* The length of an opening fence, 0: none. */
uint32_t line_fence_length(struct str line);
/* A closing fence for one of `length` times `glyph`. */
bool line_closes_fence(struct str line, char glyph, uint32_t length);
struct list_mark line_list_mark(struct str line);
/* A row up to the mark behind its last cell; a mark behind a backslash is text. */
struct str row_without_last_mark(struct str row);
/*
 * Takes the next cell off a row without the marks at its ends; row->at is NULL
 * behind the last. out: false once there is none
 */
bool row_next_cell(struct str *row, struct str *cell);
/* How many cells a table row has, at least 1. */
uint32_t line_cells(struct str line);
/* The cells of the rule under a table's header, 0: none. */
uint32_t line_table_rule(struct str line);

enum html_kind line_html_kind(struct str line);
/* Whether html of kind 1 to 5 ends with this line. */
bool line_ends_html(struct str line, enum html_kind kind);

#endif
