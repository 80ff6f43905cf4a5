#include "merge/merge.h"

#include "merge/ladder.h"
#include "merge/layout.h"
#include "merge/markers.h"
#include "merge/merge_yaml.h"
#include "merge/scalar.h"
#include "merge/tell.h"

enum text_format text_format_of(struct str path)
{
	if (str_ends(path, STR(".yml")) || str_ends(path, STR(".yaml")))
		return FORMAT_YAML;
	if (str_ends(path, STR(".md")) || str_ends(path, STR(".markdown")))
		return FORMAT_NOTE;
	return FORMAT_TEXT;
}

/* out: whether the texts could be merged by key */
static bool merge_keys(struct arena *arena, struct merge_input input, struct merged *out)
{
	struct texts texts = texts_in_order(input);
	struct str yaml = merge_yaml(arena, texts.raw[BASE], texts.raw[OURS], texts.raw[THEIRS]);

	/* Writing a value anew may have to spell a byte of it in another way. */
	if (!yaml.at ||
	    verify_merge(arena, texts_input(&texts), yaml).verdict == VERDICT_WORD_INVENTED)
		return false;
	*out = (struct merged){.text = yaml};
	merged_tell_values(arena, input, yaml, out);
	return true;
}

/* Of markers within markers, so many are taken apart. */
enum { MARKERS_WITHIN = 2 };

static struct merged merge_marked(struct arena *arena, struct merge_input input, int within);

/*
 * Makes a text in which somebody recorded git's markers what the two versions between
 * them give merged, where the other text changed the same. out: whether it is one
 */
static bool take_apart(struct arena *arena, struct merge_input input, struct str *text,
		       struct str other, int within)
{
	struct str versions[2];

	if (within == 0 || !markers_split(arena, input.base, *text, other, versions))
		return false;
	input.ours = versions[0];
	input.theirs = versions[1];
	*text = merge_marked(arena, input, within - 1).text;
	return true;
}

static struct merged merge_marked(struct arena *arena, struct merge_input input, int within)
{
	struct merge_input apart = input;
	struct merged merged = {0};

	if (take_changed(input.base, input.ours, input.theirs, &merged.text))
		return merged;
	if (input.format == FORMAT_YAML && merge_keys(arena, input, &merged))
		return merged;
	bool in_ours = take_apart(arena, input, &apart.ours, input.theirs, within);
	bool in_theirs = take_apart(arena, input, &apart.theirs, input.ours, within);
	if (in_ours || in_theirs)
		return merge_marked(arena, apart, within - 1);
	return merge_unread(arena, input, EXTENT_WHOLE, merge_note);
}

struct merged merge_texts(struct arena *arena, struct merge_input input)
{
	struct merged merged = {0};

	if (take_changed(input.base, input.ours, input.theirs, &merged.text))
		return merged;
	struct layout layout = layout_take(arena, &input.base, &input.ours, &input.theirs);
	merged = merge_marked(arena, input, MARKERS_WITHIN);
	merged.text = layout_give(arena, merged.text, layout);
	return merged;
}
