/*
 * What comparing found out, kept for the next time.
 *
 * Invariant: an entry tells all that its comparison looked at (both texts, their
 * stems, the weights), so a wrong or missing memory costs time, never an answer.
 */
#ifndef MERGE_ALIKE_MEMORY_H
#define MERGE_ALIKE_MEMORY_H

#include "core/hash.h"
#include "merge/alike.h"

struct remembered {
	struct key key;
	struct alikeness found;
};

struct alike_memory {
	struct arena *arena;
	struct remembered *known; /* by key */
	size_t known_count;
	struct remembered *used; /* what the last run needed, in any order */
	size_t used_count;
};

/* Several threads may ask at once. out: false: not known. */
bool alike_recall(const struct alike_memory *memory, struct key key, struct alikeness *found);

/*
 * Reads what alike_memory_write() gave. Entries whose checksum is wrong, and the
 * whole of another version, are left out.
 */
struct alike_memory alike_memory_read(struct arena *arena, struct str bytes);
/* What was used, as bytes; the same on every run over the same texts. */
struct str alike_memory_write(struct arena *arena, struct alike_memory *memory);

#endif
