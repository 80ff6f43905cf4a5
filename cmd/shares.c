#include "cmd/shares.h"

#include <stdlib.h>

#include "core/text.h"

struct counting {
	struct arena *arena;
	const struct attribution *attribution;
	const bool *marks;
	enum share_order order;
	struct shares shares;
	const struct attributed *point; /* the one at hand */
	size_t place;
};

static void add(struct counting *counting, struct share_row row, enum share_kind kind,
		uint32_t count)
{
	struct shares *shares = &counting->shares;

	row.folder = counting->point->folder;
	row.section = counting->point->section;
	row.place = counting->place;
	row.counts[kind] = count;
	arena_push(counting->arena, shares->rows, shares->count, shares->room);
	shares->rows[shares->count++] = row;
}

static bool counts(const struct counting *counting, uint32_t commit)
{
	return commit < counting->attribution->history.commit_count && counting->marks[commit];
}

/* Something that the author of a commit did. */
static void add_deed(struct counting *counting, uint32_t commit, enum share_kind kind,
		     uint32_t count)
{
	const struct person *person = author_of(counting->attribution, commit);

	if (counts(counting, commit))
		add(counting,
		    (struct share_row){.name = person ? person->name : (struct str){0},
				       .person = person},
		    kind, count);
}

static void count_events(struct counting *counting)
{
	const struct trace_point *trace = counting->point->trace;

	for (const struct trace_event *event = trace->events; event; event = event->next) {
		if (!author_of(counting->attribution, event->commit))
			continue;
		if (event->kind == TRACE_REWORD)
			add_deed(counting, event->commit, SHARE_REWORDED, 1);
		if (event->kind == TRACE_MOVE)
			add_deed(counting, event->commit, SHARE_MOVED, 1);
	}
}

/* The only contributor who goes by a speaker's whole name, NULL: none, or several. */
static const struct person *contributor_named(const struct counting *counting, struct str name)
{
	const struct people *people = &counting->attribution->people;
	struct str folded = text_fold(counting->arena, name);
	const struct person *found = NULL;

	for (size_t i = 0; i < people->count; i++) {
		if (!str_equal(text_fold(counting->arena, people->all[i]->name), folded))
			continue;
		if (found)
			return NULL;
		found = people->all[i];
	}
	return found;
}

static void count_speakers(struct counting *counting)
{
	const struct attributed *point = counting->point;

	if (!point->trace || !counts(counting, point->trace->origin))
		return;
	for (size_t i = 0; i < point->speakers.count; i++) {
		const struct speaker *speaker = &point->speakers.all[i];
		bool known = speaker_is_known(speaker);
		struct share_row row = {.name = known ? speaker->name : speaker->as,
					.person = speaker->person};

		if (counting->order == SHARES_BY_SPEAKER)
			row.speaker = speaker;
		else if (!known)
			continue;
		if (!row.person && known && speaker->how != SPEAKER_GUEST)
			row.person = contributor_named(counting, speaker->name);
		if (row.person)
			row.name = row.person->name;
		add(counting, row, SHARE_SAID, 1);
	}
}

static void count_point(struct counting *counting)
{
	const struct attributed *point = counting->point;

	count_speakers(counting);
	if (!point->trace || counting->order == SHARES_BY_SPEAKER)
		return;
	add_deed(counting, point->trace->origin, SHARE_FIRST, 1);
	for (const struct trace_also *also = point->trace->also; also; also = also->next)
		add_deed(counting, also->commit, SHARE_FIRST, 1);
	for (uint32_t i = 0; i < point->wording->run_count; i++)
		add_deed(counting, point->wording->runs[i].commit, SHARE_WORDS,
			 point->wording->runs[i].words);
	count_events(counting);
}

/* --- adding up ---------------------------------------------------------------- */

static bool is_resolved(const struct share_row *row)
{
	return !row->speaker || speaker_is_known(row->speaker);
}

static int compare_whom(const struct share_row *a, const struct share_row *b)
{
	if (is_resolved(a) != is_resolved(b))
		return is_resolved(a) ? -1 : 1;
	if ((a->name.len == 0) != (b->name.len == 0))
		return a->name.len == 0 ? 1 : -1;
	int order = str_compare(a->name, b->name);

	if (order == 0 && a->person && b->person)
		order = str_compare(a->person->email, b->person->email);
	return order ? order : (a->person == NULL) - (b->person == NULL);
}

static int compare_rows(const void *left, const void *right, void *context)
{
	const struct share_row *a = left, *b = right;
	const enum share_order *order = context;
	int folder = str_compare(a->folder, b->folder), whom = compare_whom(a, b);
	int place = (a->place > b->place) - (a->place < b->place);

	if (folder)
		return folder;
	if (*order == SHARES_BY_SECTION)
		return place ? place : whom;
	return whom ? whom : place;
}

static void add_up(struct counting *counting)
{
	struct shares *shares = &counting->shares;
	size_t kept = 0;

	if (shares->count)
		qsort_r(shares->rows, shares->count, sizeof *shares->rows, compare_rows,
			&counting->order);
	for (size_t i = 0; i < shares->count; i++) {
		struct share_row *row = &shares->rows[i];

		if (kept == 0 ||
		    compare_rows(&shares->rows[kept - 1], row, &counting->order) != 0) {
			shares->rows[kept++] = *row;
			continue;
		}
		for (int kind = 0; kind < SHARE_KINDS; kind++)
			shares->rows[kept - 1].counts[kind] += row->counts[kind];
	}
	shares->count = kept;
}

/* A deleted point counts in the section it stood in, where that still stands. */
static size_t place_of(const struct attribution *attribution, const struct attributed *point)
{
	for (size_t i = 0; i < attribution->points.count; i++)
		if (str_equal(attribution->all[i].folder, point->folder) &&
		    str_equal(attribution->all[i].section, point->section))
			return i;
	return attribution->points.count;
}

struct shares shares_of(struct arena *arena, const struct attribution *attribution,
			const bool *wanted, const bool *marks, enum share_order order)
{
	struct counting counting = {
		.arena = arena, .attribution = attribution, .marks = marks, .order = order};
	const struct attributed *before = NULL;

	for (size_t i = 0; i < attribution->points.count; i++) {
		counting.point = &attribution->all[i];
		if (!before || !str_equal(before->folder, counting.point->folder) ||
		    !str_equal(before->section, counting.point->section))
			counting.place = place_of(attribution, counting.point);
		before = counting.point;
		if (wanted[i])
			count_point(&counting);
	}
	for (size_t i = 0; i < attribution->deleted_count; i++) {
		counting.point = &attribution->deleted[i];
		counting.place = place_of(attribution, counting.point);
		if (wanted[attribution->points.count + i] && order != SHARES_BY_SPEAKER)
			add_deed(&counting, history_deleter(counting.point->trace), SHARE_DELETED,
				 1);
	}
	add_up(&counting);
	return counting.shares;
}
