#include "core/same_name.h"

#include <stdlib.h>

#include "core/text.h"

struct key same_name_key(struct arena *arena, struct str path)
{
	return key_of(text_caseless(arena, path));
}

static int compare_names(const void *left, const void *right)
{
	const struct same_name *a = left, *b = right;
	int order = key_compare(a->key, b->key);

	if (order == 0)
		order = (int)a->later - (int)b->later;
	return order ? order : str_compare(a->path, b->path);
}

void same_names_find(struct same_name *names, size_t count)
{
	if (count)
		qsort(names, count, sizeof *names, compare_names);
	for (size_t i = 0; i < count; i++)
		names[i].first = i > 0 && key_equal(names[i - 1].key, names[i].key)
					 ? names[i - 1].first
					 : names[i].path;
}
