#include "merge/respelled.h"

#include "core/text.h"

/* Whether both texts say the same words, and some. A sign says much of a figure. */
static bool same_words(struct str was, struct str is)
{
	struct str word, same;

	if (!text_next_word(&was, &word) || byte_is_digit(word.at[0]))
		return false;
	for (bool more = true; more; more = text_next_word(&was, &word)) {
		text_next_word(&is, &same);
		if (!str_equal(word, same))
			return false;
	}
	return !text_next_word(&is, &same);
}

bool is_respelled(const struct three *three, int s, struct span span)
{
	struct arena scratch = {0};
	struct str was = tokens_text(&three->base, span.a, span.a_end);
	struct str is = tokens_text(&three->side[s], span.b, span.b_end);
	bool same = same_words(text_fold(&scratch, was), text_fold(&scratch, is));

	arena_free(&scratch);
	return same;
}

static void add_span(struct arena *arena, struct spans *spans, size_t *room, struct span span)
{
	arena_push(arena, spans->at, (size_t)spans->count, *room);
	spans->at[spans->count++] = span;
}

struct spans part_respelled(struct arena *arena, const struct three *three, int s)
{
	const struct spans *spans = &three->spans[s];
	struct spans parted = {0};
	size_t room = 0;

	for (int i = 0; i < spans->count; i++) {
		struct span rest = spans->at[i];
		bool as_many = rest.a_end - rest.a == rest.b_end - rest.b;

		for (int a = rest.a, b = rest.b; as_many && a < rest.a_end; a++, b++) {
			struct span word = {a, a + 1, b, b + 1};

			if (!is_respelled(three, s, word))
				continue;
			if (rest.a < a)
				add_span(arena, &parted, &room,
					 (struct span){rest.a, a, rest.b, b});
			add_span(arena, &parted, &room, word);
			rest.a = a + 1;
			rest.b = b + 1;
		}
		if (rest.a < rest.a_end || rest.b < rest.b_end)
			add_span(arena, &parted, &room, rest);
	}
	return parted;
}

static enum fence fence_of(struct str word)
{
	if (is_lone_mark(word))
		return FENCE_AROUND;
	return ends_sentence(word) ? FENCE_BEHIND : NO_FENCE;
}

enum fence *statement_fences(struct arena *arena, const struct three *three)
{
	const struct tokens *base = &three->base;
	enum fence *fences = arena_array(arena, enum fence, (size_t)base->count + 1);

	for (int i = 0; i < base->count; i++)
		fences[i] = fence_of(base->at[i]);
	for (int s = 0; s < 2; s++)
		for (int i = 0; i < three->spans[s].count; i++) {
			const struct span span = three->spans[s].at[i];
			bool respelled = is_respelled(three, s, span);

			for (int at = span.a; respelled && at < span.a_end; at++)
				fences[at] = FENCE_AROUND;
		}
	return fences;
}
