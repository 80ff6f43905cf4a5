#include "merge/put_in.h"

/* Whether what the other side put in at a place of the base side `s` has from `from` on. */
static bool has_same(const struct three *three, int s, const struct span *put_in, int from)
{
	struct tokens theirs = tokens_part(&three->side[1 - s], put_in->b, put_in->b_end);
	struct tokens ours = tokens_part(&three->side[s], from, from + theirs.count);

	return tokens_equal(&theirs, &ours);
}

/* What side `s` has of what the other put in, in front of its change and behind it. */
struct same {
	int in_front, behind; /* how many tokens */
};

static struct same find_same(const struct three *three, int s, const struct span *span, int first)
{
	const struct spans *others = &three->spans[1 - s];
	struct same same = {0, 0};

	for (int i = first; i < others->count && others->at[i].a <= span->a_end; i++) {
		const struct span *put_in = &others->at[i];
		int count = put_in->b_end - put_in->b;

		if (put_in->a < put_in->a_end || count > span->b_end - span->b - same.in_front)
			continue;
		if (put_in->a == span->a && has_same(three, s, put_in, span->b))
			same.in_front = count;
		else if (put_in->a == span->a_end &&
			 has_same(three, s, put_in, span->b_end - count))
			same.behind = count;
	}
	return same;
}

static void add_span(struct arena *arena, struct spans *spans, size_t *room, struct span span)
{
	if (span.a == span.a_end && span.b == span.b_end)
		return;
	arena_push(arena, spans->at, (size_t)spans->count, *room);
	spans->at[spans->count++] = span;
}

/* The changes of side `s`. */
static struct spans part_changes(struct arena *arena, const struct three *three, int s)
{
	const struct spans *others = &three->spans[1 - s];
	struct spans parted = {0};
	size_t room = 0;
	int first = 0;

	for (int i = 0; i < three->spans[s].count; i++) {
		struct span span = three->spans[s].at[i];
		struct same same = {0, 0};

		while (first < others->count && others->at[first].a_end < span.a)
			first++;
		if (span.a < span.a_end)
			same = find_same(three, s, &span, first);
		int begin = span.b + same.in_front, end = span.b_end - same.behind;

		add_span(arena, &parted, &room, (struct span){span.a, span.a, span.b, begin});
		add_span(arena, &parted, &room, (struct span){span.a, span.a_end, begin, end});
		add_span(arena, &parted, &room,
			 (struct span){span.a_end, span.a_end, end, span.b_end});
	}
	return parted;
}

void part_same_additions(struct arena *arena, struct three *three)
{
	struct spans parted[2];

	for (int s = 0; s < 2; s++)
		parted[s] = part_changes(arena, three, s);
	for (int s = 0; s < 2; s++)
		three->spans[s] = parted[s];
}
