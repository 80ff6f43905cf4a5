/*
 * Points that no longer stand: the trace knows who took them away, and from where.
 */
#include <stdlib.h>

#include "cmd/attribution.h"

/* The workshop of a folder, NULL: there is none any more. */
static const struct workshop *workshop_at(const struct workshops *workshops, struct str folder)
{
	for (size_t i = 0; i < workshops->count; i++)
		if (str_equal(workshops->all[i].folder, folder))
			return &workshops->all[i];
	return NULL;
}

/* The trace follows all that has words; code and the header of a table are no points. */
static bool is_deleted(const struct trace_point *point)
{
	const struct trace_place *place = history_last_place(point);

	return place && place->text.len && !point->heading;
}

static void add_deleted(struct app *app, struct attribution *to, const struct trace_point *point)
{
	const struct trace_place *place = history_last_place(point);
	const struct trace *trace = &to->history.trace;
	const struct trace_wording *wording = &trace->wordings[point->wording];
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

void attribution_find_deleted(struct app *app, struct attribution *attribution)
{
	const struct trace *trace = &attribution->history.trace;
	size_t count = 0;

	if (attribution->deleted)
		return;
	for (uint32_t i = 0; i < trace->point_count; i++)
		count += is_deleted(&trace->points[i]);
	attribution->deleted = arena_array(&app->arena, struct attributed, count + 1);
	for (uint32_t i = 0; i < trace->point_count; i++)
		if (is_deleted(&trace->points[i]))
			add_deleted(app, attribution, &trace->points[i]);
	if (attribution->deleted_count)
		qsort(attribution->deleted, attribution->deleted_count,
		      sizeof *attribution->deleted, compare_deleted);
	find_speakers(app, attribution);
}
