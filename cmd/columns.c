#include "cmd/columns.h"

#include "cmd/wrapped.h"
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

static void add_cell(struct wrapped *line, struct str text, enum style style, size_t padding,
		     bool at_left, bool last)
{
	struct str space = blanks(&line->app->arena, padding);

	if (!at_left)
		wrapped_add(line, STYLE_NONE, space);
	wrapped_add(line, style, text);
	if (at_left && !last)
		wrapped_add(line, STYLE_NONE, space);
	if (!last)
		wrapped_add(line, STYLE_NONE, STR("  "));
}

/* Where the last column begins: what does not fit in it goes on below. */
static size_t last_begins(const struct columns *columns, const size_t *widths)
{
	size_t begin = 0;

	for (size_t c = 0; c + 1 < columns->columns; c++)
		begin += widths[c] + 2;
	return begin;
}

void columns_print(struct app *app, const struct columns *columns)
{
	size_t widths[MOST_COLUMNS] = {0};

	for (size_t i = 0; i < columns->count; i++)
		for (size_t c = 0; c < columns->columns; c++) {
			size_t width = width_of(app, columns->rows[i].cells[c]);

			widths[c] = width > widths[c] ? width : widths[c];
		}
	struct str lead = blanks(&app->arena, last_begins(columns, widths));
	for (size_t i = 0; i < columns->count; i++) {
		const struct column_row *row = &columns->rows[i];
		struct wrapped line = wrapped_begin(app, lead);

		for (size_t c = 0; c < columns->columns; c++)
			add_cell(&line, row->cells[c], c ? STYLE_NONE : row->style,
				 widths[c] - width_of(app, row->cells[c]), c < columns->left,
				 c + 1 == columns->columns);
		wrapped_end(&line);
	}
}
