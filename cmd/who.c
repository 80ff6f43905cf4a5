#include "cmd/columns.h"
#include "cmd/commands.h"
#include "cmd/dates.h"
#include "cmd/facts.h"
#include "cmd/person_style.h"
#include "cmd/point_events.h"
#include "cmd/wrapped.h"
#include "core/message.h"
#include "core/text.h"

enum { SHOWN_CHOICES = 8, ID_SHOWN = 10 };

/* --- which point ---------------------------------------------------------------- */

static bool stands_with(struct arena *arena, const struct attribution *attribution,
			struct str piece)
{
	for (size_t i = 0; i < attribution->points.count; i++)
		if (str_contains(text_fold(arena, attribution->all[i].text), piece))
			return true;
	return false;
}

/* Of deleted points, the only one with this id, or that says this. NULL: none, or several. */
static const struct attributed *find_deleted(struct app *app, struct attribution *attribution,
					     struct str wanted, struct buf *choices)
{
	struct str piece = text_fold(&app->arena, wanted);
	const struct attributed *found = NULL, *whole = NULL;
	size_t hits = 0, whole_count = 0;

	attribution_find_deleted(app, attribution);
	for (size_t i = 0; i < attribution->deleted_count; i++) {
		const struct attributed *point = &attribution->deleted[i];
		struct str text = text_fold(&app->arena, point->text);

		if (!str_equal(point->id, wanted) && !str_contains(text, piece))
			continue;
		if (str_equal(text, piece) || str_equal(point->id, wanted)) {
			whole_count += !whole || whole->trace != point->trace;
			whole = point;
		}
		/* Another wording that it had leads to the same story. */
		if (found && found->trace == point->trace)
			continue;
		found = point;
		if (hits++ < SHOWN_CHOICES)
			buf_printf(choices, "\n  %.*s  %.*s", STR_ARGS(point->id),
				   STR_ARGS(point->text));
	}
	return whole_count == 1 ? whole : hits == 1 ? found : NULL;
}

static err find_point(struct app *app, struct attribution *attribution, struct str wanted,
		      const struct attributed **out)
{
	struct buf choices = {.arena = &app->arena};
	struct point found;
	err e = point_find(&app->arena, &attribution->notes.workshops, &attribution->points, wanted,
			   attribution->notes.place, &found);

	const struct point *point =
		e ? NULL : point_of_block(&attribution->points, found.section, found.index);
	if (point) {
		*out = &attribution->all[point - attribution->points.all];
		return NULL;
	}
	if (!e)
		return err_new(STATUS_BAD_INPUT, _("%.*s: this is not a point."), STR_ARGS(wanted));
	wanted = str_trim(wanted);
	if (wanted.len == 0 ||
	    stands_with(&app->arena, attribution, text_fold(&app->arena, wanted)))
		return e;
	*out = find_deleted(app, attribution, wanted, &choices);
	if (*out || choices.len == 0) {
		if (*out)
			err_free(e);
		return *out ? NULL : e;
	}
	err_free(e);
	return err_advise(err_new(STATUS_BAD_INPUT, _("%.*s: several deleted points say this."),
				  STR_ARGS(wanted)),
			  _("Give more of the text, or one of these ids:%.*s"),
			  STR_ARGS(buf_str(&choices)));
}

/* --- its story, for people -------------------------------------------------------- */

static struct str time_of(struct app *app, const struct attribution *attribution, uint32_t commit)
{
	const struct history_commit *recorded = recorded_commit(attribution, commit);

	if (!recorded)
		return str_of(commit == attribution->history.unrecorded ? _("not recorded yet")
									: "");
	return time_shown(&app->arena, recorded->author.time, recorded->author.offset_minutes);
}

static struct str name_of(const struct attribution *attribution, uint32_t commit)
{
	const struct person *person = author_of(attribution, commit);

	return person ? person->name : str_of(_("nobody"));
}

static const char *event_shown(enum trace_kind kind)
{
	static const char *const names[] = {
		[TRACE_ADD] = N_("wrote it"),
		[TRACE_REWORD] = N_("reworded it"),
		[TRACE_MOVE] = N_("moved it"),
		[TRACE_SPLIT] = N_("split it off another point"),
		[TRACE_JOIN] = N_("joined it to another point"),
		[TRACE_DELETE] = N_("deleted it"),
		[TRACE_RESTORE] = N_("brought it back"),
		[TRACE_COPY] = N_("copied it from another point"),
		[TRACE_RENAME] = N_("renamed its file"),
	};

	return _(names[kind]);
}

static void add_line(struct app *app, const struct attribution *attribution, struct columns *lines,
		     uint32_t commit, struct str what)
{
	struct column_row *line = columns_add(&app->arena, lines);

	line->style = person_style(author_of(attribution, commit));
	line->cells[0] = name_of(attribution, commit);
	line->cells[1] = time_of(app, attribution, commit);
	line->cells[2] = what;
}

/* What happened, in order; with `explain` also the version and what it was before. */
static void print_story(struct app *app, struct attribution *attribution,
			const struct attributed *point)
{
	struct columns lines = {.columns = 3, .left = 3};
	const struct trace_point *trace = point->trace;
	struct point_events events = point_events_of(&app->arena, attribution, trace);
	bool told = trace->events && trace->events->commit == trace->origin &&
		    trace->events->kind != TRACE_REWORD;

	if (!told)
		add_line(app, attribution, &lines, trace->origin, str_of(_("wrote it")));
	for (size_t i = 0; i < events.count; i++) {
		const struct trace_event *event = events.all[i].event;

		/* What a merge by the program made one is told of who wrote the same. */
		if (events.all[i].taken_in && !author_of(attribution, event->commit) &&
		    event->commit != attribution->history.unrecorded)
			continue;
		struct str what = str_of(events.all[i].taken_in ? _("joined another point to it")
								: event_shown(event->kind));

		if (event->kind == TRACE_REWORD && event->words)
			what = str_printf(
				&app->arena,
				message_plural("%.*s, %u word", "%.*s, %u words", event->words),
				STR_ARGS(what), event->words);
		add_line(app, attribution, &lines, event->commit, what);
	}
	for (const struct trace_also *also = NULL; (also = other_writer(attribution, trace, also));)
		add_line(app, attribution, &lines, also->commit,
			 str_of(_("wrote the same, neither knowing of the other")));
	columns_print(app, &lines);
}

static void print_speakers(struct app *app, const struct attributed *point)
{
	for (size_t i = 0; i < point->speakers.count; i++) {
		const struct speaker *speaker = &point->speakers.all[i];
		struct buf near = {.arena = &app->arena};

		for (size_t j = 0; j < speaker->near.count; j++) {
			buf_add_c(&near, j ? ", " : "");
			buf_add(&near, speaker->near.at[j]);
		}
		if (speaker_is_known(speaker))
			print(app, _("Said by %.*s (“%.*s” in the text)."), STR_ARGS(speaker->name),
			      STR_ARGS(speaker->as));
		else if (near.len)
			print(app, _("Said by “%.*s”, which is not resolved; near: %.*s."),
			      STR_ARGS(speaker->as), STR_ARGS(buf_str(&near)));
		else
			print(app, _("Said by “%.*s”, which is not resolved."),
			      STR_ARGS(speaker->as));
		print(app, "\n");
	}
}

static void print_words(struct app *app, const struct attribution *attribution,
			const struct attributed *point)
{
	struct word_shares shares = word_shares_of(&app->arena, attribution, point);

	print(app, "%s", _("Words now: "));
	for (size_t i = 0; i < shares.count; i++) {
		const struct person *person = shares.all[i].person;

		print(app, "%s", i ? ", " : "");
		print_style(app, person_style(person));
		print(app, "%.*s",
		      STR_ARGS(person_title(&app->arena, attribution, person,
					    person ? person->name : str_of(_("nobody")))));
		print_style(app, STYLE_NONE);
		print(app, " %u", shares.all[i].count);
	}
	print(app, "\n");
}

/* Each stretch of words with whose it is and since which version; then the earlier wordings. */
static void explain(struct app *app, const struct attribution *attribution,
		    const struct attributed *point)
{
	const struct trace *trace = &attribution->history.trace;
	const struct trace_wording *wording = point->wording;
	struct columns runs = {.columns = 4, .left = 4};
	struct str rest = point->text, word;

	print(app, "\n%s\n", _("Word by word:"));
	for (uint32_t i = 0; i < wording->run_count; i++) {
		uint32_t commit = wording->runs[i].commit;
		const struct history_commit *recorded = recorded_commit(attribution, commit);
		struct column_row *row = columns_add(&app->arena, &runs);
		struct buf words = {.arena = &app->arena};

		int64_t count = (int64_t)wording->runs[i].words + (i ? 0 : point->marks);
		for (int64_t n = 0; n < count && next_traced_word(&rest, &word); n++) {
			buf_add_c(&words, n ? " " : "");
			buf_add(&words, word);
		}
		row->style = person_style(author_of(attribution, commit));
		row->cells[0] = name_of(attribution, commit);
		row->cells[1] = time_of(app, attribution, commit);
		if (recorded)
			row->cells[2] =
				str_slice(object_id_hex(&app->arena, recorded->id), 0, ID_SHOWN);
		row->cells[3] = buf_str(&words);
	}
	columns_print(app, &runs);
	if (wording->earlier != TRACE_NONE)
		print(app, "\n%s\n", _("It read before, the latest first:"));
	for (uint32_t at = wording->earlier; at != TRACE_NONE; at = trace->wordings[at].earlier) {
		struct str text = wording_text(&app->arena, trace, &trace->wordings[at]);

		struct wrapped line = wrapped_begin(app, STR("    "));

		wrapped_add(&line, STYLE_NONE, STR("  "));
		wrapped_addf(&line, STYLE_NONE, _("%.*s: "),
			     STR_ARGS(name_of(attribution, trace->wordings[at].commit)));
		wrapped_add(&line, STYLE_NONE, text);
		wrapped_end(&line);
	}
}

static void print_point(struct app *app, struct attribution *attribution,
			const struct attributed *point)
{
	print_wrapped(app, 0, STYLE_STRONG, point->text);
	print_style(app, STYLE_FAINT);
	if (point->point)
		print(app, "%.*s:%u  %.*s\n", STR_ARGS(point->file), point->line,
		      STR_ARGS(point->id));
	else
		print(app, _("deleted; it stood in %.*s\n"),
		      STR_ARGS(point->file.len ? point->file : str_of("?")));
	print_style(app, STYLE_NONE);
	if (point->trace && point->wording) {
		print(app, "\n");
		print_story(app, attribution, point);
		if (point->point)
			print_words(app, attribution, point);
	}
	print_speakers(app, point);
	if (point->wording && option_given(app, "explain"))
		explain(app, attribution, point);
}

/* --- for programs ----------------------------------------------------------------- */

static void print_json(struct app *app, struct attribution *attribution,
		       const struct attributed *point)
{
	struct json *record = json_record();

	facts_add(record, app, attribution, point);
	facts_add_events(record, app, attribution, point);
	if (option_given(app, "explain"))
		facts_add_tokens(record, app, attribution, point);
	json_print(app, record);
}

static int run(struct app *app, int argc, char **argv)
{
	const struct attributed *point = NULL;
	struct attribution attribution;
	err e;

	(void)argc;
	if ((e = attribution_open(app, &attribution)) ||
	    (e = find_point(app, &attribution, str_of(argv[1]), &point)) ||
	    (app->json && (e = attribution_read_signatures(app, &attribution))))
		goto done;
	if (app->json)
		print_json(app, &attribution, point);
	else
		print_point(app, &attribution, point);
done:
	attribution_close(&attribution);
	return fail(app, e);
}

static const struct option options[] = {
	{"explain", 0, NULL, N_("word by word, with the earlier wordings")},
	{0},
};

const struct command command_who = {
	.name = "who",
	.french = "qui",
	.arguments = N_("POINT"),
	.summary = N_("tell one point's story: who wrote, changed and said it"),
	.details = N_("POINT is an id, file:line, or a piece of text that only one point has; "
		      "of deleted points, too."),
	.options = options,
	.least = 1,
	.most = 1,
	.needs = NEEDS_NOTES,
	.everyday = true,
	.paged = true,
	.examples = N_("atelier who \"keeps the rain out\"\n"
		       "atelier who compost/03-discussion.md:12 --explain"),
	.run = run,
};
