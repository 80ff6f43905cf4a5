#include "cmd/print.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/text.h"
#include "core/utf8.h"

struct range {
	uint32_t first, last;
};

/* What acts on a terminal, or on the order in which a line is read, instead of showing. */
static const struct range acting[] = {
	{0x00, 0x08},	    {0x0B, 0x1F}, {0x7F, 0x9F}, {0x061C, 0x061C}, /* Arabic letter mark */
	{0x200E, 0x200F},   /* left-to-right and right-to-left marks */
	{0x2028, 0x202E},   /* separators, embeddings and overrides */
	{0x2066, 0x2069},   /* isolates */
	{0xFFF9, 0xFFFB},   /* interlinear annotation */
	{0xE0000, 0xE007F}, /* invisible tags */
};

bool acts_on_terminal(uint32_t code)
{
	for (size_t i = 0; i < sizeof acting / sizeof *acting; i++)
		if (code >= acting[i].first && code <= acting[i].last)
			return true;
	return false;
}

/* The length of the beginning of `text` that can be shown as it is. */
static size_t showable(struct str text)
{
	size_t length = 0, bytes = 0;
	uint32_t code;

	do {
		length += bytes;
		while (length < text.len && text.at[length] >= ' ' && text.at[length] <= '~')
			length++;
		bytes = utf8_next(str_slice(text, length, text.len), &code);
	} while (bytes && !acts_on_terminal(code));
	return length;
}

/*
 * Puts the visible name of what `text` begins with into `name`.
 * out: the length of what is named.
 */
static size_t name_of_first(struct str text, char name[16])
{
	uint32_t code;
	size_t bytes = utf8_next(text, &code);

	if (bytes == 0) {
		snprintf(name, 16, "<0x%02X>", (unsigned)(unsigned char)text.at[0]);
		return 1;
	}
	/* The CR of a line that ends with CRLF moves nothing that the LF does not. */
	if (code == '\r' && text.len > 1 && text.at[1] == '\n')
		name[0] = '\0';
	else
		snprintf(name, 16, "<U+%04X>", (unsigned)code);
	return bytes;
}

struct str printable(struct arena *arena, struct str text)
{
	struct buf shown = {.arena = arena};
	char name[16];

	if (showable(text) == text.len)
		return text;
	for (;;) {
		size_t length = showable(text);
		buf_add(&shown, str_slice(text, 0, length));
		text = str_slice(text, length, text.len);
		if (text.len == 0)
			return buf_str(&shown);
		text = str_slice(text, name_of_first(text, name), text.len);
		buf_add_c(&shown, name);
	}
}

static void write_text(FILE *stream, struct str text)
{
	char name[16];

	for (;;) {
		size_t length = showable(text);
		if (length)
			fwrite(text.at, 1, length, stream);
		text = str_slice(text, length, text.len);
		if (text.len == 0)
			return;
		text = str_slice(text, name_of_first(text, name), text.len);
		fputs(name, stream);
	}
}

/* To be freed. */
static char *formatted(const char *format, va_list args) __attribute__((format(printf, 1, 0)));

static char *formatted(const char *format, va_list args)
{
	char *text;
	int length = vasprintf(&text, format, args);

	if (length < 0) {
		fputs("atelier: out of memory / mémoire épuisée\n", stderr);
		_Exit(STATUS_IO);
	}
	return text;
}

void print(struct app *app, const char *format, ...)
{
	va_list args;

	(void)app;
	va_start(args, format);
	char *text = formatted(format, args);
	va_end(args);
	write_text(stdout, str_of(text));
	free(text);
}

/* What stands before the first word: below it a broken line goes on. */
static struct str lead_of(struct str line)
{
	const struct str mark = STR("→ ");
	size_t length = 0;

	while (length < line.len && line.at[length] == ' ')
		length++;
	if (str_starts(str_slice(line, length, line.len), mark))
		length += mark.len;
	return str_slice(line, 0, length);
}

/* One line to standard error; `width` 0: as long as it is. */
static void write_broken(struct str line, size_t width)
{
	enum { LEAST_ROOM = 16 };
	struct str lead = lead_of(line), rest = str_slice(line, lead.len, line.len);
	size_t indent = text_width(lead);
	size_t room = width > indent + LEAST_ROOM ? width - indent : SIZE_MAX;

	fwrite(lead.at, 1, lead.len, stderr);
	for (;;) {
		size_t taken = text_fitting(rest, room);

		fwrite(rest.at, 1, taken, stderr);
		rest = str_slice(rest, taken, rest.len);
		while (str_starts(rest, STR(" ")))
			rest = str_slice(rest, 1, rest.len);
		if (rest.len == 0)
			return;
		fprintf(stderr, "\n%*s", (int)indent, "");
	}
}

/* Behind what was printed so far. */
static void write_to_person(struct app *app, const char *text)
{
	struct str rest = printable(&app->arena, str_of(text)), line;

	fflush(stdout);
	while (str_next_line(&rest, &line)) {
		struct str words = str_chomp(line);

		write_broken(words, app->error_width);
		if (words.len < line.len)
			fputc('\n', stderr);
	}
}

void note(struct app *app, const char *format, ...)
{
	va_list args;

	if (app->quiet)
		return;
	va_start(args, format);
	char *text = formatted(format, args);
	va_end(args);
	write_to_person(app, text);
	free(text);
}

void complain(struct app *app, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	char *text = formatted(format, args);
	va_end(args);
	write_to_person(app, text);
	free(text);
}

void print_text(struct app *app, struct str text)
{
	(void)app;
	write_text(stdout, text);
}

void print_bytes(struct app *app, struct str bytes)
{
	(void)app;
	fwrite(bytes.at, 1, bytes.len, stdout);
}

/* Output that is kept for the pager goes to the terminal in the end. */
void print_result(struct app *app, struct str text)
{
	if (!app->into_file && (app->screen.kept.keeps || isatty(STDOUT_FILENO)))
		print_text(app, text);
	else
		print_bytes(app, text);
}

/*
 * With 256 colours: six that stand out on black and on white (contrast 3.6 and more on
 * both), and from each other for eyes that see no red, green or blue.
 */
static const char *const looks[] = {
	[STYLE_NONE] = "0",
	[STYLE_STRONG] = "1",
	[STYLE_FAINT] = "2",
	[STYLE_COLOUR] = "38;5;67",	 /* steel blue */
	[STYLE_COLOUR + 1] = "38;5;162", /* magenta */
	[STYLE_COLOUR + 2] = "38;5;100", /* olive */
	[STYLE_COLOUR + 3] = "38;5;98",	 /* violet */
	[STYLE_COLOUR + 4] = "38;5;131", /* rust */
	[STYLE_COLOUR + 5] = "38;5;129", /* purple */
};
static const char *const looks_of_few_colours[STYLE_COLOURS] = {"36", "35",   "33",
								"34", "1;36", "1;35"};

void print_style(struct app *app, enum style style)
{
	if (!app->screen.styled)
		return;
	if (style >= STYLE_COLOUR && !app->screen.colourful)
		fprintf(stdout, "\033[%sm", looks_of_few_colours[style - STYLE_COLOUR]);
	else
		fprintf(stdout, "\033[%sm", looks[style]);
}

bool output_arrived(void)
{
	static int reason;

	if (fflush(stdout) != 0)
		reason = errno;
	else if (!ferror(stdout))
		reason = 0;
	else if (reason == 0)
		reason = EIO;
	errno = reason;
	return reason == 0;
}

bool answer_possible(const struct app *app)
{
	return !app->json && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

bool answer_read(struct app *app, struct str *out)
{
	char *line = NULL;
	size_t room = 0;
	bool read = getline(&line, &room, stdin) >= 0;

	if (read)
		*out = str_copy(&app->arena, str_trim(str_of(line)));
	free(line);
	return read;
}
