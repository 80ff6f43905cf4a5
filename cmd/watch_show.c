#include "cmd/watch_show.h"

#include <stdio.h>
#include <time.h>

#include "cmd/json.h"
#include "cmd/sync_report.h"
#include "cmd/wrapped.h"
#include "core/message.h"

enum { CLOCK_COLUMNS = 8 };

static const char *state_name(enum watch_state state)
{
	static const char *const names[] = {"shared",  "received", "sent",
					    "offline", "deferred", "failed"};

	return names[state];
}

static struct str sentence_of(struct app *app, const struct watch_round *round)
{
	switch (round->state) {
	case STATE_RECEIVED:
		return str_printf(&app->arena, _("received, from %.*s"), STR_ARGS(round->told));
	case STATE_SENT:
		return str_of(_("sent"));
	case STATE_OFFLINE:
		return str_printf(&app->arena, _("recorded here, not shared yet: %.*s"),
				  STR_ARGS(round->told));
	case STATE_DEFERRED:
		return str_of(_("recorded here; what others wrote waits until your editor has let "
				"go of the note"));
	case STATE_FAILED:
		return round->told;
	case STATE_SHARED:
		break;
	}
	return str_of(_("everybody has the same"));
}

static void print_json(struct app *app, const struct watch_round *round)
{
	struct json *record = json_record();

	json_add_c(record, "state", state_name(round->state));
	if (round->reason)
		json_add_c(record, "reason", round->reason);
	json_print(app, record);
	fflush(stdout);
}

void watch_show(struct watch_shown *shown, struct app *app, const struct watch_round *round)
{
	struct str sentence = printable(&app->arena, sentence_of(app, round));
	struct key told = key_of(sentence);
	bool repeated = round->state == shown->state && key_equal(told, shown->told) &&
			round->state != STATE_RECEIVED && round->state != STATE_SENT;
	time_t at = time(NULL);
	struct tm parts = {0};

	shown->state = round->state;
	shown->told = told;
	if (repeated && !shown->line_is_open)
		return;
	if (app->json) {
		print_json(app, round);
		return;
	}
	localtime_r(&at, &parts);
	if (shown->line_is_open && repeated)
		print_bytes(app, STR("\r\033[K"));
	else if (shown->line_is_open)
		print(app, "\n");
	bool fits = app->screen.width == 0 || sentence.len + CLOCK_COLUMNS < app->screen.width;
	struct str clock = str_printf(&app->arena, "%02d:%02d  ", parts.tm_hour, parts.tm_min);

	shown->line_is_open = app->screen.styled && fits;
	if (shown->line_is_open) {
		print(app, "%.*s%.*s", STR_ARGS(clock), STR_ARGS(sentence));
	} else {
		struct wrapped line = wrapped_begin(app, blanks(&app->arena, clock.len));

		wrapped_add(&line, STYLE_NONE, clock);
		wrapped_add(&line, STYLE_NONE, sentence);
		wrapped_end(&line);
	}
	fflush(stdout);
}

/* What is in the middle of a save is soon over. */
static bool is_held_anew(struct watch_shown *shown, struct app *app,
			 const struct snapshot *snapshot)
{
	struct buf held = {.arena = &app->arena};

	for (size_t i = 0; i < snapshot->held_count; i++)
		if (snapshot->held[i].reason != HELD_BEING_WRITTEN)
			buf_printf(&held, "%d %.*s\n", (int)snapshot->held[i].reason,
				   STR_ARGS(snapshot->held[i].path));
	struct key key = key_of(buf_str(&held));
	bool anew = held.len && !key_equal(key, shown->held);

	shown->held = key;
	return anew;
}

void watch_tell_questions(struct watch_shown *shown, struct app *app, const struct sync *sync)
{
	struct sync told = *sync;
	struct json *record;

	if (!is_held_anew(shown, app, &sync->snapshot))
		told.snapshot.held_count = 0;
	if (!sync_has_questions(&told))
		return;
	if (app->json) {
		record = json_record();
		json_add_c(record, "state", "asking");
		sync_add_questions(app, record, &told);
		json_print(app, record);
	} else {
		if (shown->line_is_open)
			print(app, "\n");
		shown->line_is_open = false;
		sync_report_questions(app, &told);
	}
	fflush(stdout);
}
