#include "core/doc_cursor.h"

void line_find_text(struct line *line)
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
	line_find_text(line);
}

void line_take_quote_mark(struct line *line)
{
	line_take_mark(line, 1);
	line_take_columns(line, 1);
}
