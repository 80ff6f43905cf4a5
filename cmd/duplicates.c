/* atelier duplicates: ideas that are said several times, and why they are taken for it. */
#include <stdlib.h>

#include "cmd/commands.h"
#include "cmd/duplicates.h"
#include "cmd/since.h"
#include "cmd/wrapped.h"
#include "core/ascending.h"
#include "core/message.h"
#include "core/text.h"
#include "core/variant.h"

/* A section whose sets of wordings are known. */
struct numbered {
	struct numbered *next;
	const struct section *section;
	const size_t *sets; /* by block, as variant_numbers() */
};

static const struct {
	enum alike_level level;
	const char *shown;
} levels[] = {
	{ALIKE_IDENTICAL, N_("identical")}, {ALIKE_SAME_WORDS, N_("same words")},
	{ALIKE_NEAR, N_("near")},	    {ALIKE_PART_OF, N_("part of")},
	{ALIKE_RELATED, N_("related")},	    {ALIKE_CONTRADICTS, N_("contradicts")},
};

const char *duplicates_level_shown(enum alike_level level)
{
	for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
		if (levels[i].level == level)
			return _(levels[i].shown);
	return "";
}

static bool is_level_name(struct arena *arena, const char *text, size_t row)
{
	struct str typed = text_slug(arena, str_of(text));
	struct str name = str_of(alike_level_name(levels[row].level));

	return str_equal(typed, name) ||
	       str_equal(typed, text_slug(arena, str_of(_(levels[row].shown))));
}

/* Contradictions stand beside the levels: they are told unless only surer ones are wanted. */
static err read_level(struct app *app, const char *text, struct duplicates *out)
{
	out->least = ALIKE_PART_OF;
	out->contradictions = true;
	for (size_t i = 0; text && i < sizeof levels / sizeof *levels; i++) {
		if (!is_level_name(&app->arena, text, i))
			continue;
		out->least = levels[i].level;
		out->contradictions = out->least <= ALIKE_PART_OF;
		text = NULL;
	}
	if (!text)
		return NULL;
	return err_new(STATUS_USAGE,
		       _("--level %s: it is identical, same-words, near, part-of, related or "
			 "contradicts."),
		       text);
}

static void list_points(struct duplicates *duplicates)
{
	const struct alike_notes *notes = &duplicates->notes;
	uint32_t count = notes->collection->count, sum = 0;
	uint32_t *starts = arena_array(&duplicates->app->arena, uint32_t, count + 2);

	for (uint32_t i = 0; i < count; i++) {
		starts[i + 1] = sum;
		sum += notes->times[i];
	}
	duplicates->of_wording = arena_array(&duplicates->app->arena, uint32_t, sum);
	for (size_t i = 0; i < notes->count; i++) {
		uint32_t wording = notes->collection->wording_of[i];

		if (wording != NO_WORDING)
			duplicates->of_wording[starts[wording + 1]++] = (uint32_t)i;
	}
	duplicates->starts = starts;
}

static struct group_points points_of_group(struct duplicates *duplicates,
					   const struct idea_group *group)
{
	struct group_points points = {0};
	size_t count = 0;

	for (size_t i = 0; i < group->count; i++)
		count += duplicates->notes.times[group->wordings[i]];
	points.at = arena_array(&duplicates->app->arena, uint32_t, count);
	for (size_t i = 0; i < group->count; i++) {
		uint32_t wording = group->wordings[i];

		for (uint32_t n = 0; n < duplicates->notes.times[wording]; n++)
			points.at[points.count++] =
				duplicates->of_wording[duplicates->starts[wording] + n];
	}
	/* What is the same has no centre: by place then. */
	if (group->level >= ALIKE_SAME_WORDS && points.count > 1)
		qsort(points.at, points.count, sizeof *points.at, ascending_u32);
	return points;
}

static size_t set_of(struct duplicates *duplicates, const struct point *point)
{
	struct arena *arena = &duplicates->app->arena;
	struct numbered *at = duplicates->numbered;

	while (at && at->section != point->section)
		at = at->next;
	if (!at) {
		at = arena_new(arena, struct numbered);
		*at = (struct numbered){duplicates->numbered, point->section,
					variant_numbers(arena, &point->section->doc)};
		duplicates->numbered = at;
	}
	return at->sets[point->index];
}

/* Wordings of one point that are still to be chosen from are no repetition. */
static bool is_one_set(struct duplicates *duplicates, const struct group_points *points)
{
	const struct point *first = duplicates_point(duplicates, points->at[0])->point;

	if (points->count < 2)
		return false;
	for (size_t i = 0; i < points->count; i++) {
		const struct point *point = duplicates_point(duplicates, points->at[i])->point;

		if (point->section != first->section || point_block(point)->label == 0)
			return false;
	}
	size_t set = set_of(duplicates, first);
	for (size_t i = 0; set && i < points->count; i++)
		if (set_of(duplicates, duplicates_point(duplicates, points->at[i])->point) != set)
			return false;
	return set > 0;
}

static bool is_wanted(struct duplicates *duplicates, const struct idea_group *group,
		      const struct group_points *points)
{
	bool recent = !duplicates->marks;

	if (group->level == ALIKE_CONTRADICTS ? !duplicates->contradictions
					      : group->level < duplicates->least)
		return false;
	for (size_t i = 0; i < points->count && !recent; i++)
		recent = since_concerns(duplicates->marks, &duplicates->notes.attribution.history,
					duplicates_point(duplicates, points->at[i])->trace);
	return recent && !is_one_set(duplicates, points);
}

static void print_ideas(struct duplicates *duplicates, const struct ideas *ideas)
{
	for (size_t i = 0; i < ideas->count; i++) {
		const struct idea_group *group = &ideas->groups[i];
		struct group_points points = points_of_group(duplicates, group);

		if (!is_wanted(duplicates, group, &points))
			continue;
		duplicates->shown++;
		if (duplicates->app->json)
			duplicates_print_json(duplicates, group, &points);
		else
			duplicates_print_group(duplicates, group, &points);
	}
	if (duplicates->app->json)
		return;
	print_line(duplicates->app, "%s\n",
		   duplicates->shown == 0
			   ? _("No idea is said twice.")
			   : _("To decide: “atelier same A B”, “atelier different A B” or “atelier "
			       "part-of A B”; A and B are file:line or some of the words."));
}

static int run(struct app *app, int argc, char **argv)
{
	struct duplicates duplicates = {.app = app};
	struct since since;
	err e;

	if ((e = read_level(app, option_value(app, "level"), &duplicates)) ||
	    (e = alike_notes_open(app, argv + 1, (size_t)argc - 1, &duplicates.notes)) ||
	    (e = since_read(app, &duplicates.notes.attribution.notes, option_value(app, "since"),
			    duplicates.notes.chosen, &since)))
		goto done;
	if (since.given)
		duplicates.marks =
			since_marks(&app->arena, &duplicates.notes.attribution.history, &since);
	enum alike_level compared =
		duplicates.least < ALIKE_CONTRADICTS || !duplicates.contradictions
			? duplicates.least
			: ALIKE_CONTRADICTS;
	list_points(&duplicates);
	struct ideas ideas = alike_notes_ideas(app, &duplicates.notes, compared);
	print_ideas(&duplicates, &ideas);
	notes_tell_unread(app, &duplicates.notes.attribution.notes, NULL);
done:
	alike_notes_close(&duplicates.notes);
	return fail(app, e);
}

static const struct option options[] = {
	{"workshop", 'w', N_("WORKSHOP"), N_("only this workshop")},
	{"level", 0, N_("LEVEL"), N_("this level and surer ones; part-of if left out")},
	{"since", 0, N_("TIME"), N_("only with a point that is new or changed since")},
	{0},
};

const struct command command_duplicates = {
	.name = "duplicates",
	.french = "doublons",
	.arguments = N_("[WORKSHOP…]"),
	.summary = N_("find ideas that are said several times, and why"),
	.details = N_("Levels, the surest first: identical (but for punctuation and capitals), "
		      "same-words (in another "
		      "order), near, part-of (what one says, the other says too), related. Beside "
		      "them contradicts: alike, but figures or negations differ. “same”, "
		      "“different” and “part-of” record what you decide."),
	.options = options,
	.most = -1,
	.of_workshops = true,
	.needs = NEEDS_NOTES,
	.everyday = true,
	.paged = true,
	.examples = N_("atelier duplicates\n"
		       "atelier duplicates compost --level near --since \"3 days\""),
	.run = run,
};
