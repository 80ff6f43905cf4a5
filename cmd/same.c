/* atelier same, different, part-of: what people decide about two points, into ideas.yml. */
#include "cmd/alike_notes.h"
#include "cmd/commands.h"
#include "cmd/json.h"
#include "cmd/print.h"
#include "core/identity.h"
#include "core/message.h"

static err find_text(struct app *app, const struct alike_notes *notes, const char *wanted,
		     struct str *out)
{
	const struct attribution *attribution = &notes->attribution;
	const struct points *points = &attribution->points;
	struct point found;
	err e = point_find(&app->arena, &attribution->notes.workshops, points, str_of(wanted),
			   attribution->notes.place, &found);

	if (e)
		return e;
	const struct point *point = point_of_block(points, found.section, found.index);
	*out = point ? text_without_speaker(&attribution->all[point - points->all]) : found.text;
	return NULL;
}

static err find_pair(struct app *app, const struct alike_notes *notes, char **argv,
		     struct noted_verdict *out)
{
	struct lexicon *lexicon = notes->collection->lexicon;
	struct signature author;
	err e;

	if ((e = find_text(app, notes, argv[1], &out->a)) ||
	    (e = find_text(app, notes, argv[2], &out->b)) ||
	    (e = identity_find(&app->arena, repo_folder(notes->attribution.notes.repo),
			       app->identity, &author)))
		return e;
	out->by = author.name;
	out->key_a = collection_key(lexicon, out->a, notes->language);
	out->key_b = collection_key(lexicon, out->b, notes->language);
	if (key_equal(out->key_a, out->key_b))
		return err_advise(err_new(STATUS_BAD_INPUT,
					  _("Both points say the same words: “%.*s”."),
					  STR_ARGS(out->a)),
				  _("There is nothing to decide; reword one of them if they mean "
				    "different things."));
	return NULL;
}

static err record(struct app *app, struct alike_notes *notes, const struct noted_verdict *verdict)
{
	struct recorded_file file = {.path = STR("ideas.yml"),
				     .bytes = verdicts_with(app, &notes->verdicts, verdict),
				     .seen = notes->verdicts.source};
	static const char *const french[] = {NULL, "Même idée", "Idées différentes",
					     "Partie d'une idée"};
	static const char *const english[] = {NULL, "Same idea", "Different ideas",
					      "Part of an idea"};
	struct str message = str_printf(
		&app->arena, notes->language == LANGUAGE_FRENCH ? "%s : %.*s" : "%s: %.*s",
		notes->language == LANGUAGE_FRENCH ? french[verdict->kind] : english[verdict->kind],
		STR_ARGS(verdict->a));

	return notes_record(app, &notes->attribution.notes, &file, 1, message);
}

static void tell(struct app *app, const struct noted_verdict *verdict)
{
	static const char *const sentences[] = {
		NULL,
		N_("Noted, the same idea:"),
		N_("Noted, different ideas:"),
		N_("Noted, the first is a part of the second:"),
	};

	if (app->json) {
		struct json *made = json_record();

		json_add_c(made, "verdict", verdict_name(verdict->kind));
		json_add_text(made, "a", verdict->a);
		json_add_text(made, "b", verdict->b);
		json_add_text(made, "by", verdict->by);
		json_print(app, made);
		return;
	}
	print(app, "%s\n  ", _(sentences[verdict->kind]));
	print_text(app, verdict->a);
	print(app, "\n  ");
	print_text(app, verdict->b);
	print(app, "\n");
}

/* Says where the verdict that was just recorded speaks against an older one. */
static void tell_contradictions(struct app *app)
{
	struct alike_notes notes = {0};
	err e = alike_notes_open(app, NULL, 0, &notes);

	if (!e)
		alike_notes_ideas(app, &notes, ALIKE_IDENTICAL);
	err_free(e);
	alike_notes_close(&notes);
}

/* One attempt: reads, finds the two, records. errors: STATUS_BUSY: somebody saved meanwhile */
static err record_pair(struct app *app, struct alike_notes *notes, char **argv,
		       struct noted_verdict *verdict)
{
	err e = alike_notes_open(app, NULL, 0, notes);

	if (e || (e = find_pair(app, notes, argv, verdict)))
		return e;
	if ((e = notes->unread)) {
		notes->unread = NULL;
		return e;
	}
	return record(app, notes, verdict);
}

static int decide(struct app *app, char **argv, enum verdict_kind kind)
{
	struct noted_verdict verdict = {.kind = kind};
	struct alike_notes notes = {0};
	unsigned attempts = 0;
	err e;

	while (notes_try_again(e = record_pair(app, &notes, argv, &verdict), &attempts)) {
		err_free(e);
		alike_notes_close(&notes);
	}
	if (!e)
		tell(app, &verdict);
	alike_notes_close(&notes);
	if (!e)
		tell_contradictions(app);
	return fail(app, e);
}

static int run_same(struct app *app, int argc, char **argv)
{
	(void)argc;
	return decide(app, argv, VERDICT_SAME);
}

static int run_different(struct app *app, int argc, char **argv)
{
	(void)argc;
	return decide(app, argv, VERDICT_DIFFERENT);
}

static int run_part_of(struct app *app, int argc, char **argv)
{
	(void)argc;
	return decide(app, argv, VERDICT_PART_OF);
}

#define ABOUT_VERDICTS                                                                           \
	N_("POINT is an id, file:line, or a piece of text that only one point has. The verdict " \
	   "stands in ideas.yml and goes with the points when they move or are reworded.")

const struct command command_same = {
	.name = "same",
	.french = "identiques",
	.arguments = N_("POINT POINT"),
	.summary = N_("note that two points say the same idea"),
	.details = ABOUT_VERDICTS,
	.least = 2,
	.most = 2,
	.needs = NEEDS_REPOSITORY,
	.examples = N_("atelier same \"a lid on the heap\" \"cover the compost\""),
	.run = run_same,
};

const struct command command_different = {
	.name = "different",
	.french = "différents",
	.arguments = N_("POINT POINT"),
	.summary = N_("note that two points are different ideas"),
	.details = ABOUT_VERDICTS,
	.least = 2,
	.most = 2,
	.needs = NEEDS_REPOSITORY,
	.examples = N_("atelier different \"two bins\" \"ten bins\""),
	.run = run_different,
};

const struct command command_part_of = {
	.name = "part-of",
	.french = "partie",
	.arguments = N_("POINT POINT"),
	.summary = N_("note that the first point is a part of the second"),
	.details = ABOUT_VERDICTS,
	.least = 2,
	.most = 2,
	.needs = NEEDS_REPOSITORY,
	.examples = N_("atelier part-of \"turn the heap\" \"keep it wet\""),
	.run = run_part_of,
};
