#include <stdlib.h>

#include "cmd/audit_print.h"
#include "cmd/audit_verify.h"
#include "cmd/commands.h"
#include "cmd/facts.h"
#include "cmd/print.h"
#include "cmd/since.h"
#include "core/message.h"
#include "core/text.h"

/* What one run was asked for. */
struct audit {
	struct app *app;
	struct attribution attribution;
	bool *wanted; /* by point, then by deleted point */
	const bool *marks;
	enum share_order order;
};

static err read_order(struct arena *arena, const char *text, enum share_order *out)
{
	static const struct {
		const char *name;
		enum share_order order;
	} names[] = {
		{"contributor", SHARES_BY_CONTRIBUTOR}, {"contributeur", SHARES_BY_CONTRIBUTOR},
		{"speaker", SHARES_BY_SPEAKER},		{"intervenant", SHARES_BY_SPEAKER},
		{"orateur", SHARES_BY_SPEAKER},		{"section", SHARES_BY_SECTION},
	};

	*out = SHARES_BY_CONTRIBUTOR;
	if (!text)
		return NULL;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_equal(text_fold(arena, str_of(text)), str_of(names[i].name))) {
			*out = names[i].order;
			return NULL;
		}
	return err_new(STATUS_USAGE, _("--by %s: it is contributor, speaker or section."), text);
}

/* The check is of all that is recorded, as it stands there: the rest says nothing to it. */
static err verify_alone(struct app *app, int argc)
{
	static const char *const others[] = {"by",     "since", "deleted", "tokens",
					     "events", "csv",	"html"};
	bool more = argc > 1;

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		more |= option_given(app, others[i]);
	if (option_given(app, "pseudonyms"))
		return err_new(
			STATUS_USAGE,
			_("--verify and --pseudonyms do not go together: what is recorded is "
			  "shown under its own names."));
	if (more)
		note(app, "%s\n",
		     _("--verify checks everything that is recorded, whatever else is "
		       "asked for."));
	return NULL;
}

/* No table has room for every word, or for all that happened: these are JSON. */
static err read_form(struct app *app, int argc)
{
	bool table = option_given(app, "csv") || option_given(app, "html");

	app->json |= option_given(app, "tokens") || option_given(app, "events");
	if (app->json + option_given(app, "csv") + option_given(app, "html") > 1)
		return err_new(STATUS_USAGE,
			       _("The answer has one form: --json, --csv or --html."));
	if (option_given(app, "verify"))
		return verify_alone(app, argc);
	if (table && option_given(app, "deleted"))
		note(app, "%s\n", _("The table counts deleted points; --json has their texts."));
	return NULL;
}

/* Marks the points of the chosen workshops; `all`: those of none, too. */
static void choose_points(struct audit *audit, const bool *chosen, bool all)
{
	const struct attribution *attribution = &audit->attribution;
	const struct workshop *first = attribution->notes.workshops.all;
	size_t count = attribution->points.count, deleted = attribution->deleted_count;

	audit->wanted = arena_array(&audit->app->arena, bool, count + deleted);
	for (size_t i = 0; i < count + deleted; i++) {
		const struct workshop *workshop =
			i < count ? attribution->all[i].workshop
				  : attribution->deleted[i - count].workshop;

		audit->wanted[i] = workshop ? chosen[workshop - first] : all;
	}
}

/* --- JSON --------------------------------------------------------------------- */

static struct str group_of(const struct audit *audit, const struct attributed *point)
{
	const struct person *person =
		point->trace ? author_of(&audit->attribution, point->trace->origin) : NULL;

	if (audit->order == SHARES_BY_SPEAKER)
		return point->speakers.count ? point->speakers.as : (struct str){0};
	if (audit->order == SHARES_BY_CONTRIBUTOR)
		return person ? person->name : (struct str){0};
	return point->section;
}

struct sorted_point {
	const struct attributed *point;
	struct str group;
};

static int compare_groups(const void *left, const void *right)
{
	const struct sorted_point *a = left, *b = right;
	int order = str_compare(a->point->folder, b->point->folder);

	if (order == 0 && (a->group.len == 0) != (b->group.len == 0))
		order = a->group.len == 0 ? 1 : -1;
	if (order == 0)
		order = str_compare(a->group, b->group);
	/* Points stand in one array, in the order of the notes. */
	return order ? order : (a->point > b->point) - (a->point < b->point);
}

static void print_point(struct audit *audit, const struct attributed *point)
{
	struct json *record = json_record();

	facts_add(record, audit->app, &audit->attribution, point);
	if (option_given(audit->app, "tokens"))
		facts_add_tokens(record, audit->app, &audit->attribution, point);
	if (option_given(audit->app, "events"))
		facts_add_events(record, audit->app, &audit->attribution, point);
	json_print(audit->app, record);
}

/* A point a line; with --by, those of one person, speaker or section together. */
static void print_json(struct audit *audit)
{
	const struct attribution *attribution = &audit->attribution;
	struct sorted_point *points =
		arena_array(&audit->app->arena, struct sorted_point, attribution->points.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < attribution->points.count; i++) {
		const struct attributed *point = &attribution->all[i];

		if (audit->wanted[i] &&
		    (!option_given(audit->app, "since") ||
		     since_concerns(audit->marks, &attribution->history, point->trace)))
			points[count++] = (struct sorted_point){point, group_of(audit, point)};
	}
	if (count && option_given(audit->app, "by"))
		qsort(points, count, sizeof *points, compare_groups);
	for (size_t i = 0; i < count; i++)
		print_point(audit, points[i].point);
	for (size_t i = 0; option_given(audit->app, "deleted") && i < attribution->deleted_count;
	     i++)
		if (audit->wanted[attribution->points.count + i] &&
		    audit->marks[attribution->deleted[i].deletion->commit])
			print_point(audit, &attribution->deleted[i]);
}

/* --- deleted points, for people ------------------------------------------------- */

static void print_deleted(const struct audit *audit)
{
	const struct attribution *attribution = &audit->attribution;
	struct app *app = audit->app;

	for (size_t i = 0; i < attribution->deleted_count; i++) {
		const struct attributed *point = &attribution->deleted[i];
		const struct attributed *again = stands_again_as(attribution, point);
		uint32_t deleter = point->deletion->commit;
		const struct person *person = author_of(attribution, deleter);
		struct str name = person ? person->name : str_of(_("nobody"));

		if (!audit->wanted[attribution->points.count + i] || !audit->marks[deleter])
			continue;
		print_style(app, STYLE_FAINT);
		print(app, "%.*s%s%.*s", STR_ARGS(point->file), point->file.len ? "  " : "",
		      STR_ARGS(point->id));
		print_style(app, STYLE_NONE);
		print(app, "\n  ");
		print_text(app, point->text);
		print(app, "\n  ");
		if (again)
			print(app, _("deleted by %.*s; stands again in other words: %.*s:%u"),
			      STR_ARGS(name), STR_ARGS(again->file), again->line);
		else
			print(app, _("deleted by %.*s"), STR_ARGS(name));
		print(app, "\n");
	}
}

static void print_shares(const struct audit *audit)
{
	struct audit_report report = {.attribution = &audit->attribution, .order = audit->order};

	report.shares = shares_of(&audit->app->arena, &audit->attribution, audit->wanted,
				  audit->marks, audit->order);
	if (option_given(audit->app, "csv"))
		audit_print_csv(audit->app, &report);
	else if (option_given(audit->app, "html"))
		audit_print_html(audit->app, &report);
	else {
		audit_print_table(audit->app, &report);
		if (option_given(audit->app, "deleted"))
			print_deleted(audit);
	}
}

/* Whose words are disputed is part of these answers. */
static err require_signatures(struct app *app, struct attribution *attribution)
{
	err e;

	if (!app->json && !option_given(app, "verify"))
		return NULL;
	if ((e = attribution_read_signatures(app, attribution)))
		return e;
	return attribution->signatures.incomplete
		       ? err_new(STATUS_IO, _("the signatures could not all be checked"))
		       : NULL;
}

static int run(struct app *app, int argc, char **argv)
{
	struct audit audit = {.app = app};
	struct attribution *attribution = &audit.attribution;
	struct since since;
	bool findings = false, *chosen;
	err e;

	if ((e = read_order(&app->arena, option_value(app, "by"), &audit.order)) ||
	    (e = read_form(app, argc)) || (e = attribution_open(app, attribution)) ||
	    (e = require_signatures(app, attribution)) ||
	    (e = notes_choose(&app->arena, &attribution->notes, argv + 1, (size_t)argc - 1,
			      &chosen)) ||
	    (e = since_read(app, &attribution->notes, option_value(app, "since"), chosen, &since)))
		goto done;
	if (option_given(app, "verify")) {
		e = audit_verify(app, attribution, &findings);
		goto done;
	}
	/* Finding where they stood reads many old versions. */
	if (option_given(app, "deleted") || (!app->json && audit.order != SHARES_BY_SPEAKER))
		attribution_find_deleted(app, attribution);
	if (option_given(app, "pseudonyms"))
		attribution_hide_names(app, attribution);
	choose_points(&audit, chosen, argc < 2);
	audit.marks = since_marks(&app->arena, &attribution->history, &since);
	if (app->json)
		print_json(&audit);
	else
		print_shares(&audit);
	notes_tell_unread(app, &attribution->notes, NULL);
done:
	attribution_close(attribution);
	return e ? fail(app, e) : findings ? STATUS_FINDINGS : STATUS_DONE;
}

static const struct option options[] = {
	{"workshop", 'w', N_("WORKSHOP"), N_("only this workshop")},
	{"by", 0, "contributor|speaker|section",
	 N_("how it is counted; by contributor if left out")},
	{"since", 0, N_("TIME"),
	 N_("only what was done since: a date, “yesterday”, “3 days”, “last”: since you last "
	    "looked")},
	{"deleted", 0, NULL, N_("the points that no longer stand, too")},
	{"tokens", 0, NULL, N_("every word with who wrote it; implies --json")},
	{"events", 0, NULL, N_("all that happened to each point; implies --json")},
	{"csv", 0, NULL, N_("as a table for spreadsheets")},
	{"html", 0, NULL, N_("as a page")},
	{"verify", 0, NULL,
	 N_("instead: is what is recorded to be relied on? Ends with 1 where not")},
	{"pseudonyms", 0, NULL, N_("“Person 1” instead of names, for publication")},
	{0},
};

const struct command command_audit = {
	.name = "audit",
	.arguments = N_("[WORKSHOP…]"),
	.summary = N_("tell who wrote, changed and said what"),
	.details = N_("Counts, for each person and section: points first written, words that "
		      "stand now, points reworded, moved and deleted, points said. With --json, "
		      "a point a line, with all that is known of it."),
	.options = options,
	.most = -1,
	.of_workshops = true,
	.needs = NEEDS_NOTES,
	.everyday = true,
	.paged = true,
	.examples = N_("atelier audit\n"
		       "atelier audit --by speaker --csv\n"
		       "atelier audit --verify"),
	.run = run,
};
