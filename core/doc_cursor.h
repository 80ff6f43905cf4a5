/*
 * A line and how much of it the containers have taken. Columns count from the
 * line's beginning, with tab stops; a tab may be taken in part.
 */
#ifndef CORE_DOC_CURSOR_H
#define CORE_DOC_CURSOR_H

#include <stdbool.h>
#include <stdint.h>

#include "core/str.h"

enum { TAB_COLUMNS = 4 };

struct line {
	const char *start, *end, *next; /* `end` leaves out the line end */
	uint32_t number;
	const char *from; /* where a block that begins now has its first byte */
	const char *at;	  /* behind what is taken */
	uint32_t column;
	const char *text; /* the first character that is no blank */
	uint32_t text_column;
	const char *no_rule; /* see line_is_rule() */
};

/* Finds the text behind what is taken. */
void line_find_text(struct line *line);

/* Takes `columns` of blanks, or as many as there are. */
void line_take_columns(struct line *line, uint32_t columns);
/* Takes the blanks before the text and a mark of `bytes` there. */
void line_take_mark(struct line *line, size_t bytes);
/* Takes the mark of a quote and a blank behind it. */
void line_take_quote_mark(struct line *line);

/* The columns of blanks before the text that nobody has taken. */
static inline uint32_t line_indent(const struct line *line)
{
	return line->text_column - line->column;
}

static inline bool line_is_blank(const struct line *line)
{
	return line->text == line->end;
}

/* From the text on. */
static inline struct str line_rest(const struct line *line)
{
	return (struct str){line->text, (size_t)(line->end - line->text)};
}

/* The line that begins at `at`, of a text that ends at `end`; nothing of it is taken. */
static inline struct line line_at(const char *at, const char *end, uint32_t number)
{
	const char *feed = memchr(at, '\n', (size_t)(end - at));
	struct line line = {
		.start = at,
		.end = feed ? feed : end,
		.next = feed ? feed + 1 : end,
		.number = number,
		.from = at,
		.at = at,
		.no_rule = at,
	};

	if (feed && feed > at && feed[-1] == '\r')
		line.end--;
	line_find_text(&line);
	return line;
}

#endif
