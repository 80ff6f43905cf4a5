#include "cmd/wrapped.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

enum { LINE_INDENT = 2, TAB_STOP = 4 };

struct str blanks(struct arena *arena, size_t columns)
{
	char *at = arena_alloc(arena, columns + 1, 1);

	memset(at, ' ', columns);
	return (struct str){at, columns};
}

struct wrapped wrapped_begin(struct app *app, struct str lead)
{
	return (struct wrapped){.app = app, .text = {.arena = &app->arena}, .lead = lead};
}

/*
 * How wide a tab is depends on what stands before it, and a line may break there: one that
 * indents goes to the next stop of Markdown, any other is a blank.
 */
static struct str without_tabs(struct arena *arena, struct str text)
{
	struct buf out = {.arena = arena};
	bool indents = !str_is_blank(text);

	if (str_find_byte(text, '\t', 0) == text.len)
		return text;
	for (size_t i = 0; i < text.len; i++) {
		indents = indents && (text.at[i] == ' ' || text.at[i] == '\t');
		if (text.at[i] == '\t')
			buf_add(&out, blanks(arena, indents ? TAB_STOP - out.len % TAB_STOP : 1));
		else
			buf_add_byte(&out, text.at[i]);
	}
	return buf_str(&out);
}

void wrapped_add(struct wrapped *line, enum style style, struct str text)
{
	struct str shown = printable(&line->app->arena, text);

	if (line->app->screen.width)
		shown = without_tabs(&line->app->arena, shown);
	buf_add(&line->text, shown);
	if (line->count && style == STYLE_NONE && line->looks[line->count - 1].style == style) {
		line->looks[line->count - 1].end = line->text.len;
		return;
	}
	arena_push(&line->app->arena, line->looks, line->count, line->room);
	line->looks[line->count++] = (struct look){line->text.len, style};
}

static void add_formatted(struct wrapped *line, enum style style, const char *format, va_list args)
	__attribute__((format(printf, 3, 0)));

static void add_formatted(struct wrapped *line, enum style style, const char *format, va_list args)
{
	char *text = NULL;
	int length = vasprintf(&text, format, args);

	if (length >= 0)
		wrapped_add(line, style, str_chomp((struct str){text, (size_t)length}));
	free(length >= 0 ? text : NULL);
}

void wrapped_addf(struct wrapped *line, enum style style, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add_formatted(line, style, format, args);
	va_end(args);
}

/* Prints the bytes from..to, each stretch in its looks. */
static void print_part(const struct wrapped *line, size_t from, size_t to)
{
	struct str text = buf_str(&line->text);
	size_t begin = 0;

	for (size_t i = 0; i < line->count && begin < to; begin = line->looks[i++].end) {
		size_t first = begin > from ? begin : from;
		size_t end = line->looks[i].end < to ? line->looks[i].end : to;

		if (first >= end)
			continue;
		if (line->looks[i].style != STYLE_NONE)
			print_style(line->app, line->looks[i].style);
		print_text(line->app, str_slice(text, first, end));
		if (line->looks[i].style != STYLE_NONE)
			print_style(line->app, STYLE_NONE);
	}
}

/* Blanks in front belong to the first word, else an indented line would break before it. */
static size_t blanks_in_front(struct str text)
{
	size_t count = 0;

	while (count < text.len && text.at[count] == ' ')
		count++;
	return count;
}

void wrapped_end(struct wrapped *line)
{
	struct str text = buf_str(&line->text);
	size_t width = line->app->screen.width, lead = width ? text_width(line->lead) : 0;
	/* A lead that leaves no room for words is left out. */
	bool led = lead + 8 < width;

	for (size_t from = 0, room = width; from < text.len || from == 0;) {
		struct str rest = str_slice(text, from, text.len);
		size_t skip = blanks_in_front(rest);
		size_t taken =
			width && skip < room
				? skip + text_fitting(str_slice(rest, skip, rest.len), room - skip)
				: rest.len;

		print_part(line, from, from + taken);
		print(line->app, "\n");
		from += taken;
		from += blanks_in_front(str_slice(text, from, text.len));
		if (from >= text.len)
			return;
		if (led)
			print_text(line->app, line->lead);
		room = led ? width - lead : width;
	}
}

void print_wrapped(struct app *app, size_t indent, enum style style, struct str text)
{
	struct wrapped line = wrapped_begin(app, blanks(&app->arena, indent));

	wrapped_add(&line, STYLE_NONE, line.lead);
	wrapped_add(&line, style, text);
	wrapped_end(&line);
}

void print_line(struct app *app, const char *format, ...)
{
	struct wrapped line = wrapped_begin(app, (struct str){0});
	va_list args;

	va_start(args, format);
	add_formatted(&line, STYLE_NONE, format, args);
	va_end(args);
	line.lead = blanks(&app->arena, blanks_in_front(buf_str(&line.text)) + LINE_INDENT);
	wrapped_end(&line);
}
