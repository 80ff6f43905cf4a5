/*
 * Points that no longer stand: the trace knows who took them away; where they
 * stood is read from the version before.
 */
#include <stdlib.h>

#include "cmd/attribution.h"
#include "core/limits.h"
#include "core/message.h"
#include "core/repo_changes.h"

/* A deleted point that is looked for. */
struct lost {
	const struct trace_point *trace;
	uint32_t deleter; /* commit number */
	bool found;
};

struct search {
	struct app *app;
	struct attribution *attribution;
	struct lost *lost; /* by deleter */
	size_t count;
};

static const struct trace_wording *last_wording(const struct search *search,
						const struct lost *lost)
{
	return &search->attribution->history.trace.wordings[lost->trace->wording];
}

/* The workshop of a folder, NULL: there is none any more. */
static const struct workshop *workshop_at(const struct workshops *workshops, struct str folder)
{
	for (size_t i = 0; i < workshops->count; i++)
		if (str_equal(workshops->all[i].folder, folder))
			return &workshops->all[i];
	return NULL;
}

static void add_deleted(struct search *search, const struct lost *lost, struct attributed where)
{
	struct attribution *to = search->attribution;

	where.trace = lost->trace;
	where.wording = last_wording(search, lost);
	where.id = key_hex(&search->app->arena, where.wording->key, POINT_ID_DIGITS);
	if (where.file.len) {
		where.folder = path_folder(where.file);
		if (where.folder.len == 0)
			where.folder = STR(".");
		where.workshop = workshop_at(&to->notes.workshops, where.folder);
	}
	to->deleted[to->deleted_count++] = where;
}

static struct str title_above(struct arena *arena, const struct doc *doc, size_t index)
{
	int heading = doc_section_of(doc, index);

	if (heading == NO_PARENT)
		return (struct str){0};
	return doc_point_text(arena, &doc->blocks[heading]);
}

/* Finds points of lost [from, to) in a note as it was. */
static void find_in_note(struct search *search, size_t from, size_t to, struct str path,
			 struct str bytes)
{
	struct arena *arena = &search->app->arena;
	struct doc doc = doc_read(arena, bytes);

	for (size_t i = 0; i < doc.count; i++) {
		const struct block *block = &doc.blocks[i];

		for (size_t j = from; block_is_point(block) && j < to; j++) {
			struct lost *lost = &search->lost[j];

			if (lost->found ||
			    last_wording(search, lost)->key.high != block->normal.high)
				continue;
			lost->found = true;
			add_deleted(search, lost,
				    (struct attributed){.file = path,
							.section = title_above(arena, &doc, i),
							.line = block->line,
							.text = doc_point_text(arena, block)});
			break;
		}
	}
}

/* Looks at the notes that differ between a version and the one that deleted (none: all). */
static err find_in_version(struct search *search, size_t from, size_t to, struct object_id before,
			   struct object_id after)
{
	struct arena *arena = &search->app->arena;
	const struct repo *repo = search->attribution->notes.repo;
	struct note_changes changes = {0};
	err e = repo_note_changes(arena, repo, before, after, &changes);

	for (size_t i = 0; !e && i < changes.count; i++) {
		struct str bytes;

		if (object_id_is_none(changes.notes[i].from))
			continue;
		if ((e = repo_blob_read(arena, repo, changes.notes[i].from, LIMIT_FILE_BYTES,
					&bytes)))
			break;
		find_in_note(search, from, to, changes.notes[i].path, bytes);
	}
	return e;
}

/* Finds where the points that one commit deleted had stood. */
static void find_before(struct search *search, size_t from, size_t to)
{
	const struct history_trace *history = &search->attribution->history;
	uint32_t number = search->lost[from].deleter;
	const struct history_commit *commit = &history->commits[number];
	const struct object_id none = {{0}};

	if (number == history->unrecorded && number > 0)
		err_free(
			find_in_version(search, from, to, history->commits[number - 1].tree, none));
	/* Versions that are missing leave the place unknown. */
	for (uint32_t i = 0; number != history->unrecorded && i < commit->parent_count; i++)
		err_free(find_in_version(search, from, to,
					 history->commits[commit->parents[i]].tree, commit->tree));
}

/* The words as the trace has them, where the note itself cannot be found. */
static struct str traced_text(struct search *search, const struct lost *lost)
{
	const struct trace_wording *wording = last_wording(search, lost);
	struct buf text = {.arena = &search->app->arena};

	for (uint32_t i = 0; i < wording->word_count; i++) {
		if (i)
			buf_add_byte(&text, ' ');
		buf_add(&text, search->attribution->history.trace.vocabulary[wording->words[i]]);
	}
	return buf_str(&text);
}

static int compare_lost(const void *left, const void *right)
{
	const struct lost *a = left, *b = right;

	if (a->deleter != b->deleter)
		return a->deleter < b->deleter ? -1 : 1;
	return (a->trace > b->trace) - (a->trace < b->trace);
}

static int compare_deleted(const void *left, const void *right)
{
	const struct attributed *a = left, *b = right;
	int order = str_compare(a->file, b->file);

	if (order == 0 && a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return order ? order : str_compare(a->text, b->text);
}

static void list_lost(struct search *search)
{
	const struct trace *trace = &search->attribution->history.trace;

	search->lost = arena_array(&search->app->arena, struct lost, trace->point_count);
	for (uint32_t i = 0; i < trace->point_count; i++) {
		uint32_t deleter = history_deleter(&trace->points[i]);

		if (deleter != TRACE_NONE && !trace->points[i].heading)
			search->lost[search->count++] =
				(struct lost){&trace->points[i], deleter, false};
	}
	if (search->count)
		qsort(search->lost, search->count, sizeof *search->lost, compare_lost);
}

static void find_speakers(struct app *app, struct attribution *attribution)
{
	const struct workshop none = {0};
	const struct roster *roster = NULL;
	const struct workshop *workshop = NULL;

	for (size_t i = 0; i < attribution->deleted_count; i++) {
		struct attributed *point = &attribution->deleted[i];

		if (!roster || point->workshop != workshop)
			roster = roster_of(&app->arena, point->workshop ? point->workshop : &none,
					   &attribution->people);
		workshop = point->workshop;
		point->speakers = speakers_of(&app->arena, roster, point->text);
	}
}

void attribution_find_deleted(struct app *app, struct attribution *attribution)
{
	struct search search = {.app = app, .attribution = attribution};

	if (attribution->deleted)
		return;
	list_lost(&search);
	attribution->deleted = arena_array(&app->arena, struct attributed, search.count + 1);
	for (size_t from = 0, to; from < search.count; from = to) {
		for (to = from;
		     to < search.count && search.lost[to].deleter == search.lost[from].deleter;)
			to++;
		find_before(&search, from, to);
	}
	for (size_t i = 0; i < search.count; i++)
		if (!search.lost[i].found)
			add_deleted(
				&search, &search.lost[i],
				(struct attributed){.text = traced_text(&search, &search.lost[i])});
	if (attribution->deleted_count)
		qsort(attribution->deleted, attribution->deleted_count,
		      sizeof *attribution->deleted, compare_deleted);
	find_speakers(app, attribution);
}
