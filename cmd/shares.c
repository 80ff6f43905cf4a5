#include "cmd/shares.h"

#include <stdlib.h>

#include "cmd/point_events.h"
#include "core/hash.h"

struct counting {
	struct arena *arena;
	const struct attribution *attribution;
	const bool *marks;
	enum share_order order;
	struct shares shares;
	uint32_t *slots; /* of rows: open addressing, number + 1 */
	size_t slot_count;
	const struct attributed *point; /* the one at hand */
	size_t place;
};

static bool is_resolved(const struct share_row *row)
{
	return !row->speaker || speaker_is_known(row->speaker);
}

/* --- rows ---------------------------------------------------------------------- */

static bool is_same_row(const struct share_row *a, const struct share_row *b)
{
	return a->place == b->place && a->person == b->person && is_resolved(a) == is_resolved(b) &&
	       str_equal(a->name, b->name) && str_equal(a->section, b->section) &&
	       str_equal(a->folder, b->folder);
}

static uint32_t *find_slot(const struct counting *counting, const struct share_row *row)
{
	uint64_t hash = row->person ? (uint64_t)(uintptr_t)row->person : key_of(row->name).low;
	size_t mask = counting->slot_count - 1;
	size_t at = (size_t)((hash ^ row->place) * UINT64_C(0x9E3779B97F4A7C15) >> 32) & mask;

	while (counting->slots[at] &&
	       !is_same_row(&counting->shares.rows[counting->slots[at] - 1], row))
		at = (at + 1) & mask;
	return &counting->slots[at];
}

static void make_room(struct counting *counting)
{
	if (2 * counting->shares.count < counting->slot_count)
		return;
	counting->slot_count = counting->slot_count ? 2 * counting->slot_count : 256;
	counting->slots = arena_array(counting->arena, uint32_t, counting->slot_count);
	for (size_t i = 0; i < counting->shares.count; i++)
		*find_slot(counting, &counting->shares.rows[i]) = (uint32_t)i + 1;
}

static void add(struct counting *counting, struct share_row row, enum share_kind kind,
		uint32_t count)
{
	struct shares *shares = &counting->shares;
	uint32_t *slot;

	row.folder = counting->point->folder;
	row.section = counting->point->section;
	row.place = counting->place;
	make_room(counting);
	slot = find_slot(counting, &row);
	if (*slot == 0) {
		arena_push(counting->arena, shares->rows, shares->count, shares->room);
		shares->rows[shares->count++] = row;
		*slot = (uint32_t)shares->count;
	}
	shares->rows[*slot - 1].counts[kind] += count;
}

/* --- what is counted ------------------------------------------------------------ */

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
			row.person = contributor_named(counting->arena, counting->attribution,
						       speaker->name);
		if (row.person)
			row.name = row.person->name;
		add(counting, row, SHARE_SAID, 1);
	}
}

static void count_writers(struct counting *counting)
{
	const struct attributed *point = counting->point;

	add_deed(counting, point->trace->origin, SHARE_FIRST, 1);
	for (const struct trace_also *also = NULL;
	     (also = other_writer(counting->attribution, point->trace, also));)
		add_deed(counting, also->commit, SHARE_FIRST, 1);
}

/* A point of several wordings is one point; each of them may have words and a speaker of its own.
 */
static void count_point(struct counting *counting)
{
	const struct attributed *point = counting->point;
	bool again = is_another_wording(counting->attribution,
					(size_t)(point - counting->attribution->all));

	if (!again || !str_equal(point->speakers.as, point[-1].speakers.as))
		count_speakers(counting);
	if (!point->trace || counting->order == SHARES_BY_SPEAKER)
		return;
	for (uint32_t i = 0; i < point->wording->run_count; i++)
		add_deed(counting, point->wording->runs[i].commit, SHARE_WORDS,
			 point->wording->runs[i].words);
	if (again)
		return;
	count_writers(counting);
	count_events(counting);
}

/* --- their order ----------------------------------------------------------------- */

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
	int place = a->place != b->place ? (a->place < b->place ? -1 : 1)
					 : str_compare(a->section, b->section);

	if (folder)
		return folder;
	if (*order == SHARES_BY_SECTION)
		return place ? place : whom;
	return whom ? whom : place;
}

/* --- sections in their order --------------------------------------------------- */

struct place {
	struct str folder, section;
	size_t first; /* index of the first point there */
};

struct places {
	struct place *all;
	size_t count, room;
};

static int compare_names(const struct place *a, const struct place *b)
{
	int order = str_compare(a->folder, b->folder);

	return order ? order : str_compare(a->section, b->section);
}

static int compare_places(const void *left, const void *right)
{
	const struct place *a = left, *b = right;
	int order = compare_names(a, b);

	return order ? order : (a->first > b->first) - (a->first < b->first);
}

/* Sections by name; one that stands in several files counts where it stands first. */
static struct places places_of(struct arena *arena, const struct attribution *attribution)
{
	struct places places = {0};
	size_t kept = 0;

	for (size_t i = 0; i < attribution->points.count; i++) {
		struct place place = {attribution->all[i].folder, attribution->all[i].section, i};

		if (places.count && compare_names(&places.all[places.count - 1], &place) == 0)
			continue;
		arena_push(arena, places.all, places.count, places.room);
		places.all[places.count++] = place;
	}
	if (places.count)
		qsort(places.all, places.count, sizeof *places.all, compare_places);
	for (size_t i = 0; i < places.count; i++)
		if (kept == 0 || compare_names(&places.all[kept - 1], &places.all[i]) != 0)
			places.all[kept++] = places.all[i];
	places.count = kept;
	return places;
}

static int compare_with_place(const void *left, const void *right)
{
	return compare_names(left, right);
}

/* A section that only deleted points stood in comes behind all others. */
static size_t place_of(const struct places *places, const struct attributed *point)
{
	struct place wanted = {point->folder, point->section, 0};
	const struct place *found = places->count ? bsearch(&wanted, places->all, places->count,
							    sizeof wanted, compare_with_place)
						  : NULL;

	return found ? found->first : SIZE_MAX;
}

/* Points mostly stand in the section that the one before stood in. */
static void go_to(struct counting *counting, const struct places *places,
		  const struct attributed *point)
{
	const struct attributed *before = counting->point;

	counting->point = point;
	if (!before || !str_equal(before->section, point->section) ||
	    !str_equal(before->folder, point->folder))
		counting->place = place_of(places, point);
}

struct shares shares_of(struct arena *arena, const struct attribution *attribution,
			const bool *wanted, const bool *marks, enum share_order order)
{
	struct counting counting = {
		.arena = arena, .attribution = attribution, .marks = marks, .order = order};
	struct places places = places_of(arena, attribution);

	for (size_t i = 0; i < attribution->points.count; i++) {
		go_to(&counting, &places, &attribution->all[i]);
		if (wanted[i])
			count_point(&counting);
	}
	for (size_t i = 0; i < attribution->deleted_count; i++) {
		go_to(&counting, &places, &attribution->deleted[i]);
		if (wanted[attribution->points.count + i] && order != SHARES_BY_SPEAKER)
			add_deed(&counting, counting.point->deletion->commit, SHARE_DELETED, 1);
	}
	if (counting.shares.count)
		qsort_r(counting.shares.rows, counting.shares.count, sizeof *counting.shares.rows,
			compare_rows, &counting.order);
	return counting.shares;
}
