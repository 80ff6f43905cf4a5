#include "merge/numbered.h"

#include <stdlib.h>

static int by_number(const void *a, const void *b)
{
	const struct numbered_piece *x = a, *y = b;

	return x->id != y->id ? (x->id > y->id) - (x->id < y->id) : x->at - y->at;
}

void numbered_sort(struct numbered_piece *all, int count)
{
	qsort(all, (size_t)count, sizeof *all, by_number);
}

bool numbered_meet(const struct numbered_piece *a, int a_count, const struct numbered_piece *b,
		   int b_count, int *i, int *j)
{
	while (*i < a_count && *j < b_count && a[*i].id != b[*j].id) {
		if (a[*i].id < b[*j].id)
			++*i;
		else
			++*j;
	}
	return *i < a_count && *j < b_count;
}
