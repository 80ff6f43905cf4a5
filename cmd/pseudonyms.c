/*
 * Names put out of sight for publication: people are numbered as they appear in
 * the notes.
 */
#include "cmd/attribution.h"
#include "cmd/print.h"
#include "core/message.h"
#include "core/text.h"

/* One name that was met, and what stands for it. */
struct mask {
	struct person *person; /* NULL: a speaker who is no contributor */
	struct str key;	       /* the folded name */
	struct str shown;
};

struct masks {
	struct app *app;
	struct mask *all;
	size_t count, room;
};

static struct str mask_for(struct masks *masks, struct person *person, struct str name)
{
	struct arena *arena = &masks->app->arena;
	struct str key = text_fold(arena, name);

	for (size_t i = 0; i < masks->count; i++)
		if ((person && masks->all[i].person == person) ||
		    ((!person || !masks->all[i].person) && str_equal(masks->all[i].key, key)))
			return masks->all[i].shown;
	arena_push(arena, masks->all, masks->count, masks->room);
	struct mask *added = &masks->all[masks->count++];
	*added = (struct mask){person, key, str_printf(arena, _("Person %zu"), masks->count)};
	return added->shown;
}

static void meet(struct masks *masks, const struct attribution *attribution, uint32_t commit)
{
	struct person *person = author_of(attribution, commit);

	if (person)
		mask_for(masks, person, person->name);
}

static void meet_all(struct masks *masks, const struct attribution *attribution)
{
	for (size_t i = 0; i < attribution->points.count; i++) {
		const struct attributed *point = &attribution->all[i];

		if (point->trace)
			meet(masks, attribution, point->trace->origin);
		for (uint32_t j = 0; point->wording && j < point->wording->run_count; j++)
			meet(masks, attribution, point->wording->runs[j].commit);
	}
	for (size_t i = 0; i < attribution->people.count; i++)
		mask_for(masks, attribution->people.all[i], attribution->people.all[i]->name);
}

/* The beginning of the text names the speaker, too. */
static void hide_speakers(struct masks *masks, const struct attribution *attribution,
			  struct attributed *point)
{
	struct arena *arena = &masks->app->arena;
	struct buf shown = {.arena = arena};
	size_t at;

	for (size_t i = 0; i < point->speakers.count; i++) {
		struct speaker *speaker = &point->speakers.all[i];
		struct str name = speaker_is_known(speaker) ? speaker->name : speaker->as;
		struct person *person = NULL;

		for (size_t j = 0; j < attribution->people.count; j++)
			if (attribution->people.all[j] == speaker->person)
				person = attribution->people.all[j];
		struct str mask = mask_for(masks, person, name);
		buf_add_c(&shown, i ? "/" : "");
		buf_add(&shown, mask);
		speaker->as = mask;
		speaker->name = speaker_is_known(speaker) ? mask : (struct str){0};
		speaker->near = (struct names){0};
	}
	if (point->speakers.count == 0)
		return;
	struct str named = point->text;
	at = str_find(named, point->speakers.as, 0);
	point->text = str_printf(
		arena, "%.*s%.*s%.*s", STR_ARGS(str_slice(named, 0, at)), STR_ARGS(buf_str(&shown)),
		STR_ARGS(str_slice(named, at + point->speakers.as.len, named.len)));
	point->marks += (int32_t)traced_word_count(point->text) - (int32_t)traced_word_count(named);
	point->speakers.as = buf_str(&shown);
}

/* An id is made from the words, the hidden name among them: it would confirm a guess. */
static void hide_ids(struct arena *arena, struct attribution *attribution)
{
	struct key *keys = arena_array(arena, struct key, attribution->points.count);
	struct str *ids;

	for (size_t i = 0; i < attribution->points.count; i++) {
		const struct attributed *point = &attribution->all[i];

		keys[i] = point->speakers.count ? key_of(text_normal(arena, point->text))
						: point_words(point->point)->normal;
	}
	ids = point_ids(arena, keys, attribution->points.count);
	for (size_t i = 0; i < attribution->points.count; i++)
		attribution->all[i].id = ids[i];
	for (size_t i = 0; i < attribution->deleted_count; i++) {
		struct attributed *point = &attribution->deleted[i];

		if (point->speakers.count)
			point->id = key_hex(arena, key_of(text_normal(arena, point->text)),
					    POINT_ID_DIGITS);
	}
}

/* Trust, which JSON tells, is found from names and addresses: while they are there. */
static void keep_trusts(struct arena *arena, struct attribution *attribution)
{
	uint32_t count = attribution->history.commit_count;
	enum trust *trusts = arena_array(arena, enum trust, count);

	for (uint32_t i = 0; i < count; i++)
		trusts[i] = trust_of(arena, attribution, i);
	attribution->trusts = trusts;
}

void attribution_hide_names(struct app *app, struct attribution *attribution)
{
	struct masks masks = {.app = app};

	if (app->json)
		keep_trusts(&app->arena, attribution);
	meet_all(&masks, attribution);
	for (size_t i = 0; i < attribution->points.count; i++)
		hide_speakers(&masks, attribution, &attribution->all[i]);
	for (size_t i = 0; i < attribution->deleted_count; i++)
		hide_speakers(&masks, attribution, &attribution->deleted[i]);
	hide_ids(&app->arena, attribution);
	for (size_t i = 0; i < attribution->people.count; i++) {
		struct person *person = attribution->people.all[i];
		struct str shown = mask_for(&masks, person, person->name);

		*person = (struct person){
			.name = shown,
			.email = str_printf(&app->arena, "%.*s@invalid",
					    STR_ARGS(text_slug(&app->arena, shown)))};
	}
	attribution->signs = people_signs(&app->arena, &attribution->people);
	attribution->pseudonyms = true;
	note(app, "%s\n", _("Names that stand inside texts are left as they are."));
}
