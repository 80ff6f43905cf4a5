#include "merge/yaml_one_value.h"

#include "merge/lag.h"
#include "merge/tally.h"
#include "merge/words.h"

/* What text `t` gives, if that is one value. */
static const struct yaml_wording *only_wording(const struct yaml_wordings texts[TEXTS], int t)
{
	return texts[t].count == 1 ? &texts[t].at[0] : NULL;
}

static bool is_text(const struct yaml_wording *wording)
{
	return wording && wording->node->kind == META_SCALAR;
}

/* Whether the text is among the values of the list or map. */
static bool has_among(const struct meta *collection, struct str text)
{
	for (size_t i = 0; i < collection->count; i++) {
		const struct meta *value = collection->entries[i].value;

		if (value->kind == META_SCALAR && str_equal(meta_says(value), text))
			return true;
	}
	return false;
}

/* The side that made a list or map of what is text on the other, and has it in there, or NULL. */
static const struct yaml_wording *one_that_holds(const struct yaml_wording *const given[TEXTS])
{
	for (int s = 0; s < SIDES; s++) {
		const struct yaml_wording *one = given[OURS + s], *other = given[OURS + 1 - s];

		if (is_text(other) && is_collection(one->node) &&
		    has_among(one->node, meta_says(other->node)))
			return one;
	}
	return NULL;
}

static bool reads_as(struct arena *arena, struct str written, struct str value)
{
	struct meta_doc doc = {0};
	err failure = meta_read(arena, written, "", &doc);
	bool same = !failure && str_equal(meta_text(doc.root, STR("value")), value);

	err_free(failure);
	return same;
}

/* Whether each stands in its text as what it says. */
static bool are_bare(const struct yaml_wording *const given[TEXTS])
{
	for (int t = BASE; t < TEXTS; t++)
		if (!str_equal(given[t]->made.text, meta_says(given[t]->node)))
			return false;
	return true;
}

/* Text as both sides wrote it, merged, if it says what it has to say then. */
static bool merge_written(const struct text_merge *values,
			  const struct yaml_wording *const given[TEXTS], struct str value,
			  struct str *out)
{
	struct arena *arena = values->words->arena;
	struct text_merge written = *values;
	struct buf entry = {.arena = arena};
	struct made made = {.text = value};
	bool bare = are_bare(given);

	written.base = given[BASE]->made.text;
	written.ours = given[OURS]->made.text;
	written.theirs = given[THEIRS]->made.text;
	if (!bare && !merge_text(&written, &made.text))
		return false;
	write_entry(&entry, STR("value:"), made, (struct lines){0});
	if (!(bare && meta_is_written_bare(value, false)) &&
	    !reads_as(arena, buf_str(&entry), value))
		return false;
	*out = made.text;
	return true;
}

/* The texts that `given` are. */
static struct text_merge texts_given(struct dictionary *words,
				     const struct yaml_wording *const given[TEXTS])
{
	return (struct text_merge){
		.words = words,
		.base = meta_says(given[BASE]->node),
		.ours = meta_says(given[OURS]->node),
		.theirs = meta_says(given[THEIRS]->node),
	};
}

/* Both changed a text. */
static bool merge_texts_of(struct arena *arena, const struct yaml_wording *const given[TEXTS],
			   struct made *out)
{
	struct dictionary words = {.arena = arena};
	struct text_merge values = texts_given(&words, given);
	struct str value;

	if (!merge_text(&values, &value))
		return false;
	for (int t = OURS; t < TEXTS; t++)
		if (str_equal(value, meta_says(given[t]->node))) {
			*out = given[t]->made;
			return true;
		}
	struct made made = made_of_text(arena, value);
	bool as_written = merge_written(&values, given, value, &made.text);
	if (!as_written && str_contains(value, STR("\n")))
		return false;
	*out = made;
	return true;
}

/* What is to be made one value; without ours: that goes without saying, or not at all. */
struct given {
	const struct yaml_wording *of[TEXTS];
	bool texts; /* all three */
};

static struct given find_given(const struct yaml_wordings texts[TEXTS])
{
	struct given given = {.of = {only_wording(texts, BASE), only_wording(texts, OURS),
				     only_wording(texts, THEIRS)}};
	const struct yaml_wording *const *of = given.of;

	if (!of[OURS] || !of[THEIRS] || str_equal(of[OURS]->identity, of[THEIRS]->identity) ||
	    (of[BASE] && is_collection(of[BASE]->node)))
		return (struct given){0};
	given.texts = is_text(of[BASE]) && is_text(of[OURS]) && is_text(of[THEIRS]);
	return given;
}

bool merge_to_one_value(struct arena *arena, const struct yaml_wordings texts[TEXTS],
			struct made *out)
{
	const struct given given = find_given(texts);

	if (!given.of[OURS])
		return false;
	if (given.texts)
		return merge_texts_of(arena, given.of, out);
	const struct yaml_wording *holder = one_that_holds(given.of);
	if (holder)
		*out = holder->made;
	return holder != NULL;
}

/* Whether what ours changed is quickly seen to be missing in theirs. */
static bool clearly_lacks(const struct text_merge *values)
{
	const struct doc unread = {0};

	return words_part(values->base, values->ours, values->theirs) ||
	       clearly_lags((struct noted){values->base, &unread},
			    (struct noted){values->ours, &unread},
			    (struct noted){values->theirs, &unread});
}

bool their_value_is_the_one(struct arena *arena, const struct yaml_wordings texts[TEXTS])
{
	struct dictionary words = {.arena = arena};
	const struct given given = find_given(texts);

	if (!given.of[OURS])
		return false;
	if (!given.texts)
		return one_that_holds(given.of) == given.of[THEIRS];
	struct text_merge values = texts_given(&words, given.of);
	return !clearly_lacks(&values) && merge_gives_theirs(&values);
}
