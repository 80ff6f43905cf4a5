#include "merge/yaml_one_value.h"

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

		if (value->kind == META_SCALAR && str_equal(value->value, text))
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
		    has_among(one->node, other->node->value))
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

/* Text of several lines as both sides wrote it, merged, if it says what it has to say then. */
static bool merge_written(const struct text_merge *values,
			  const struct yaml_wording *const given[TEXTS], struct str value,
			  struct str *out)
{
	struct arena *arena = values->words->arena;
	struct text_merge written = *values;
	struct buf entry = {.arena = arena};
	struct made made = {0};

	written.base = given[BASE]->made.text;
	written.ours = given[OURS]->made.text;
	written.theirs = given[THEIRS]->made.text;
	if (!merge_text(&written, &made.text))
		return false;
	write_entry(&entry, STR("value:"), made, (struct lines){0});
	if (!reads_as(arena, buf_str(&entry), value))
		return false;
	*out = made.text;
	return true;
}

/* Whether merging what came out with either side gives it again, by the count of words too. */
static bool comes_out_again(const struct text_merge *values, struct str value)
{
	struct text_merge with_ours = *values, with_theirs = *values;
	struct str again[2];

	with_ours.theirs = with_theirs.ours = value;
	return merge_text(&with_ours, &again[0]) && merge_text(&with_theirs, &again[1]) &&
	       str_equal(again[0], value) && str_equal(again[1], value);
}

/* Both changed a text. */
static bool merge_texts_of(struct arena *arena, const struct yaml_wording *const given[TEXTS],
			   struct made *out)
{
	struct dictionary words = {.arena = arena};
	struct text_merge values = {
		.words = &words,
		.base = given[BASE]->node->value,
		.ours = given[OURS]->node->value,
		.theirs = given[THEIRS]->node->value,
	};
	struct str value;

	if (!merge_text(&values, &value) || !comes_out_again(&values, value))
		return false;
	for (int t = OURS; t < TEXTS; t++)
		if (str_equal(value, given[t]->node->value)) {
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

bool merge_to_one_value(struct arena *arena, const struct yaml_wordings texts[TEXTS],
			struct made *out)
{
	const struct yaml_wording *const given[TEXTS] = {
		only_wording(texts, BASE), only_wording(texts, OURS), only_wording(texts, THEIRS)};

	if (!given[OURS] || !given[THEIRS] ||
	    str_equal(given[OURS]->identity, given[THEIRS]->identity) ||
	    (given[BASE] && is_collection(given[BASE]->node)))
		return false;
	if (is_text(given[BASE]) && is_text(given[OURS]) && is_text(given[THEIRS]))
		return merge_texts_of(arena, given, out);
	const struct yaml_wording *holder = one_that_holds(given);
	if (holder)
		*out = holder->made;
	return holder != NULL;
}
