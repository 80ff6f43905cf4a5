/*
 * Points that no longer stand in their words: the trace knows who took them away, and from
 * where. What came back in other words is told in those that it had, too: they are gone,
 * and what stands may as well be another point that resembles it.
 */
#include <stdlib.h>

#include "cmd/attribution.h"

/* The trace follows all that has words; code and the header of a table are no points. */
static bool is_deletion(const struct trace *trace, const struct trace_point *point,
			const struct trace_event *event)
{
	return !point->heading && trace_took_words(trace, point, event) && event->place->text.len;
}

static void add_deleted(struct app *app, struct attribution *to, const struct trace_point *point,
			const struct trace_event *deletion)
{
	const struct trace_place *place = deletion->place;
	const struct trace *trace = &to->history.trace;
	const struct trace_wording *wording = &trace->wordings[deletion->wording];
	struct str folder = path_folder(place->path);

	if (folder.len == 0)
		folder = STR(".");
	to->deleted[to->deleted_count++] = (struct attributed){
		.workshop = workshop_at(&to->notes.workshops, folder),
		.folder = folder,
		.file = place->path,
		.section = place->section,
		.line = place->line,
		.id = key_hex(&app->arena, wording->key, POINT_ID_DIGITS),
		.text = place->text,
		.trace = point,
		.wording = wording,
		.deletion = deletion,
	};
}

static int compare_deleted(const void *left, const void *right)
{
	const struct attributed *a = left, *b = right;
	int order = str_compare(a->file, b->file);

	if (order == 0 && a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return order ? order : str_compare(a->text, b->text);
}

static void find_speakers(struct app *app, struct attribution *attribution)
{
	for (size_t i = 0; i < attribution->deleted_count; i++) {
		struct attributed *point = &attribution->deleted[i];

		point->speakers = speakers_of(&app->arena,
					      attribution_roster(app, attribution, point->workshop),
					      point->text);
	}
}

static size_t count_deletions(const struct trace *trace)
{
	size_t count = 0;

	for (uint32_t i = 0; i < trace->point_count; i++)
		for (const struct trace_event *event = trace->points[i].events; event;
		     event = event->next)
			count += event->kind == TRACE_DELETE;
	return count;
}

static void find_standing(struct arena *arena, struct attribution *attribution)
{
	const struct trace *trace = &attribution->history.trace;

	attribution->standing = arena_alloc(arena, trace->point_count, sizeof(struct attributed *));
	/* The first of several that are one point to the trace. */
	for (size_t i = attribution->points.count; i-- > 0;)
		if (attribution->all[i].trace)
			attribution->standing[attribution->all[i].trace - trace->points] =
				&attribution->all[i];
}

void attribution_find_deleted(struct app *app, struct attribution *attribution)
{
	const struct trace *trace = &attribution->history.trace;

	if (attribution->deleted)
		return;
	attribution->deleted =
		arena_array(&app->arena, struct attributed, count_deletions(trace) + 1);
	for (uint32_t i = 0; i < trace->point_count; i++) {
		const struct trace_point *point = &trace->points[i];

		for (const struct trace_event *event = point->events; event; event = event->next)
			if (is_deletion(trace, point, event))
				add_deleted(app, attribution, point, event);
	}
	if (attribution->deleted_count)
		qsort(attribution->deleted, attribution->deleted_count,
		      sizeof *attribution->deleted, compare_deleted);
	find_speakers(app, attribution);
	find_standing(&app->arena, attribution);
}

const struct attributed *stands_again_as(const struct attribution *attribution,
					 const struct attributed *deleted)
{
	return deleted->trace->alive
		       ? attribution->standing[deleted->trace - attribution->history.trace.points]
		       : NULL;
}
