#include "core/doc_cursor.h"

#include <string.h>

static void find_text(struct line *line)
{
	line->text = line->at;
	line->text_column = line->column;
	for (; line->text < line->end; line->text++) {
		if (*line->text == ' ')
			line->text_column++;
		else if (*line->text == '\t')
			line->text_column += TAB_COLUMNS - line->text_column % TAB_COLUMNS;
		else
			break;
	}
}

void line_take_columns(struct line *line, uint32_t columns)
{
	uint32_t goal = line->column + columns;

	while (line->column < goal && line->at < line->text) {
		uint32_t width = *line->at == '\t' ? TAB_COLUMNS - line->column % TAB_COLUMNS : 1;
		if (line->column + width > goal) {
			line->column = goal;
			return;
		}
		line->column += width;
		line->at++;
	}
}

void line_take_mark(struct line *line, size_t bytes)
{
	line->at = line->text + bytes;
	line->column = line->text_column + (uint32_t)bytes;
	find_text(line);
}

void line_take_quote_mark(struct line *line)
{
	line_take_mark(line, 1);
	line_take_columns(line, 1);
}

struct line line_at(const char *at, const char *end, uint32_t number)
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
	find_text(&line);
	return line;
}
