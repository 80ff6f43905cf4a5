#include "merge/twice.h"

#include "merge/similar.h"

/* What is as long is looked at; so many words are read at most. */
enum { TELLING_WORDS = 3, MOST_READ = 4000000 };

/* The changes of a side that say enough, with their words. */
struct changes {
	struct span *at;
	int count;
	int64_t words;
};

static struct changes telling_changes(struct arena *arena, const struct spans *spans)
{
	struct changes telling = {.at = arena_array(arena, struct span, (size_t)spans->count + 1)};

	for (int i = 0; i < spans->count; i++) {
		int words = spans->at[i].b_end - spans->at[i].b;

		if (words >= TELLING_WORDS) {
			telling.at[telling.count++] = spans->at[i];
			telling.words += words;
		}
	}
	return telling;
}

/* Whether both change the same words, or put some in at the same point. */
static bool in_one_place(const struct span *x, const struct span *y)
{
	return (x->a == y->a && x->a_end == y->a_end) || spans_overlap(x, y);
}

bool says_twice(struct arena *arena, const struct tokens side[2], const struct spans spans[2])
{
	struct changes ours = telling_changes(arena, &spans[0]);
	struct changes theirs = telling_changes(arena, &spans[1]);

	if (ours.words * theirs.count + theirs.words * ours.count > MOST_READ)
		return true;
	for (int i = 0; i < ours.count; i++)
		for (int j = 0; j < theirs.count; j++) {
			const struct span *x = ours.at + i, *y = theirs.at + j;

			if (!in_one_place(x, y) &&
			    similarity(arena, tokens_slice(&side[0], x->b, x->b_end),
				       tokens_slice(&side[1], y->b, y->b_end)) >= TWICE_ALIKE)
				return true;
		}
	return false;
}
