/*
 * Whether one version of a YAML text already holds every change of another:
 * then the merge is that version, byte for byte, and merging again changes nothing.
 */
#ifndef MERGE_YAML_ABSORB_H
#define MERGE_YAML_ABSORB_H

#include "core/meta.h"
#include "merge/sides.h"

/*
 * The side that holds all that the other changed in `base`: additions, deletions,
 * wordings and comments; order and layout aside. `base` may be NULL.
 * out: OURS or THEIRS; BASE: neither, or both
 * cost: n log n.
 */
int yaml_absorbing(const struct meta *base, const struct meta *ours, const struct meta *theirs);

#endif
