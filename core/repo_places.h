/*
 * Where objects stand in the packs that git keeps.
 *
 * Invariant: a place only tells in which order to read.
 */
#ifndef CORE_REPO_PLACES_H
#define CORE_REPO_PLACES_H

#include <stdint.h>

#include "core/repo.h"

/*
 * out: `places`: of each id a number, larger than those of what stands before it in its pack;
 * 0: in no pack.
 * cost: that of going through all ids in packs
 */
void repo_places_find(const struct repo *repo, const struct object_id *ids, uint32_t count,
		      uint32_t *places);
/*
 * Whether packs have versions of files as they were imported: each told by what came before,
 * which may be another file. Packs that git makes begin with the latest versions, and tell a
 * version by a later one of the same file. `files`: of which file each is a version.
 */
bool repo_places_are_imported(const uint32_t *places, const uint64_t *files, uint32_t count);

#endif
