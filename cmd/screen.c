#include "cmd/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "core/process.h"
#include "core/text.h"

enum { LEAST_WIDTH = 20, USUAL_WIDTH = 80, TAB_STOP = 8 };
/* What a shell ends with when it cannot start a program. */
enum { NOT_EXECUTABLE = 126, NOT_FOUND = 127 };

static bool is_set(const char *variable)
{
	const char *value = getenv(variable);

	return value && *value;
}

static bool is_dumb(void)
{
	const char *terminal = getenv("TERM");

	return !terminal || strcmp(terminal, "dumb") == 0;
}

static bool knows_many_colours(void)
{
	const char *terminal = getenv("TERM");

	return is_set("COLORTERM") || (terminal && strstr(terminal, "256color"));
}

static struct winsize size_of(int descriptor)
{
	struct winsize size = {0};

	if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col < LEAST_WIDTH)
		size.ws_col = USUAL_WIDTH;
	return size;
}

size_t screen_error_width(void)
{
	return isatty(STDERR_FILENO) ? size_of(STDERR_FILENO).ws_col : 0;
}

struct screen screen_of_output(bool plain)
{
	struct screen screen = {0};
	struct winsize size;

	if (plain || !isatty(STDOUT_FILENO) || is_dumb())
		return screen;
	size = size_of(STDOUT_FILENO);
	screen.width = size.ws_col;
	screen.height = size.ws_row;
	screen.styled = !is_set("NO_COLOR");
	screen.colourful = knows_many_colours();
	return screen;
}

void screen_keep(struct screen *screen)
{
	/* Without a pager everything is shown all the same. */
	if (screen->height > 0 && !screen->kept.keeps)
		err_free(kept_output_begin(&screen->kept));
}

/* How many lines of the screen a line takes, looks aside. */
static size_t height_of_line(struct str line, size_t width)
{
	size_t columns = 0;

	while (line.len) {
		size_t escape = str_find_byte(line, '\033', 0);
		size_t end = str_find_byte(str_slice(line, 0, escape), '\t', 0);

		columns += text_width(str_slice(line, 0, end));
		if (end < escape)
			columns += TAB_STOP - columns % TAB_STOP;
		else
			end = str_find_byte(line, 'm', escape);
		line = str_slice(line, end + 1, line.len);
	}
	return columns == 0 ? 1 : (columns + width - 1) / width;
}

/* One line is for the prompt that comes after. */
static bool fits(const struct screen *screen, struct str text)
{
	size_t lines = 1;
	struct str line;

	while (str_next_line(&text, &line) && lines <= screen->height)
		lines += height_of_line(str_chomp(line), screen->width);
	return lines <= screen->height;
}

/* Hands the text to the pager. out: whether it was shown. */
static bool page(struct arena *arena, struct str text)
{
	static const char *const looks[] = {"LESS=-R", "LESSCHARSET=utf-8", NULL};
	static const char *const usual[] = {"less", NULL};
	const char *chosen = getenv("PAGER");
	const char *const theirs[] = {"sh", "-c", chosen, NULL};
	struct process_result result;
	struct process process = {
		.argv = chosen ? theirs : usual,
		/* Who has set LESS knows why. */
		.environment = is_set("LESS") ? looks + 1 : looks,
		.input = text,
		.foreground = true,
	};

	if (chosen && (*chosen == '\0' || strcmp(chosen, "cat") == 0))
		return false;
	err e = process_run(arena, &process, &result);
	bool shown = !e && result.status != NOT_EXECUTABLE && result.status != NOT_FOUND;

	err_free(e);
	return shown;
}

err screen_show(struct arena *arena, struct screen *screen)
{
	struct str text = {0};

	if (!screen->kept.keeps)
		return NULL;
	err e = kept_output_end(arena, &screen->kept, &text);
	if (!e && (fits(screen, text) || !page(arena, text)))
		fwrite(text.at, 1, text.len, stdout);
	return e;
}
