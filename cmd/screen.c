#include "cmd/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/file.h"
#include "core/message.h"
#include "core/process.h"
#include "core/text.h"

enum { LEAST_WIDTH = 20, USUAL_WIDTH = 80, MOST_KEPT = 256 * 1024 * 1024 };
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

struct screen screen_of_output(bool plain)
{
	struct screen screen = {.kept = NO_PAGER, .output = STDOUT_FILENO};
	struct winsize size = {0};

	if (plain || !isatty(STDOUT_FILENO) || is_dumb())
		return screen;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < LEAST_WIDTH)
		size.ws_col = USUAL_WIDTH;
	screen.width = size.ws_col;
	screen.height = size.ws_row;
	screen.styled = !is_set("NO_COLOR");
	screen.colourful = knows_many_colours();
	return screen;
}

void screen_keep(struct screen *screen)
{
	if (screen->height == 0 || screen->kept != NO_PAGER)
		return;
	int kept = memfd_create("shown", MFD_CLOEXEC);
	int output = kept < 0 ? -1 : dup(STDOUT_FILENO);

	fflush(stdout);
	if (output < 0 || dup2(kept, STDOUT_FILENO) < 0) {
		if (output >= 0)
			close(output);
		if (kept >= 0)
			close(kept);
		return;
	}
	screen->kept = kept;
	screen->output = output;
}

/* How many lines of the screen a line takes, looks aside. */
static size_t height_of_line(struct str line, size_t width)
{
	size_t columns = 0;

	while (line.len) {
		size_t escape = str_find_byte(line, '\033', 0);

		columns += text_width(str_slice(line, 0, escape));
		line = str_slice(line, escape, line.len);
		if (line.len)
			line = str_slice(line, str_find_byte(line, 'm', 0) + 1, line.len);
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

/* Standard output is again what it was. */
static void put_back(struct screen *screen)
{
	dup2(screen->output, STDOUT_FILENO);
	close(screen->output);
	close(screen->kept);
	screen->kept = NO_PAGER;
}

err screen_show(struct arena *arena, struct screen *screen)
{
	struct str text = {0};

	if (screen->kept == NO_PAGER)
		return NULL;
	fflush(stdout);
	lseek(screen->kept, 0, SEEK_SET);
	err e = file_read_open(arena, screen->kept, _("standard output"), MOST_KEPT, &text);
	put_back(screen);
	if (!e && (fits(screen, text) || !page(arena, text)))
		fwrite(text.at, 1, text.len, stdout);
	return e;
}
