#include "merge/rising.h"

#include <string.h>

/* Fenwick tree over the values: the heaviest sequence that ends at or below each. */
struct best {
	uint64_t weight;
	int last; /* index + 1 */
};

bool is_rising(const int *values, int count)
{
	for (int i = 1; i < count; i++)
		if (values[i] <= values[i - 1])
			return false;
	return true;
}

bool *keep_rising(struct arena *arena, const int *values, const uint32_t *weights, int count,
		  int limit)
{
	bool *keep = arena_array(arena, bool, (size_t)count + 1);

	if (is_rising(values, count)) {
		memset(keep, true, (size_t)count);
		return keep;
	}
	struct best *tree = arena_array(arena, struct best, (size_t)limit + 2), top = {0};
	int *before = arena_array(arena, int, (size_t)count + 1);

	for (int i = 0; i < count; i++) {
		struct best mine = {0};

		for (int at = values[i]; at > 0; at -= at & -at)
			if (tree[at].weight > mine.weight)
				mine = tree[at];
		before[i] = mine.last;
		mine = (struct best){mine.weight + (weights ? weights[i] : 1), i + 1};
		for (int at = values[i] + 1; at <= limit + 1; at += at & -at)
			if (mine.weight > tree[at].weight)
				tree[at] = mine;
		if (mine.weight > top.weight)
			top = mine;
	}
	for (int i = top.last; i > 0; i = before[i - 1])
		keep[i - 1] = true;
	return keep;
}
