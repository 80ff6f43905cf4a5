/*
 * What the items of a YAML list say of their keys, to ask which of it one item alone says.
 */
#ifndef MERGE_YAML_SAYINGS_H
#define MERGE_YAML_SAYINGS_H

#include "core/meta.h"

/* A number for each key with its value, in order. */
struct sayings {
	uint64_t *hashes;
	size_t count;
};

/* cost: linear but for the sorting. */
struct sayings sayings_of(struct arena *arena, const struct meta *list);

/* Whether no more than one item gives the key this value. */
bool is_said_once(const struct sayings *sayings, struct str key, const struct meta *value);

#endif
