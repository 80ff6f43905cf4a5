#include "merge/hashes.h"

#include <stdbool.h>
#include <stdlib.h>

#include "core/ascending.h"

void hashes_sort(uint64_t *all, size_t count)
{
	qsort(all, count, sizeof *all, ascending_u64);
}

/* How many are smaller, or, where `equal`, as large at most. */
static size_t count_below(const uint64_t *sorted, size_t count, uint64_t hash, bool equal)
{
	size_t low = 0;

	while (low < count) {
		size_t middle = low + (count - low) / 2;

		if (sorted[middle] < hash || (equal && sorted[middle] == hash))
			low = middle + 1;
		else
			count = middle;
	}
	return low;
}

size_t hashes_count(const uint64_t *sorted, size_t count, uint64_t hash)
{
	return count_below(sorted, count, hash, true) - count_below(sorted, count, hash, false);
}
