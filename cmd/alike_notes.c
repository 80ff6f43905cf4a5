#include "cmd/alike_notes.h"

#include "cmd/print.h"
#include "core/file.h"
#include "core/message.h"

enum { MEMORY_BYTES = 256 * 1024 * 1024, NEAR_COLON = 24 };

struct str text_without_speaker(const struct attributed *point)
{
	struct str text = point->text, as = point->speakers.as;

	if (point->speakers.count == 0 || !str_starts(text, as))
		return text;
	size_t colon = str_find_byte(text, ':', as.len);
	size_t comma = str_find_byte(text, ',', as.len);
	size_t end = colon <= as.len + NEAR_COLON ? colon : comma;
	struct str rest = str_trim(str_slice(text, end + 1, text.len));

	return end <= as.len + NEAR_COLON && rest.len ? rest : text;
}

static err choose_points(struct app *app, char **names, size_t count, struct alike_notes *out)
{
	const struct attribution *attribution = &out->attribution;
	const struct workshops *workshops = &attribution->notes.workshops;
	size_t all = attribution->points.count;
	err e = notes_choose(&app->arena, &attribution->notes, names, count, &out->chosen);

	if (e)
		return e;
	out->points = arena_array(&app->arena, const struct attributed *, all);
	out->texts = arena_array(&app->arena, struct str, all);
	for (size_t i = 0; i < all; i++) {
		if (!out->chosen[attribution->all[i].workshop - workshops->all])
			continue;
		out->points[out->count] = &attribution->all[i];
		out->texts[out->count++] = text_without_speaker(&attribution->all[i]);
	}
	return NULL;
}

/* --- verdicts ------------------------------------------------------------------ */

static uint32_t wording_with(const struct collection *collection, struct key key)
{
	uint32_t from = 0, to = collection->count;

	while (from < to) {
		uint32_t middle = from + (to - from) / 2;
		int order = key_compare(collection->wordings[middle].key, key);

		if (order == 0)
			return middle;
		if (order < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return NO_WORDING;
}

/* Was one of the point's earlier wordings this text? Who said it may stand before it. */
static bool was_worded(struct app *app, const struct alike_notes *notes,
		       const struct attributed *point, struct key key)
{
	const struct trace *trace = &notes->attribution.history.trace;
	uint32_t earlier = point->wording ? point->wording->earlier : TRACE_NONE;

	while (earlier != TRACE_NONE) {
		const struct trace_wording *wording = &trace->wordings[earlier];

		earlier = wording->earlier;
		struct str text = wording_text(&app->arena, trace, wording);
		struct str said = str_slice(text, str_find_byte(text, ':', 0) + 1, text.len);
		struct lexicon *lexicon = notes->collection->lexicon;

		if (key_equal(collection_key(lexicon, text, notes->language), key) ||
		    (said.len && key_equal(collection_key(lexicon, said, notes->language), key)))
			return true;
	}
	return false;
}

/* The wording that a verdict's text means today; NO_WORDING: none. */
static err meant_wording(struct app *app, struct alike_notes *notes, struct key key, bool *reworded,
			 uint32_t *out)
{
	err e;

	*out = wording_with(notes->collection, key);
	if (*out != NO_WORDING)
		return NULL;
	if ((e = attribution_trace(app, &notes->attribution)))
		return e;
	for (size_t i = 0; i < notes->count; i++)
		if (was_worded(app, notes, notes->points[i], key)) {
			*reworded = true;
			*out = notes->collection->wording_of[i];
			break;
		}
	return NULL;
}

static err hold_verdicts(struct app *app, struct alike_notes *notes)
{
	notes->decided = arena_array(&app->arena, struct verdict, notes->verdicts.count);
	notes->held = arena_array(&app->arena, struct held_verdict, notes->verdicts.count);
	for (size_t i = 0; i < notes->verdicts.count; i++) {
		const struct noted_verdict *noted = &notes->verdicts.all[i];
		struct held_verdict held = {.noted = noted};

		if (noted->kind == VERDICT_NONE) {
			note(app, _("ideas.yml holds two verdicts on one pair: “%.*s” and “%.*s”."),
			     STR_ARGS(noted->a), STR_ARGS(noted->b));
			note(app, "\n");
			continue;
		}
		uint32_t a, b;
		err e = meant_wording(app, notes, noted->key_a, &held.reworded, &a);
		if (e || (e = meant_wording(app, notes, noted->key_b, &held.reworded, &b)))
			return e;
		if (a == NO_WORDING || b == NO_WORDING || a == b)
			continue;
		notes->held[notes->decided_count] = held;
		notes->decided[notes->decided_count++] = (struct verdict){noted->kind, a, b};
	}
	return NULL;
}

/* All but the attribution, which is there. */
static err read_alike(struct app *app, char **workshops, size_t count, struct alike_notes *out)
{
	err e = choose_points(app, workshops, count, out);

	if (e)
		return e;
	out->language = notes_language(app, &out->attribution.notes);
	out->collection = collection_read(out->texts, out->count, out->language);
	out->times = arena_array(&app->arena, uint32_t, out->collection->count);
	for (size_t i = 0; i < out->count; i++)
		if (out->collection->wording_of[i] != NO_WORDING)
			out->times[out->collection->wording_of[i]]++;
	/* What is wrong with ideas.yml must not hide what is said twice. */
	out->unread = verdicts_read(app, &out->attribution.notes, out->collection->lexicon,
				    &out->verdicts);
	return hold_verdicts(app, out);
}

err alike_notes_open(struct app *app, char **workshops, size_t count, struct alike_notes *out)
{
	*out = (struct alike_notes){0};
	err e = attribution_open(app, &out->attribution);

	return e ? e : read_alike(app, workshops, count, out);
}

err alike_notes_untraced(struct app *app, struct notes *notes, struct alike_notes *out)
{
	*out = (struct alike_notes){0};
	attribution_untraced(app, notes, &out->attribution);
	return read_alike(app, NULL, 0, out);
}

void alike_notes_close(struct alike_notes *notes)
{
	collection_close(notes->collection);
	notes->collection = NULL;
	err_free(notes->unread);
	notes->unread = NULL;
	attribution_close(&notes->attribution);
}

/* --- ideas --------------------------------------------------------------------- */

/* What only near ideas need is little, and kept apart from what others compare. */
static const char *memory_path(struct app *app, const struct alike_notes *notes,
			       enum alike_level least)
{
	struct str path = str_printf(&app->arena, "%s/alike%s",
				     repo_state_folder(notes->attribution.notes.repo),
				     least >= ALIKE_NEAR ? "-near" : "");

	return str_c(&app->arena, path);
}

static void tell_clashes(struct app *app, const struct alike_notes *notes,
			 const struct ideas *ideas)
{
	for (size_t i = 0; i < ideas->clash_count; i++) {
		const struct noted_verdict *noted = notes->held[ideas->clashes[i]].noted;

		note(app,
		     _("Verdicts speak against each other: “%.*s” and “%.*s” are called "
		       "different, yet another verdict joins them."),
		     STR_ARGS(noted->a), STR_ARGS(noted->b));
		note(app, "\n");
	}
}

struct ideas alike_notes_ideas(struct app *app, struct alike_notes *notes, enum alike_level least)
{
	const char *path = memory_path(app, notes, least);
	struct str bytes = {0};
	err e = file_read(&app->arena, path, MEMORY_BYTES, &bytes);

	if (notes->unread)
		note(app, "%s\n", err_message(notes->unread));
	/* Nothing kept, or nothing of use: all is compared anew. */
	err_free(e);
	struct alike_memory memory = alike_memory_read(&app->arena, bytes);
	struct alike_pairs pairs =
		collection_pairs(&app->arena, notes->collection, least, &memory, NULL);
	struct str kept = alike_memory_write(&app->arena, &memory);
	if (!str_equal(kept, bytes)) {
		e = file_make_folders(repo_state_folder(notes->attribution.notes.repo));
		if (!e)
			e = file_replace(path, kept);
		err_free(e);
	}
	struct ideas ideas = ideas_of(&app->arena, notes->collection, &pairs, notes->decided,
				      notes->decided_count, notes->times);
	tell_clashes(app, notes, &ideas);
	return ideas;
}
