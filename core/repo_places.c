#include "core/repo_places.h"

#include <git2/sys/odb_backend.h>
#include <stdlib.h>

#include "core/id_table.h"
#include "core/repo_private.h"

struct search {
	struct id_table wanted;
	uint32_t *places; /* by number of those that are wanted */
	uint32_t passed;
};

/* Called in the order of each pack. */
static int pass(const git_oid *id, void *context)
{
	struct search *search = context;
	uint32_t number = id_table_find(&search->wanted, repo_id_from(id));

	search->passed++;
	if (number != ID_UNKNOWN)
		search->places[number] = search->passed;
	return 0;
}

void repo_places_find(const struct repo *repo, const struct object_id *ids, uint32_t count,
		      uint32_t *places)
{
	struct arena arena = {0};
	struct search search = {.places = arena_array(&arena, uint32_t, count)};
	uint32_t *numbers = arena_array(&arena, uint32_t, count);

	for (uint32_t i = 0; i < count; i++)
		numbers[i] = id_table_add(&arena, &search.wanted, ids[i]);
	for (size_t i = 0; i < git_odb_num_backends(repo->objects); i++) {
		git_odb_backend *backend = NULL;

		/* Only what has packs takes new ones. */
		if (git_odb_get_backend(&backend, repo->objects, i) == 0 && backend->writepack &&
		    backend->foreach)
			backend->foreach (backend, pass, &search);
	}
	for (uint32_t i = 0; i < count; i++)
		places[i] = search.places[numbers[i]];
	arena_free(&arena);
}

static int compare_files(const void *left, const void *right, void *context)
{
	const uint32_t *a = left, *b = right;
	const uint64_t *files = context;

	if (files[*a] != files[*b])
		return files[*a] < files[*b] ? -1 : 1;
	return (*a > *b) - (*a < *b);
}

bool repo_places_are_imported(const uint32_t *places, const uint64_t *files, uint32_t count)
{
	struct arena arena = {0};
	uint32_t *order = arena_array(&arena, uint32_t, count), later = 0, earlier = 0;

	for (uint32_t i = 0; i < count; i++)
		order[i] = i;
	if (count)
		qsort_r(order, count, sizeof *order, compare_files, (void *)(uintptr_t)files);
	for (uint32_t i = 1; i < count; i++) {
		uint32_t was = order[i - 1], now = order[i];

		if (files[was] != files[now])
			continue;
		later += places[now] > places[was];
		earlier += places[now] < places[was];
	}
	arena_free(&arena);
	return later > 2 * earlier;
}
