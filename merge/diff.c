#include "merge/diff.h"

#include <string.h>

/*
 * After this many differences the farthest way found so far is taken as it is
 * and the search starts anew behind it; of texts that still differ after so many
 * searches, sooner.
 */
enum { SEARCH_DEPTH = 128, LATER_DEPTH = 24, DEEP_SEARCHES = 64 };

/* One greedy search: for each depth, how far in `a` each diagonal was followed. */
struct search {
	struct numbers a, b;
	int *rows; /* row of depth d begins at d * d and holds diagonals -d to d */
	int row_room;
	int *partners;
	int b_offset;
};

static inline int *row_of(struct search *search, int depth)
{
	return search->rows + (ptrdiff_t)depth * depth + depth;
}

static inline int slide(const struct search *search, int x, int y)
{
	while (x < search->a.count && y < search->b.count && search->a.at[x] == search->b.at[y])
		x++, y++;
	return x;
}

/* Where diagonal `k` begins at this depth, going right or down from the one before. */
static inline int step(const int *before, int depth, int k)
{
	bool down = k == -depth || (k != depth && before[k - 1] < before[k + 1]);

	return down ? before[k + 1] : before[k - 1] + 1;
}

static void keep_way(struct search *search, int depth, int k)
{
	for (; depth >= 0; depth--) {
		int x = row_of(search, depth)[k], from = 0;

		if (depth > 0)
			from = step(row_of(search, depth - 1), depth, k);
		for (int i = from; i < x; i++)
			search->partners[i] = i - k + search->b_offset;
		if (depth > 0) {
			const int *before = row_of(search, depth - 1);
			bool down = k == -depth || (k != depth && before[k - 1] < before[k + 1]);
			k += down ? 1 : -1;
		}
	}
}

/* Rows as far as this depth. */
static void make_room(struct arena *arena, struct search *search, int depth)
{
	enum { FIRST_ROOM = 64, MOST_ROOM = (SEARCH_DEPTH + 1) * (SEARCH_DEPTH + 1) };
	int room = search->row_room ? 4 * search->row_room : FIRST_ROOM;

	if ((depth + 1) * (depth + 1) <= search->row_room)
		return;
	if (room > MOST_ROOM / 2)
		room = MOST_ROOM;
	search->rows = arena_grow(arena, search->rows, (size_t)search->row_room, (size_t)room,
				  sizeof *search->rows);
	search->row_room = room;
}

/* Fills the row of this depth. out: the diagonal that came farthest */
static int search_row(struct search *search, int depth)
{
	int *row = row_of(search, depth), n = search->a.count, m = search->b.count;
	const int *before = depth ? row_of(search, depth - 1) : NULL;
	int best = 0, best_sum = -1;

	for (int k = -depth; k <= depth; k += 2) {
		int x = depth ? step(before, depth, k) : 0;

		/* Diagonals that left the rectangle stay where they left it. */
		if (x <= n && x - k <= m) {
			x = slide(search, x, x - k);
			if (2 * x - k > best_sum)
				best_sum = 2 * x - k, best = k;
		}
		row[k] = x;
	}
	return best;
}

/* Follows the sequences to their ends or to the search's depth; out: how far in each. */
static void search_once(struct arena *arena, struct search *search, int most, int *a_done,
			int *b_done)
{
	int n = search->a.count, m = search->b.count;

	for (int depth = 0;; depth++) {
		make_room(arena, search, depth);
		int best = search_row(search, depth), x = row_of(search, depth)[best];

		if ((x == n && x - best == m) || depth == most) {
			keep_way(search, depth, best);
			*a_done = x;
			*b_done = x - best;
			return;
		}
	}
}

static void find_ends(struct numbers numbers, uint32_t *least, uint32_t *most)
{
	*least = UINT32_MAX;
	*most = 0;
	for (int i = 0; i < numbers.count; i++) {
		*least = numbers.at[i] < *least ? numbers.at[i] : *least;
		*most = numbers.at[i] > *most ? numbers.at[i] : *most;
	}
}

/*
 * Whether it is plain that they have nothing in common: numbers are given in order of
 * appearance, so what is all new has larger ones.
 */
static bool are_apart(struct numbers a, struct numbers b)
{
	uint32_t least[2], most[2];

	find_ends(a, &least[0], &most[0]);
	find_ends(b, &least[1], &most[1]);
	return most[0] < least[1] || most[1] < least[0];
}

void diff_into(struct numbers a, struct numbers b, int *partners, int b_offset)
{
	struct search search = {.a = a, .b = b, .partners = partners, .b_offset = b_offset};
	struct arena scratch = {0};
	int tail = 0;

	while (tail < a.count && tail < b.count &&
	       a.at[a.count - 1 - tail] == b.at[b.count - 1 - tail])
		tail++;
	for (int i = 1; i <= tail; i++)
		partners[a.count - i] = b.count - i + b_offset;
	search.a.count -= tail;
	search.b.count -= tail;
	if (are_apart(search.a, search.b))
		return;
	for (int searches = 0; search.a.count > 0 && search.b.count > 0; searches++) {
		int most = searches < DEEP_SEARCHES ? SEARCH_DEPTH : LATER_DEPTH, a_done, b_done;

		search_once(&scratch, &search, most, &a_done, &b_done);
		search.a.at += a_done, search.a.count -= a_done;
		search.b.at += b_done, search.b.count -= b_done;
		search.partners += a_done;
		search.b_offset += b_done;
	}
	arena_free(&scratch);
}

int *diff_partners(struct arena *arena, struct numbers a, struct numbers b)
{
	int *partners = arena_array(arena, int, (size_t)a.count + 1);

	memset(partners, -1, ((size_t)a.count + 1) * sizeof *partners);
	diff_into(a, b, partners, 0);
	return partners;
}

struct spans diff_numbers(struct arena *arena, struct numbers a, struct numbers b)
{
	struct arena scratch = {0};
	const int *partners = diff_partners(&scratch, a, b);
	struct spans spans = {0};
	size_t room = 0;
	int i = 0, j = 0;

	while (i < a.count || j < b.count) {
		struct span span = {.a = i, .b = j};

		while (i < a.count && partners[i] < 0)
			i++;
		j = i < a.count ? partners[i] : b.count;
		span.a_end = i;
		span.b_end = j;
		if (span.a < span.a_end || span.b < span.b_end) {
			arena_push(arena, spans.at, (size_t)spans.count, room);
			spans.at[spans.count++] = span;
		}
		if (i < a.count)
			i++, j++;
	}
	arena_free(&scratch);
	return spans;
}

/* Whether a change belongs to the stretch before it. */
static bool is_near(const struct region *region, const struct span *next, int apart,
		    const bool *fence)
{
	int end = region->base_end;

	if (next->a < end || (region->base == next->a && next->a == next->a_end))
		return true;
	if (next->a - end >= apart)
		return false;
	if (fence && end > 0 && next->a == end && fence[end - 1])
		return false;
	for (int i = end; i < next->a; i++)
		if (fence && fence[i])
			return false;
	return true;
}

/* The side's index that stands for base index `at`, given its first span that is not before it. */
static int image(const struct spans *spans, int next, int at)
{
	int before = next > 0 ? spans->at[next - 1].b_end - spans->at[next - 1].a_end : 0;

	return at + before;
}

static void take(struct region *region, const struct span *span, int s, int next[2])
{
	region->changed[s] = true;
	if (span->a_end > region->base_end)
		region->base_end = span->a_end;
	next[s]++;
}

/*
 * Takes into `region` every change that is near it, of both sides, in order.
 * Of two that begin at one point the shorter comes first.
 */
static void gather(struct region *region, const struct spans *const sides[2], int next[2],
		   int apart, const bool *fence)
{
	const struct span *head[2] = {NULL, NULL};
	bool grew = true;

	for (int s = 0; s < 2; s++)
		if (next[s] < sides[s]->count && sides[s]->at[next[s]].a == region->base)
			head[s] = sides[s]->at + next[s];
	int first = !head[0] || (head[1] && head[1]->a_end < head[0]->a_end);
	take(region, head[first], first, next);
	while (grew) {
		grew = false;
		for (int s = 0; s < 2; s++) {
			if (next[s] == sides[s]->count)
				continue;
			const struct span *span = sides[s]->at + next[s];
			if (!is_near(region, span, region->changed[1 - s] ? apart : 0, fence))
				continue;
			take(region, span, s, next);
			grew = true;
		}
	}
}

static void add_region(struct arena *arena, struct regions *regions, size_t *room,
		       struct region region)
{
	arena_push(arena, regions->at, (size_t)regions->count, *room);
	regions->at[regions->count++] = region;
}

struct regions diff_regions(struct arena *arena, int base_count, struct spans ours,
			    struct spans theirs, int apart, const bool *fence)
{
	const struct spans *const sides[2] = {&ours, &theirs};
	struct regions regions = {0};
	int at = 0, next[2] = {0, 0};
	size_t room = 0;

	while (at < base_count || next[0] < ours.count || next[1] < theirs.count) {
		int first = base_count;
		struct region region = {.base = at};

		for (int s = 0; s < 2; s++) {
			region.side[s] = image(sides[s], next[s], at);
			if (next[s] < sides[s]->count && sides[s]->at[next[s]].a < first)
				first = sides[s]->at[next[s]].a;
		}
		bool open = next[0] == ours.count && next[1] == theirs.count;
		if (at < first || open) {
			region.base_end = first;
		} else {
			region.base_end = at;
			gather(&region, sides, next, apart, fence);
		}
		at = region.base_end;
		for (int s = 0; s < 2; s++)
			region.side_end[s] = image(sides[s], next[s], at);
		add_region(arena, &regions, &room, region);
	}
	return regions;
}
