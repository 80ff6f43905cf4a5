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

struct spans spans_between(struct arena *arena, const int *partners, int a_count, int b_count)
{
	struct spans spans = {0};
	size_t room = 0;
	int i = 0, j = 0;

	while (i < a_count || j < b_count) {
		struct span span = {.a = i, .b = j};

		while (i < a_count && partners[i] < 0)
			i++;
		j = i < a_count ? partners[i] : b_count;
		span.a_end = i;
		span.b_end = j;
		if (span.a < span.a_end || span.b < span.b_end) {
			arena_push(arena, spans.at, (size_t)spans.count, room);
			spans.at[spans.count++] = span;
		}
		if (i < a_count)
			i++, j++;
	}
	return spans;
}

struct spans diff_numbers(struct arena *arena, struct numbers a, struct numbers b)
{
	struct arena scratch = {0};
	const int *partners = diff_partners(&scratch, a, b);
	struct spans spans = spans_between(arena, partners, a.count, b.count);

	arena_free(&scratch);
	return spans;
}

void spans_rise(struct spans *spans, struct numbers a, struct numbers b)
{
	for (int i = 0; i < spans->count; i++) {
		struct span *it = spans->at + i;
		int above = i > 0 ? it[-1].a_end + 1 : 0; /* the two stay apart */
		bool puts_in = it->a == it->a_end, takes_out = it->b == it->b_end;

		while ((puts_in || takes_out) && it->a > above &&
		       a.at[it->a_end - 1] == b.at[it->b_end - 1])
			it->a--, it->a_end--, it->b--, it->b_end--;
	}
}
