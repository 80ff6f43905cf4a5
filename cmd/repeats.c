#include "cmd/repeats.h"

#include "cmd/alike_notes.h"
#include "cmd/point_changes.h"
#include "cmd/print.h"
#include "cmd/wrapped.h"
#include "core/message.h"
#include "core/path.h"
#include "core/text.h"

enum {
	MOST_TOLD = 3,
	MOST_ASKED = 200, /* new points that are looked at; a whole workshop has duplicates */
	MOST_FOUND = 8,
	SHOWN_BYTES = 90,
};

struct repeats {
	struct app *app;
	struct alike_notes notes;
	bool *is_new; /* by point */
	size_t new_count, told, more;
};

/*
 * Without the history: most points repeat nothing, and then nobody is named. Quietly:
 * what there is to warn of, the command itself has said.
 */
static err open_repeats(struct app *app, struct notes *notes, struct repeats *out)
{
	bool quiet = app->quiet;
	err e;

	*out = (struct repeats){.app = app};
	app->quiet = true;
	e = alike_notes_untraced(app, notes, &out->notes);
	app->quiet = quiet;
	if (!e)
		out->is_new = arena_array(&app->arena, bool, out->notes.count);
	return e;
}

static bool is_called_different(const struct repeats *repeats, uint32_t one, uint32_t other)
{
	for (size_t i = 0; i < repeats->notes.decided_count; i++) {
		const struct verdict *verdict = &repeats->notes.decided[i];

		if (verdict->kind == VERDICT_DIFFERENT &&
		    ((verdict->a == one && verdict->b == other) ||
		     (verdict->a == other && verdict->b == one)))
			return true;
	}
	return false;
}

/* The first older point that has one of the wordings of a bag; NULL: there is none. */
static const struct attributed *older_with(const struct repeats *repeats, uint32_t head,
					   uint32_t asking)
{
	const struct collection *collection = repeats->notes.collection;

	for (size_t i = 0; i < repeats->notes.count; i++) {
		uint32_t wording = collection->wording_of[i];

		if (wording != NO_WORDING && !repeats->is_new[i] &&
		    collection->wordings[wording].head == head &&
		    !is_called_different(repeats, wording, asking))
			return repeats->notes.points[i];
	}
	return NULL;
}

/* NULL: that cannot be told. */
static const struct person *writer_of(struct repeats *repeats, const struct attributed *point)
{
	struct attribution *attribution = &repeats->notes.attribution;
	bool quiet = repeats->app->quiet;

	repeats->app->quiet = true;
	err_free(attribution_trace(repeats->app, attribution));
	repeats->app->quiet = quiet;
	return point->trace ? author_of(attribution, point->trace->origin) : NULL;
}

static void tell(struct repeats *repeats, const struct attributed *older)
{
	const struct person *person;
	struct str shown =
		text_opening(&repeats->app->arena, text_without_speaker(older), SHOWN_BYTES);
	struct str place = path_stem(older->file);
	struct app *app = repeats->app;

	if (repeats->told == MOST_TOLD) {
		repeats->more++;
		return;
	}
	repeats->told++;
	person = writer_of(repeats, older);
	print_line(app, _("near: %.*s (%.*s%s%.*s)\n"), STR_ARGS(shown),
		   STR_ARGS(person ? person->name : (struct str){0}), person ? ", " : "",
		   STR_ARGS(place));
}

static void ask(struct repeats *repeats, size_t number)
{
	struct alike_notes *notes = &repeats->notes;
	struct alike_pair found[MOST_FOUND];
	size_t count = collection_find(notes->collection, notes->texts[number], notes->language,
				       ALIKE_NEAR, found, MOST_FOUND);

	for (size_t i = 0; i < count; i++) {
		const struct attributed *older =
			older_with(repeats, found[i].b, notes->collection->wording_of[number]);

		if (older) {
			tell(repeats, older);
			return;
		}
	}
}

static void tell_all(struct repeats *repeats)
{
	size_t asked = 0;

	for (size_t i = 0; i < repeats->notes.count && asked < MOST_ASKED; i++)
		if (repeats->is_new[i]) {
			ask(repeats, i);
			asked++;
		}
	if (repeats->more) {
		print(repeats->app,
		      message_plural("and %zu more: atelier duplicates",
				     "and %zu more: atelier duplicates", repeats->more),
		      repeats->more);
		print(repeats->app, "\n");
	}
}

void repeats_tell_added(struct app *app, struct notes *notes, struct str file, uint32_t line,
			size_t count)
{
	struct repeats repeats = {0};
	err e = NULL;

	if (app->json || app->quiet)
		return;
	if (!(e = open_repeats(app, notes, &repeats))) {
		for (size_t i = 0; i < repeats.notes.count && repeats.new_count < count; i++) {
			const struct attributed *point = repeats.notes.points[i];

			if (!str_equal(point->file, file) || point->line < line)
				continue;
			repeats.is_new[i] = true;
			repeats.new_count++;
		}
		tell_all(&repeats);
	}
	err_free(e);
	alike_notes_close(&repeats.notes);
}

void repeats_tell_between(struct app *app, const struct repo *repo, struct object_id from,
			  struct object_id to)
{
	struct point_changes changes = {0};
	struct repeats repeats = {0};
	struct notes notes = {0};
	err e = NULL;

	if (app->json || app->quiet || object_id_equal(from, to) || object_id_is_none(from))
		return;
	e = point_changes_between(&app->arena, repo, from, to, &changes);
	if (e || changes.come_count == 0 || (e = notes_open(app, &notes)) ||
	    (e = open_repeats(app, &notes, &repeats)))
		goto done;
	/* Both are by file and line. */
	for (size_t i = 0, j = 0; i < repeats.notes.count; i++) {
		const struct attributed *point = repeats.notes.points[i];

		while (j < changes.come_count &&
		       (str_compare(changes.come[j].file, point->file) < 0 ||
			(str_equal(changes.come[j].file, point->file) &&
			 changes.come[j].line < point->line)))
			j++;
		repeats.is_new[i] = j < changes.come_count &&
				    str_equal(changes.come[j].file, point->file) &&
				    changes.come[j].line == point->line;
	}
	tell_all(&repeats);
done:
	err_free(e);
	notes_close(&notes);
	alike_notes_close(&repeats.notes);
}
