#include "cmd/attribution.h"

#include <stdlib.h>

#include "cmd/history_doubts.h"
#include "cmd/print.h"
#include "core/identity.h"
#include "core/parallel.h"
#include "core/text.h"

/* --- who -------------------------------------------------------------------- */

/*
 * Gives every commit its author, the latest first: that is the name a person
 * goes by. What is saved and not recorded is the note-taker's.
 */
static void find_authors(struct app *app, struct attribution *out)
{
	const struct history_trace *history = &out->history;
	struct signature self;

	out->authors = arena_array(&app->arena, struct person *, history->commit_count + 1);
	for (uint32_t i = history->commit_count; i > 0; i--) {
		const struct history_commit *commit = history_commit(history, i - 1);
		const struct signature *author = commit ? &commit->author : NULL;

		if (i - 1 == history->unrecorded) {
			err e = identity_find(&app->arena, repo_folder(out->notes.repo),
					      app->identity, &self);
			/* Without a name, nobody is credited with it yet. */
			author = e ? NULL : &self;
			err_free(e);
		}
		if (author && !signature_is_program(author))
			out->authors[i - 1] = people_find(&out->people, author);
	}
}

struct person *author_of(const struct attribution *attribution, uint32_t commit)
{
	return commit < attribution->history.commit_count ? attribution->authors[commit] : NULL;
}

bool is_another_wording(const struct attribution *attribution, size_t index)
{
	const struct attributed *point = &attribution->all[index];

	return index > 0 && point->trace && point[-1].trace == point->trace;
}

const struct history_commit *recorded_commit(const struct attribution *attribution, uint32_t commit)
{
	return commit == attribution->history.unrecorded
		       ? NULL
		       : history_commit(&attribution->history, commit);
}

const struct person *contributor_named(struct arena *arena, const struct attribution *attribution,
				       struct str name)
{
	const struct people *people = &attribution->people;
	struct str folded = text_fold(arena, name);
	const struct person *found = NULL;

	for (size_t i = 0; i < people->count; i++) {
		if (!str_equal(text_fold(arena, people->all[i]->name), folded))
			continue;
		if (found)
			return NULL;
		found = people->all[i];
	}
	return found;
}

/* --- points ----------------------------------------------------------------- */

static struct attributed attribute(struct arena *arena, const struct point *point)
{
	return (struct attributed){
		.workshop = point->workshop,
		.folder = point->workshop->folder,
		.file = point->section->path,
		.section = point_section_title(arena, point),
		.line = point_block(point)->line,
		.id = point->id,
		.text = point->text,
		.point = point,
	};
}

static void add_trace(const struct history_trace *history, const struct trace_file *file,
		      struct attributed *to)
{
	size_t speaking = to->point->speaking;
	uint32_t words = speaking != to->point->index ? traced_word_count(to->text) : 0;

	if (!(to->trace = history_point(history, file, speaking)))
		return;
	to->wording = &history->trace.wordings[file->entries[speaking].wording];
	if (words > to->wording->word_count)
		to->marks = (int32_t)(words - to->wording->word_count);
}

struct roster *attribution_roster(struct app *app, struct attribution *attribution,
				  const struct workshop *workshop)
{
	static const struct workshop none = {0};
	const struct workshops *workshops = &attribution->notes.workshops;
	size_t number = workshop ? (size_t)(workshop - workshops->all) : workshops->count;

	if (!attribution->rosters)
		attribution->rosters =
			arena_array(&app->arena, struct roster *, workshops->count + 1);
	if (!attribution->rosters[number])
		attribution->rosters[number] =
			roster_of(&app->arena, workshop ? workshop : &none, &attribution->people);
	return attribution->rosters[number];
}

/* The points as they stand, whoever wrote them. */
struct standing {
	struct attribution *out;
	struct arena arena;
	bool *may_speak; /* by point: somebody's name may stand in front */
};

static void read_points(struct standing *standing)
{
	struct attribution *out = standing->out;
	struct arena *arena = &standing->arena;

	out->points = points_of(arena, &out->notes.workshops);
	out->all = arena_array(arena, struct attributed, out->points.count);
	standing->may_speak = arena_array(arena, bool, out->points.count);
	for (size_t i = 0; i < out->points.count; i++) {
		const struct point *point = &out->points.all[i];

		out->all[i] = attribute(arena, point);
		/* Marks, not a name, stand in front of what another block says. */
		standing->may_speak[i] =
			point->speaking == point->index && speakers_may_be(arena, point->text);
	}
}

/* Once all are known who may speak. */
static void find_speakers(struct app *app, const struct standing *standing)
{
	struct attribution *out = standing->out;

	for (size_t i = 0; i < out->points.count; i++) {
		const struct point *point = &out->points.all[i];

		if (standing->may_speak[i])
			out->all[i].speakers = speakers_of(
				&app->arena, attribution_roster(app, out, point->workshop),
				point->text);
	}
}

/* --- the whole -------------------------------------------------------------- */

static void read_people(struct app *app, struct attribution *out)
{
	err e = people_read(&app->arena, out->notes.repo, &out->people);

	/* What is wrong with people.yml must not hide who wrote what. */
	if (e) {
		note(app, "%s\n", err_message(e));
		err_free(e);
	}
}

static void know_history(struct app *app, struct attribution *out)
{
	history_doubts_note(app, &out->history);
	find_authors(app, out);
	out->signs = people_signs(&app->arena, &out->people);
}

static void add_traces(struct attribution *attribution)
{
	const struct section *section = NULL;
	const struct trace_file *file = NULL;

	for (size_t i = 0; i < attribution->points.count; i++) {
		const struct point *point = &attribution->points.all[i];

		if (point->section != section)
			file = history_file(&attribution->history, point->section->path);
		section = point->section;
		add_trace(&attribution->history, file, &attribution->all[i]);
	}
}

static void begin(struct app *app, struct notes *notes, struct attribution *out)
{
	*out = (struct attribution){.notes = *notes};
	*notes = (struct notes){0};
	read_people(app, out);
}

/* The history, and the points beside it: neither is needed for the other. */
struct halves {
	struct app *app;
	struct standing standing;
	err failure; /* of the history */
};

static void read_half(void *context, size_t half)
{
	struct halves *halves = context;
	struct attribution *out = halves->standing.out;

	if (half == 0)
		halves->failure = history_trace(&halves->app->arena, out->notes.repo,
						&out->notes.workshops, &out->history);
	else
		read_points(&halves->standing);
}

static err trace_and_read(struct app *app, struct notes *notes, struct attribution *out)
{
	struct halves halves = {.app = app, .standing = {.out = out}};

	begin(app, notes, out);
	parallel_run(2, read_half, &halves);
	arena_take(&app->arena, &halves.standing.arena);
	if (halves.failure)
		return halves.failure;
	/* Of those whom .mailmap names, only who contributed can speak. */
	know_history(app, out);
	find_speakers(app, &halves.standing);
	add_traces(out);
	return NULL;
}

void attribution_untraced(struct app *app, struct notes *notes, struct attribution *out)
{
	struct standing standing = {.out = out};

	begin(app, notes, out);
	people_find_mapped(&out->people);
	read_points(&standing);
	arena_take(&app->arena, &standing.arena);
	find_speakers(app, &standing);
}

err attribution_trace(struct app *app, struct attribution *attribution)
{
	err e;

	if (attribution->authors)
		return NULL;
	if ((e = history_trace(&app->arena, attribution->notes.repo, &attribution->notes.workshops,
			       &attribution->history)))
		return e;
	know_history(app, attribution);
	add_traces(attribution);
	return NULL;
}

err attribution_open(struct app *app, struct attribution *out)
{
	struct notes notes;
	err e = notes_open(app, &notes);

	if (!e)
		return trace_and_read(app, &notes, out);
	*out = (struct attribution){.notes = notes};
	return e;
}

void attribution_close(struct attribution *attribution)
{
	notes_close(&attribution->notes);
}

/* --- words ------------------------------------------------------------------ */

static size_t blank_at(struct str text, size_t at)
{
	unsigned char byte = (unsigned char)text.at[at];

	if (byte == ' ' || (byte >= '\t' && byte <= '\r' && byte != '\v' && byte != '\f'))
		return 1;
	if (byte == 0xC2 && at + 1 < text.len && (unsigned char)text.at[at + 1] == 0xA0)
		return 2;
	if (byte == 0xE2 && at + 2 < text.len && (unsigned char)text.at[at + 1] == 0x80 &&
	    (unsigned char)text.at[at + 2] == 0xAF)
		return 3;
	return 0;
}

struct str wording_text(struct arena *arena, const struct trace *trace,
			const struct trace_wording *wording)
{
	struct buf text = {.arena = arena};

	for (uint32_t i = 0; i < wording->word_count; i++) {
		if (i)
			buf_add_byte(&text, ' ');
		buf_add(&text, trace->vocabulary[wording->words[i]]);
	}
	return buf_str(&text);
}

uint32_t text_word_commit(const struct attributed *point, uint32_t index)
{
	int64_t traced = (int64_t)index - point->marks;

	if (!point->wording)
		return TRACE_NONE;
	return trace_word_commit(point->wording, traced < 0 ? 0 : (uint32_t)traced);
}

bool next_traced_word(struct str *rest, struct str *word)
{
	size_t from = 0, to, blank;

	while (from < rest->len && (blank = blank_at(*rest, from)))
		from += blank;
	for (to = from; to < rest->len && blank_at(*rest, to) == 0;)
		to++;
	*word = str_slice(*rest, from, to);
	*rest = str_slice(*rest, to, rest->len);
	return word->len > 0;
}

uint32_t traced_word_count(struct str text)
{
	struct str word;
	uint32_t count = 0;

	while (next_traced_word(&text, &word))
		count++;
	return count;
}

static int compare_shares(const void *left, const void *right)
{
	const struct word_share *a = left, *b = right;

	if (a->count != b->count)
		return (a->count < b->count) - (a->count > b->count);
	if (!a->person || !b->person)
		return (a->person == NULL) - (b->person == NULL);
	int order = str_compare(a->person->email, b->person->email);
	return order ? order : str_compare(a->person->name, b->person->name);
}

static void add_words(struct arena *arena, struct word_shares *shares, struct person *person,
		      uint32_t count)
{
	for (size_t i = 0; i < shares->count; i++)
		if (shares->all[i].person == person) {
			shares->all[i].count += count;
			return;
		}
	arena_push(arena, shares->all, shares->count, shares->room);
	shares->all[shares->count++] = (struct word_share){person, count};
}

struct word_shares word_shares_of(struct arena *arena, const struct attribution *attribution,
				  const struct attributed *point)
{
	const struct trace_wording *wording = point->wording;
	struct word_shares shares = {0};

	for (uint32_t i = 0; wording && i < wording->run_count; i++)
		add_words(arena, &shares, author_of(attribution, wording->runs[i].commit),
			  wording->runs[i].words);
	if (shares.count > 1)
		qsort(shares.all, shares.count, sizeof *shares.all, compare_shares);
	return shares;
}
