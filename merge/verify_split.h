/*
 * Lines taken apart into the numbered words of a view: once each, as most lines
 * stand in several of the four texts.
 */
#ifndef MERGE_VERIFY_SPLIT_H
#define MERGE_VERIFY_SPLIT_H

#include "merge/verify_words.h"

/* Stands for the label of the other wordings of a YAML value; the first has none. */
enum { LABEL_OF_YAML_OTHERS = 2 };

/* Makes room for all lines that there are, and gives it back once their words are read. */
void split_begin(struct reading *reading);
void split_end(struct reading *reading);

/* Where a line stands. */
struct line_place {
	enum text_of of;
	bool yaml, in_fence;
};

/*
 * Adds the words of the line of that number to the view of its text.
 * out: the label behind them, 0: none
 */
uint32_t split_line(struct reading *reading, uint32_t number, struct line_place place);

/* Adds one word to a view. */
void view_put(struct view *view, uint32_t word, uint8_t flags);

#endif
