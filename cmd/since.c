#include "cmd/since.h"

#include <time.h>

#include "core/file.h"
#include "core/limits.h"
#include "core/message.h"
#include "core/note_date.h"
#include "core/text.h"

enum { DAY_SECONDS = 24 * 60 * 60 };

/* --- times -------------------------------------------------------------------- */

/* Takes a whole number off `rest`. out: false: none stands there */
static bool take_number(struct str *rest, int *out)
{
	size_t digits = 0;

	*out = 0;
	while (digits < rest->len && digits < 6 && byte_is_digit(rest->at[digits]))
		*out = 10 * *out + (rest->at[digits++] - '0');
	*rest = str_slice(*rest, digits, rest->len);
	return digits > 0;
}

static bool take_byte(struct str *rest, char byte)
{
	if (rest->len == 0 || rest->at[0] != byte)
		return false;
	*rest = str_slice(*rest, 1, rest->len);
	return true;
}

/* A day and a time as clocks here show them. */
static int64_t seconds_of(struct tm local)
{
	local.tm_isdst = -1;
	return (int64_t)mktime(&local);
}

/* Takes "2026-01-31" or "31/01/2026" off `rest`. */
static bool take_day(struct str *rest, struct tm *out)
{
	int year, month, day;

	if (!take_number(rest, &year))
		return false;
	if (take_byte(rest, '-')) {
		if (!take_number(rest, &month) || !take_byte(rest, '-') || !take_number(rest, &day))
			return false;
	} else {
		day = year;
		if (!take_byte(rest, '/') || !take_number(rest, &month) || !take_byte(rest, '/') ||
		    !take_number(rest, &year))
			return false;
	}
	*out = (struct tm){.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day};
	return year >= 1970 && year <= 9999 && day_exists(year, month, day);
}

/* Takes ".250" off `rest`. out: false: a dot, and no digit behind */
static bool take_fraction(struct str *rest)
{
	bool taken = !take_byte(rest, '.');
	int digits;

	while (take_number(rest, &digits))
		taken = true;
	return taken;
}

/* Takes "14:30", "14:30:05", "14:30:05.250", "14h30" or "14h" off `rest`. */
static bool take_clock(struct str *rest, struct tm *out)
{
	if (!take_number(rest, &out->tm_hour))
		return false;
	if (take_byte(rest, 'h')) {
		if (rest->len && !take_number(rest, &out->tm_min))
			return false;
	} else if (!take_byte(rest, ':') || !take_number(rest, &out->tm_min) ||
		   (take_byte(rest, ':') &&
		    (!take_number(rest, &out->tm_sec) || !take_fraction(rest)))) {
		return false;
	}
	return out->tm_hour <= 23 && out->tm_min <= 59 && out->tm_sec <= 59;
}

/* Takes a number of so many digits, not more. */
static bool take_digits(struct str *rest, size_t digits, int *out)
{
	struct str after = *rest;

	if (!take_number(&after, out) || rest->len - after.len != digits)
		return false;
	*rest = after;
	return true;
}

/*
 * Takes "z", "+02:00", " +0200" or "+02" off `rest`, as times are exchanged (source: ISO 8601).
 * out: minutes east of Greenwich
 */
static bool take_zone(struct str *rest, int *out)
{
	int sign, hours, minutes = 0;

	take_byte(rest, ' ');
	sign = take_byte(rest, '+') ? 1 : take_byte(rest, '-') ? -1 : 0;
	*out = 0;
	if (sign == 0)
		return take_byte(rest, 'z');
	if (take_digits(rest, 4, &hours)) {
		minutes = hours % 100;
		hours /= 100;
	} else if (!take_digits(rest, 2, &hours) ||
		   (take_byte(rest, ':') && !take_digits(rest, 2, &minutes))) {
		return false;
	}
	*out = sign * (60 * hours + minutes);
	return hours <= 23 && minutes <= 59;
}

/* A day, with a time behind it or not: here, or where its zone says. */
static bool read_date(struct str text, int64_t *out)
{
	struct str rest = text;
	struct tm shown;
	int east;

	if (!take_day(&rest, &shown))
		return false;
	if ((take_byte(&rest, ' ') || take_byte(&rest, 't')) && !take_clock(&rest, &shown))
		return false;
	if (rest.len == 0) {
		*out = seconds_of(shown);
		return true;
	}
	if (!take_zone(&rest, &east) || rest.len)
		return false;
	*out = (int64_t)timegm(&shown) - 60 * (int64_t)east;
	return true;
}

/* "yesterday", "hier"; days before today, -1: it is no such word. */
static int days_of_word(struct str text)
{
	static const char *const today[] = {"today", "aujourd'hui", "aujourdhui", NULL};
	static const char *const yesterday[] = {"yesterday", "hier", NULL};
	static const char *const before[] = {"avant-hier", NULL};
	static const char *const week[] = {"last week", "semaine derniere", "la semaine derniere",
					   NULL};

	if (str_is_one_of(text, today))
		return 0;
	if (str_is_one_of(text, yesterday))
		return 1;
	if (str_is_one_of(text, before))
		return 2;
	return str_is_one_of(text, week) ? 7 : -1;
}

/* "3 days", "3 days ago", "il y a 2 semaines": in seconds before now. */
static bool read_span(struct str text, int64_t *out)
{
	static const struct {
		const char *name;
		int64_t seconds;
	} units[] = {
		{"min", 60},
		{"minute", 60},
		{"h", 3600},
		{"hour", 3600},
		{"heure", 3600},
		{"d", DAY_SECONDS},
		{"day", DAY_SECONDS},
		{"j", DAY_SECONDS},
		{"jour", DAY_SECONDS},
		{"w", 7 * DAY_SECONDS},
		{"week", 7 * DAY_SECONDS},
		{"s", 7 * DAY_SECONDS},
		{"semaine", 7 * DAY_SECONDS},
		{"m", 30 * DAY_SECONDS},
		{"month", 30 * DAY_SECONDS},
		{"mois", 30 * DAY_SECONDS},
		{"y", 365 * DAY_SECONDS},
		{"year", 365 * DAY_SECONDS},
		{"an", 365 * DAY_SECONDS},
		{"annee", 365 * DAY_SECONDS},
	};
	int count;

	if (str_starts(text, STR("il y a ")))
		text = str_slice(text, 7, text.len);
	if (str_ends(text, STR(" ago")))
		text.len -= 4;
	if (!take_number(&text, &count))
		return false;
	text = str_trim(text);
	struct str one =
		text.len > 1 && str_ends(text, STR("s")) ? str_slice(text, 0, text.len - 1) : text;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (str_equal(text, str_of(units[i].name)) ||
		    str_equal(one, str_of(units[i].name))) {
			*out = count * units[i].seconds;
			return true;
		}
	return false;
}

static bool read_time(struct str text, int64_t *out)
{
	time_t now = time(NULL);
	struct tm local = {0};
	int days = days_of_word(text);
	int64_t seconds;

	if (read_date(text, out))
		return true;
	if (days >= 0) {
		localtime_r(&now, &local);
		*out = seconds_of((struct tm){.tm_year = local.tm_year,
					      .tm_mon = local.tm_mon,
					      .tm_mday = local.tm_mday - days});
		return true;
	}
	if (!read_span(text, &seconds))
		return false;
	*out = (int64_t)now - seconds;
	return true;
}

/* --- the last look ------------------------------------------------------------- */

static const char *look_path(struct arena *arena, const struct repo *repo)
{
	return str_printf(arena, "%s/looked", repo_state_folder(repo)).at;
}

/* Takes "ID TIME FOLDER" apart. */
static bool read_look(struct str line, struct since *out, struct str *folder)
{
	struct str id, at, rest = str_chomp(line);

	if (!str_next_part(&rest, ' ', &id) || !str_next_part(&rest, ' ', &at) ||
	    !object_id_read(id, &out->seen))
		return false;
	out->time = 0;
	for (size_t i = 0; i < at.len && i < 15; i++)
		out->time = 10 * out->time + (at.at[i] - '0');
	*folder = rest;
	return true;
}

static struct str looks(struct app *app, const struct repo *repo)
{
	struct str text;
	err e = file_read(&app->arena, look_path(&app->arena, repo), LIMIT_FILE_BYTES, &text);

	if (e)
		text = (struct str){0};
	err_free(e);
	return text;
}

static bool is_chosen(const struct notes *notes, const bool *chosen, struct str folder)
{
	const struct workshop *workshop = workshop_at(&notes->workshops, folder);

	return workshop && chosen[workshop - notes->workshops.all];
}

/* A look goes to the end of the file: the first of the chosen workshops' is the oldest. */
static void find_looks(struct app *app, const struct notes *notes, const bool *chosen,
		       struct since *out)
{
	struct str rest = looks(app, notes->repo), line, folder;
	size_t never = 0;
	struct since look, oldest = {0};

	for (size_t i = 0; i < notes->workshops.count; i++)
		never += chosen[i];
	while (str_next_line(&rest, &line)) {
		if (!read_look(line, &look, &folder) || !is_chosen(notes, chosen, folder))
			continue;
		if (object_id_is_none(oldest.seen))
			oldest = look;
		never--;
	}
	if (never)
		return;
	out->seen = oldest.seen;
	out->time = oldest.time;
}

void since_remember(struct app *app, const struct notes *notes, struct str workshop)
{
	const struct repo *repo = notes->repo;
	struct str rest = looks(app, repo), line, folder;
	struct object_id seen = notes->recorded;
	struct buf text = {.arena = &app->arena};
	struct since look;
	err e;

	if (object_id_is_none(seen) || str_find_byte(workshop, '\n', 0) < workshop.len)
		return;
	while (str_next_line(&rest, &line))
		if (read_look(line, &look, &folder) && !str_equal(folder, workshop))
			buf_add(&text, line);
	buf_printf(&text, "%.*s %lld %.*s\n", STR_ARGS(object_id_hex(&app->arena, seen)),
		   (long long)time(NULL), STR_ARGS(workshop));
	if (!(e = file_make_folders(repo_state_folder(repo))))
		e = file_replace(look_path(&app->arena, repo), buf_str(&text));
	/* Where nothing can be written, looking must still work. */
	err_free(e);
}

/* --- the whole ------------------------------------------------------------------ */

err since_read(struct app *app, const struct notes *notes, const char *text, const bool *chosen,
	       struct since *out)
{
	static const char *const last[] = {"last",    "last time",     "derniere",
					   "dernier", "derniere fois", "la derniere fois",
					   NULL};
	struct str folded = text_fold(&app->arena, str_of(text));

	*out = (struct since){.given = text != NULL};
	if (!text)
		return NULL;
	if (str_is_one_of(folded, last)) {
		out->last_look = true;
		find_looks(app, notes, chosen, out);
		return NULL;
	}
	if (read_time(folded, &out->time))
		return NULL;
	return err_advise(err_new(STATUS_USAGE, _("--since %s: this is not a time."), text),
			  _("Write a date (2026-01-31), “yesterday”, “3 days”, or “last” for the "
			    "last time you looked."));
}

/* Marks what was recorded when the person last looked as known, and so the rest as new. */
static bool mark_unseen(const struct history_trace *history, struct object_id seen, bool *marks)
{
	bool found = false;

	for (uint32_t i = history->commit_count; i > 0; i--) {
		const struct history_commit *commit = &history->commits[i - 1];

		if (i - 1 != history->unrecorded && object_id_equal(commit->id, seen)) {
			marks[i - 1] = false;
			found = true;
		}
		if (marks[i - 1])
			continue;
		for (uint32_t j = 0; j < commit->parent_count; j++)
			marks[commit->parents[j]] = false;
	}
	return found;
}

bool *since_marks(struct arena *arena, const struct history_trace *history,
		  const struct since *since)
{
	bool *marks = arena_array(arena, bool, history->commit_count + 1);

	for (uint32_t i = 0; i < history->commit_count; i++)
		marks[i] = true;
	if (!since->given)
		return marks;
	if (since->last_look &&
	    (object_id_is_none(since->seen) || mark_unseen(history, since->seen, marks)))
		return marks;
	for (uint32_t i = 0; i < history->commit_count; i++)
		marks[i] =
			i == history->unrecorded || history->commits[i].author.time >= since->time;
	return marks;
}

bool since_concerns(const bool *marks, const struct history_trace *history,
		    const struct trace_point *point)
{
	if (!point)
		return false;
	if (point->origin < history->commit_count && marks[point->origin])
		return true;
	for (const struct trace_event *event = point->events; event; event = event->next)
		if (event->commit < history->commit_count && marks[event->commit])
			return true;
	return false;
}
