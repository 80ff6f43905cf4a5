#include "cmd/export_table.h"

#include <time.h>

#include "cmd/csv.h"
#include "cmd/facts.h"
#include "cmd/print.h"

/* "2026-01-31T09:30:00Z", which every program reads and every machine writes alike. */
static struct str timestamp(struct arena *arena, int64_t seconds)
{
	time_t at = (time_t)seconds;
	struct tm parts = {0};

	gmtime_r(&at, &parts);
	return str_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", parts.tm_year + 1900,
			  parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min,
			  parts.tm_sec);
}

/* Those who reworded it, each once, the first one first. */
static struct str editors_of(struct app *app, const struct attribution *attribution,
			     const struct attributed *point)
{
	struct buf names = {.arena = &app->arena};
	const struct trace_event *first = point->trace ? point->trace->events : NULL;

	for (const struct trace_event *event = first; event; event = event->next) {
		const struct person *person = author_of(attribution, event->commit);
		bool known = event->kind != TRACE_REWORD || !person;

		for (const struct trace_event *before = first; before != event && !known;
		     before = before->next)
			known = before->kind == TRACE_REWORD &&
				author_of(attribution, before->commit) == person;
		if (known)
			continue;
		buf_add_c(&names, names.len ? "; " : "");
		buf_add(&names, person->name);
	}
	return buf_str(&names);
}

static struct str said_by(struct app *app, const struct attributed *point)
{
	struct buf names = {.arena = &app->arena};

	for (size_t i = 0; i < point->speakers.count; i++) {
		const struct speaker *speaker = &point->speakers.all[i];

		buf_add_c(&names, i ? "; " : "");
		buf_add(&names, speaker_is_known(speaker) ? speaker->name : speaker->as);
	}
	return buf_str(&names);
}

static void print_row(struct app *app, const struct attribution *attribution,
		      const struct attributed *point)
{
	uint32_t origin = point->trace ? point->trace->origin : TRACE_NONE;
	const struct person *writer = author_of(attribution, origin);
	const struct history_commit *recorded = recorded_commit(attribution, origin);
	struct csv_row line = {.line = {.arena = &app->arena}};

	csv_add(&line, point->folder);
	csv_add(&line, point->file);
	csv_add_number(&line, point->line);
	csv_add(&line, point->section);
	csv_add(&line, point->id);
	csv_add(&line, point->text);
	csv_add(&line, writer ? writer->name : (struct str){0});
	csv_add(&line, writer ? writer->email : (struct str){0});
	csv_add(&line, recorded ? timestamp(&app->arena, recorded->author.time) : (struct str){0});
	csv_add(&line, editors_of(app, attribution, point));
	csv_add(&line, said_by(app, point));
	csv_end(app, &line);
}

static bool is_chosen(const struct workshop *const *workshops, size_t count, struct str folder)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(workshops[i]->folder, folder))
			return true;
	return false;
}

err export_table(struct app *app, const struct workshop *const *workshops, size_t count,
		 bool as_json)
{
	struct attribution attribution;
	err e = attribution_open(app, &attribution);

	if (!e && as_json)
		e = attribution_read_signatures(app, &attribution);
	if (!e && !as_json)
		print_result(app, STR(EXPORT_TABLE_HEADING "\r\n"));
	for (size_t i = 0; !e && i < attribution.points.count; i++) {
		const struct attributed *point = &attribution.all[i];

		if (!is_chosen(workshops, count, point->folder))
			continue;
		if (!as_json) {
			print_row(app, &attribution, point);
			continue;
		}
		struct json *record = json_record();
		facts_add(record, app, &attribution, point);
		json_print(app, record);
	}
	attribution_close(&attribution);
	return e;
}
