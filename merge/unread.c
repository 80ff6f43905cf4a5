#include "merge/unread.h"

#include "merge/pass.h"
#include "merge/scalar.h"
#include "merge/tell.h"

/* What needs no looking into: a side that only changed, or holds all of the other. */
static bool merge_at_once(struct arena *arena, const struct texts *texts, struct merged *out)
{
	const struct str *raw = texts->raw;
	struct str changed;
	int holder;

	if (take_changed(raw[BASE], raw[OURS], raw[THEIRS], &changed))
		*out = (struct merged){.text = changed};
	else if ((holder = find_holder(texts)) >= 0)
		*out = take_side(arena, texts, holder);
	else
		return false;
	return true;
}

/* Bytes that are no text, or too much of it: by lines. */
static struct merged merge_bytes(struct arena *arena, const struct texts *texts)
{
	const struct merge_input input = texts_input(texts);
	struct dictionary words = {.arena = arena};
	struct text_merge merge = texts_by_lines(texts, &words);
	struct merged merged = {0};
	struct finding finding = {0};

	if (merge_text(&merge, &merged.text)) {
		struct verifier verifier = {.input = input};

		finding = check_result(arena, &verifier, merged.text);
		verifier_free(&verifier);
		if (finding.verdict == VERDICT_GOOD)
			return merged;
	}
	return merged_told(arena, input, merge_on(arena, texts, DEGRADED_KEEP_BOTH), finding);
}

struct merged merge_unread(struct arena *arena, struct merge_input input, enum extent extent,
			   read_merge *merge)
{
	struct texts texts = texts_in_order(input);
	struct arena reading = {0};
	struct merged merged;

	/* Texts that were read are quicker to look through. */
	bool read = texts_read(&reading, &texts);
	if (!merge_at_once(arena, &texts, &merged))
		merged = read ? merge(arena, &texts, extent) : merge_bytes(arena, &texts);
	arena_free(&reading);
	return merged;
}

struct str merged_text(struct arena *arena, struct merge_input input, read_merge *merge)
{
	struct texts texts = texts_in_order(input);
	struct arena reading = {0};
	struct merged merged;

	if (!merge_at_once(arena, &texts, &merged))
		merged = texts_read(&reading, &texts) ? merge(arena, &texts, EXTENT_WHOLE)
						      : merge_bytes(arena, &texts);
	arena_free(&reading);
	return merged.text;
}

bool can_merge_often(struct merge_input input)
{
	enum { OFTEN_BYTES = 1 << 17 }; /* of all inputs */

	return input.base.len + input.ours.len + input.theirs.len <= OFTEN_BYTES;
}
