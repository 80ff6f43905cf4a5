/*
 * Names that some file systems take for one: the same but for upper and lower
 * case, or for how accents are composed.
 *
 * Invariant: of several such names the smallest in bytes is the one on disk.
 */
#ifndef CORE_SAME_NAME_H
#define CORE_SAME_NAME_H

#include "core/hash.h"

/* Equal for paths that a file system may take for one. */
struct key same_name_key(struct arena *arena, struct str path);

/* A path, and the smallest one of its name. */
struct same_name {
	struct key key;
	struct str path, first;
	bool later; /* where several have one name, it comes after those that are not `later` */
};

/* Sorts by name, then `later`, then bytes, and fills in `first`. cost: n log n */
void same_names_find(struct same_name *names, size_t count);

#endif
