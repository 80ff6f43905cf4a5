#include "merge/respelled.h"

#include "core/text.h"

enum { NONE = -1 };

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

/*
 * The next word, if up to its end and right behind it there is nothing that folding may make
 * more words of, or fewer: ASCII, and what has the lead byte of accented letters.
 */
static bool next_plain_word(struct str *rest, struct str *word)
{
	const char *at = rest->at;

	if (!text_next_word(rest, word))
		return false;
	for (; at < rest->at + (rest->len > 0); at++)
		if (*at == '\xC3')
			at++;
		else if ((unsigned char)*at >= 0x80)
			return false;
	return true;
}

/* Whether words differ in the letters before the first that has an accent. */
static bool differ_in_letters(struct str a, struct str b)
{
	for (size_t i = 0; i < a.len && i < b.len; i++) {
		if (((unsigned char)a.at[i] | (unsigned char)b.at[i]) >= 0x80)
			return false;
		if ((a.at[i] | 0x20) != (b.at[i] | 0x20))
			return true;
	}
	return a.len != b.len;
}

/* Whether it is seen without folding all of both that they differ: mostly in the first word. */
static bool clearly_differ(struct str was, struct str is)
{
	struct str word, other;

	while (next_plain_word(&was, &word) && next_plain_word(&is, &other))
		if (differ_in_letters(word, other))
			return true;
	return false;
}

bool is_respelled(const struct three *three, int s, struct span span)
{
	struct str was = tokens_text(&three->base, span.a, span.a_end);
	struct str is = tokens_text(&three->side[s], span.b, span.b_end);

	if (was.len == 0 || is.len == 0 || clearly_differ(was, is))
		return false;
	struct arena scratch = {0};
	bool same = same_words(text_fold(&scratch, was), text_fold(&scratch, is));

	arena_free(&scratch);
	return same;
}

static void add_span(struct arena *arena, struct spans *spans, size_t *room, struct span span)
{
	arena_push(arena, spans->at, (size_t)spans->count, *room);
	spans->at[spans->count++] = span;
}

/* Word `b` of the side, counted in the span, and the one of the base that is as far behind `a`. */
static struct span word_pair(struct span span, int a, int b)
{
	int old = span.a + a + b;

	return (struct span){old, old + 1, span.b + b, span.b + b + 1};
}

/* Whether the words differ in nothing but capitals, accents and the marks behind them. */
static bool is_ended_otherwise(const struct three *three, int s, struct span word)
{
	struct arena scratch = {0};
	struct str was = word_without_marks_behind(three->base.at[word.a]);
	struct str is = word_without_marks_behind(three->side[s].at[word.b]);
	bool same = is_respelled(three, s, word) &&
		    str_equal(text_fold(&scratch, was), text_fold(&scratch, is));

	arena_free(&scratch);
	return same;
}

static bool are_ended_otherwise(const struct three *three, int s, struct span span, int first)
{
	for (int b = 0; b < span.b_end - span.b; b++)
		if (!is_ended_otherwise(three, s, word_pair(span, first, b)))
			return false;
	return true;
}

/*
 * The word of the base, counted in the span, that the first one of the side stands for; NONE:
 * it is not known. Of fewer words each has to be one that stood where the span begins or
 * ends: "hall." is left of "hall, as ever.", and the rest was taken out.
 */
static int first_respelled(const struct three *three, int s, struct span span)
{
	int fewer = (span.a_end - span.a) - (span.b_end - span.b);

	if (fewer == 0 || (fewer > 0 && are_ended_otherwise(three, s, span, 0)))
		return 0;
	return fewer > 0 && are_ended_otherwise(three, s, span, fewer) ? fewer : NONE;
}

struct spans part_respelled(struct arena *arena, const struct three *three, int s)
{
	const struct spans *spans = &three->spans[s];
	struct spans parted = {0};
	size_t room = 0;

	for (int i = 0; i < spans->count; i++) {
		struct span whole = spans->at[i], rest = whole;
		int first = first_respelled(three, s, whole);

		for (int b = 0; first != NONE && b < whole.b_end - whole.b; b++) {
			struct span word = word_pair(whole, first, b);

			if (!is_respelled(three, s, word))
				continue;
			if (rest.a < word.a)
				add_span(arena, &parted, &room,
					 (struct span){rest.a, word.a, rest.b, word.b});
			add_span(arena, &parted, &room, word);
			rest.a = word.a_end;
			rest.b = word.b_end;
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
