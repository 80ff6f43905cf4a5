/* What is shown of the wordings of one set: where, and how they differ, in braces and strong. */

#include "cmd/json.h"
#include "cmd/wordings.h"
#include "cmd/wrapped.h"
#include "core/message.h"
#include "merge/dictionary.h"
#include "merge/diff.h"

struct spoken {
	struct str *words;
	struct numbers ids;
	bool *shared; /* the word stands in all wordings */
};

static struct spoken read_words(struct dictionary *words, struct str text)
{
	size_t count = str_word_count(text);
	uint32_t *ids = arena_array(words->arena, uint32_t, count + 1);
	struct spoken spoken = {
		.words = arena_array(words->arena, struct str, count + 1),
		.shared = arena_array(words->arena, bool, count + 1),
	};
	struct str word;

	for (size_t i = 0; i < count && str_next_word(&text, &word); i++) {
		spoken.words[i] = word;
		ids[i] = word_id(words, word);
	}
	spoken.ids = (struct numbers){ids, (int)count};
	return spoken;
}

/* Finds the words of the first wording that all others have in the same order. */
static struct spoken *compare(struct arena *arena, const struct choice *choice)
{
	struct dictionary words = {.arena = arena};
	struct spoken *all = arena_array(arena, struct spoken, choice->count);
	const int **partners = arena_alloc(arena, choice->count, sizeof(int *));

	for (size_t n = 0; n < choice->count; n++)
		all[n] = read_words(&words, choice->texts[n]);
	for (size_t n = 1; n < choice->count; n++)
		partners[n] = diff_partners(arena, all[0].ids, all[n].ids);
	for (int i = 0; i < all[0].ids.count; i++) {
		bool everywhere = true;

		for (size_t n = 1; n < choice->count; n++)
			everywhere = everywhere && partners[n][i] >= 0;
		all[0].shared[i] = everywhere;
		for (size_t n = 1; everywhere && n < choice->count; n++)
			all[n].shared[partners[n][i]] = true;
	}
	return all;
}

/* Wordings that share no word need no marks to be told apart. */
static bool any_shared(const struct spoken *spoken)
{
	for (int i = 0; i < spoken->ids.count; i++)
		if (spoken->shared[i])
			return true;
	return false;
}

static void print_wording(struct app *app, size_t number, const struct spoken *spoken)
{
	/* What a program reads has the words as they are. */
	bool marked = app->screen.width > 0 && any_shared(spoken);
	struct wrapped line = wrapped_begin(app, STR("     "));

	wrapped_addf(&line, STYLE_NONE, "  %zu  ", number);
	for (int i = 0; i < spoken->ids.count; i++) {
		bool own = marked && !spoken->shared[i];
		bool begins = own && (i == 0 || spoken->shared[i - 1]);
		bool ends = own && (i + 1 == spoken->ids.count || spoken->shared[i + 1]);

		wrapped_addf(&line, STYLE_NONE, "%s", i ? " " : "");
		wrapped_addf(&line, own ? STYLE_STRONG : STYLE_NONE, "%s%.*s%s", begins ? "{" : "",
			     STR_ARGS(spoken->words[i]), ends ? "}" : "");
	}
	wrapped_end(&line);
}

void choice_print(struct app *app, const struct choice *choice)
{
	const struct spoken *all = compare(&app->arena, choice);

	print_style(app, STYLE_FAINT);
	print(app, "%.*s:%u  %.*s", STR_ARGS(choice->path), choice->line, STR_ARGS(choice->id));
	if (choice->name.len)
		print(app, "  %.*s", STR_ARGS(choice->name));
	print(app, "\n");
	print_style(app, STYLE_NONE);
	for (size_t n = 0; n < choice->count; n++)
		print_wording(app, n + 1, &all[n]);
}

void choices_tell(struct app *app, size_t count)
{
	if (count)
		print_line(app,
			   message_plural("%zu point has several wordings: “atelier choose” asks "
					  "which one stays.\n",
					  "%zu points have several wordings: “atelier choose” asks "
					  "which ones stay.\n",
					  count),
			   count);
}

struct json *choice_record(const struct choice *choice)
{
	struct json *record = json_record();

	json_add_text(record, "workshop", choice->workshop);
	json_add_text(record, "file", choice->path);
	json_add_number(record, "line", choice->line);
	json_add_text(record, "id", choice->id);
	return record;
}
