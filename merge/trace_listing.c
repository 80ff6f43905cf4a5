#include "merge/trace_listing.h"

#include <stdlib.h>

void listing_add(struct arena *arena, struct listing *listing, uint32_t under, uint32_t what)
{
	arena_push(arena, listing->at, listing->count, listing->room);
	listing->at[listing->count++] = (struct listed){under, what};
}

static int compare_listed(const void *left, const void *right)
{
	const struct listed *a = left, *b = right;

	if (a->under != b->under)
		return a->under < b->under ? -1 : 1;
	return (a->what > b->what) - (a->what < b->what);
}

void listing_order(struct listing *listing)
{
	if (listing->count)
		qsort(listing->at, listing->count, sizeof *listing->at, compare_listed);
}

const struct listed *listing_find(const struct listing *listing, uint32_t under, size_t *count)
{
	size_t low = 0, high = listing->count, end;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (listing->at[middle].under < under)
			low = middle + 1;
		else
			high = middle;
	}
	for (end = low; end < listing->count && listing->at[end].under == under;)
		end++;
	*count = end - low;
	return end > low ? listing->at + low : NULL;
}
