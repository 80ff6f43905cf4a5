#include "cmd/columns.h"

#include "core/text.h"

struct column_row *columns_add(struct arena *arena, struct columns *columns)
{
	arena_push(arena, columns->rows, columns->count, columns->room);
	columns->rows[columns->count] = (struct column_row){0};
	return &columns->rows[columns->count++];
}

static size_t width_of(struct app *app, struct str text)
{
	return text_width(printable(&app->arena, text));
}

static void print_cell(struct app *app, struct str text, enum style style, size_t padding,
		       bool at_left, bool last)
{
	print(app, "%*s", at_left ? 0 : (int)padding, "");
	if (style != STYLE_NONE)
		print_style(app, style);
	print_text(app, text);
	if (style != STYLE_NONE)
		print_style(app, STYLE_NONE);
	print(app, "%*s%s", at_left && !last ? (int)padding : 0, "", last ? "\n" : "  ");
}

void columns_print(struct app *app, const struct columns *columns)
{
	size_t widths[MOST_COLUMNS] = {0};

	for (size_t i = 0; i < columns->count; i++)
		for (size_t c = 0; c < columns->columns; c++) {
			size_t width = width_of(app, columns->rows[i].cells[c]);

			widths[c] = width > widths[c] ? width : widths[c];
		}
	for (size_t i = 0; i < columns->count; i++)
		for (size_t c = 0; c < columns->columns; c++) {
			const struct column_row *row = &columns->rows[i];

			print_cell(app, row->cells[c], c ? STYLE_NONE : row->style,
				   widths[c] - width_of(app, row->cells[c]), c < columns->left,
				   c + 1 == columns->columns);
		}
}
