#include "cmd/csv.h"

#include <string.h>

#include "cmd/print.h"

/* What a spreadsheet would run or cut instead of showing. */
static bool is_formula(struct str text)
{
	return text.len && strchr("=+-@\t\r|", text.at[0]) != NULL;
}

static void begin_field(struct csv_row *row)
{
	if (row->fields++)
		buf_add_byte(&row->line, ',');
}

void csv_add(struct csv_row *row, struct str text)
{
	struct buf *line = &row->line;
	bool quoted = is_formula(text);

	for (size_t i = 0; i < text.len; i++)
		quoted = quoted || strchr(",\"\r\n;\t", text.at[i]) != NULL;
	begin_field(row);
	if (quoted)
		buf_add_byte(line, '"');
	if (is_formula(text))
		buf_add_byte(line, '\'');
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '"')
			buf_add_byte(line, '"');
		buf_add_byte(line, text.at[i]);
	}
	if (quoted)
		buf_add_byte(line, '"');
}

void csv_add_number(struct csv_row *row, unsigned long number)
{
	begin_field(row);
	buf_printf(&row->line, "%lu", number);
}

void csv_end(struct app *app, struct csv_row *row)
{
	buf_add(&row->line, STR("\r\n"));
	print_result(app, buf_str(&row->line));
	row->line.len = 0;
	row->fields = 0;
}
