#include "cmd/dates.h"

#include <stdio.h>
#include <time.h>

#include "core/message.h"
#include "core/note_date.h"

enum { MINUTE_SECONDS = 60, FIRST_YEAR = 1900, DATE_BYTES = 10 };

static struct tm parts_of(int64_t seconds, int offset_minutes)
{
	time_t local = (time_t)(seconds + (int64_t)offset_minutes * MINUTE_SECONDS);
	struct tm parts = {.tm_mday = 1, .tm_year = 70};

	gmtime_r(&local, &parts);
	return parts;
}

static struct str shown(struct arena *arena, int year, int month, int day)
{
	static const char *const months[] = {
		N_("January"),	 N_("February"), N_("March"),	 N_("April"),
		N_("May"),	 N_("June"),	 N_("July"),	 N_("August"),
		N_("September"), N_("October"),	 N_("November"), N_("December"),
	};
	/* The first of a month is "1er" in French, and a plain number for all other days. */
	const char *end = day == 1 && message_language() == LANGUAGE_FRENCH ? "er" : "";

	return str_printf(arena, "%d%s %s %d", day, end, _(months[month]), year);
}

struct str day_shown(struct arena *arena, int64_t seconds, int offset_minutes)
{
	struct tm day = parts_of(seconds, offset_minutes);

	return shown(arena, FIRST_YEAR + day.tm_year, day.tm_mon, day.tm_mday);
}

struct str date_shown(struct arena *arena, struct str written)
{
	int year, month, day, length = 0;
	const char *text = str_c(arena, written);

	if (written.len != DATE_BYTES ||
	    sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &length) != 3 ||
	    length != DATE_BYTES || !day_exists(year, month, day))
		return written;
	return shown(arena, year, month - 1, day);
}

struct str time_shown(struct arena *arena, int64_t seconds, int offset_minutes)
{
	struct tm parts = parts_of(seconds, offset_minutes);
	struct str day = day_shown(arena, seconds, offset_minutes);

	return str_printf(arena, "%.*s, %02d:%02d", STR_ARGS(day), parts.tm_hour, parts.tm_min);
}
