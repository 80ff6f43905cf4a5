/* How a group of points that say the same is told. */
#include "cmd/duplicates.h"
#include "cmd/facts.h"
#include "cmd/json.h"
#include "cmd/person_style.h"
#include "cmd/wrapped.h"
#include "core/message.h"
#include "core/text.h"
#include "merge/alike_why.h"

enum { MOST_REASONS = 12 };

static struct alike_why explain(struct duplicates *duplicates, const struct idea_group *group)
{
	const struct collection *collection = duplicates->notes.collection;
	struct alike_text *others =
		arena_array(&duplicates->app->arena, struct alike_text, group->count);

	for (size_t i = 0; i < group->count; i++)
		others[i] = collected_text(&collection->wordings[group->wordings[i]]);
	/* One wording alone shares all with itself. */
	return alike_explain(&duplicates->app->arena, collection->lexicon, collection->weights,
			     others[0], others + (group->count > 1),
			     group->count > 1 ? group->count - 1 : 1);
}

/* A word as one of the points writes it; the lexicon knows it without accents. */
static struct str as_written(struct duplicates *duplicates, const struct group_points *points,
			     uint32_t number)
{
	struct arena *arena = &duplicates->app->arena;
	struct str folded = lexicon_word(duplicates->notes.collection->lexicon, number)->text;

	for (size_t i = 0; i < points->count; i++) {
		struct str rest = duplicates->notes.texts[points->at[i]], word;

		while (text_next_word(&rest, &word))
			if (str_equal(text_fold(arena, word), folded))
				return word;
	}
	return folded;
}

static void add_words(struct json *why, struct duplicates *duplicates, const char *key,
		      const struct word_list *words, const struct group_points *points)
{
	struct json *list = json_add_array(why, key);

	for (size_t i = 0; i < words->count; i++)
		json_add_text(list, NULL, as_written(duplicates, points, words->at[i]));
}

static void add_point(struct json *list, const struct duplicates *duplicates,
		      const struct attributed *point)
{
	const struct person *person =
		point->trace ? author_of(&duplicates->notes.attribution, point->trace->origin)
			     : NULL;

	facts_add_point(list, point, person ? person->email : (struct str){0});
}

void duplicates_print_json(struct duplicates *duplicates, const struct idea_group *group,
			   const struct group_points *points)
{
	struct alike_why reasons = explain(duplicates, group);
	struct json *record = json_record(), *why, *list;

	json_add_c(record, "level", alike_level_name(group->level));
	json_add_fraction(record, "score", (double)group->score / ALIKE_FULL);
	why = json_add_object(record, "why");
	add_words(why, duplicates, "shared", &reasons.shared, points);
	add_words(why, duplicates, "only_a", &reasons.only_a, points);
	add_words(why, duplicates, "only_b", &reasons.only_b, points);
	list = json_add_array(record, "points");
	for (size_t i = 0; i < points->count; i++)
		add_point(list, duplicates, duplicates_point(duplicates, points->at[i]));
	if (group->verdict != VERDICT_NONE)
		json_add_c(record, "verdict", verdict_name(group->verdict));
	json_print(duplicates->app, record);
}

static void print_words(struct duplicates *duplicates, const char *what,
			const struct word_list *words, const struct group_points *points)
{
	struct app *app = duplicates->app;

	if (words->count == 0)
		return;
	struct wrapped line = wrapped_begin(app, STR("    "));
	wrapped_addf(&line, STYLE_FAINT, "  %s ", what);
	for (size_t i = 0; i < words->count && i < MOST_REASONS; i++) {
		struct str word = as_written(duplicates, points, words->at[i]);
		wrapped_addf(&line, STYLE_FAINT, "%s%.*s", i ? ", " : "", STR_ARGS(word));
	}
	wrapped_addf(&line, STYLE_FAINT, "%s", words->count > MOST_REASONS ? "…" : "");
	wrapped_end(&line);
}

static void print_point(const struct duplicates *duplicates, const struct attributed *point)
{
	struct app *app = duplicates->app;
	const struct person *person =
		point->trace ? author_of(&duplicates->notes.attribution, point->trace->origin)
			     : NULL;

	print_wrapped(app, 2, STYLE_NONE, point->text);
	struct wrapped line = wrapped_begin(app, STR("    "));
	wrapped_addf(&line, STYLE_NONE, "    ");
	wrapped_addf(&line, STYLE_FAINT, "%.*s:%u  %.*s › %.*s", STR_ARGS(point->file), point->line,
		     STR_ARGS(point->workshop->title), STR_ARGS(point->section));
	if (person) {
		wrapped_add(&line, STYLE_NONE, STR("  "));
		wrapped_add(&line, person_style(person), person->name);
	}
	wrapped_end(&line);
}

/* Was a point of the group reworded since people decided about it? */
static bool is_reworded(const struct duplicates *duplicates, const struct idea_group *group)
{
	const struct alike_notes *notes = &duplicates->notes;

	for (size_t i = 0; i < notes->decided_count; i++)
		for (size_t j = 0; j < group->count && notes->held[i].reworded; j++)
			if (notes->decided[i].kind == group->verdict &&
			    (notes->decided[i].a == group->wordings[j] ||
			     notes->decided[i].b == group->wordings[j]))
				return true;
	return false;
}

void duplicates_print_group(struct duplicates *duplicates, const struct idea_group *group,
			    const struct group_points *points)
{
	struct app *app = duplicates->app;
	struct alike_why reasons = explain(duplicates, group);

	print_style(app, STYLE_STRONG);
	print(app, "%s", duplicates_level_shown(group->level));
	print_style(app, STYLE_NONE);
	if (group->verdict != VERDICT_NONE)
		print(app, "  %s",
		      is_reworded(duplicates, group) ? _("decided, reworded since") : _("decided"));
	else if (group->level < ALIKE_SAME_WORDS)
		print(app, "  %u %%", group->score / (ALIKE_FULL / 100));
	print(app, "\n");
	for (size_t i = 0; i < points->count; i++)
		print_point(duplicates, duplicates_point(duplicates, points->at[i]));
	if (group->level < ALIKE_IDENTICAL || group->verdict != VERDICT_NONE) {
		print_words(duplicates, _("both:"), &reasons.shared, points);
		print_words(duplicates, _("only the first:"), &reasons.only_a, points);
		print_words(duplicates,
			    group->count > 2 ? _("only the others:") : _("only the second:"),
			    &reasons.only_b, points);
	}
	print(app, "\n");
}
