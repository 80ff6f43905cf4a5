/*
 * Whether one version of a YAML text already holds every change of another:
 * then the merge is that version, byte for byte, and merging again changes nothing.
 */
#ifndef MERGE_YAML_ABSORB_H
#define MERGE_YAML_ABSORB_H

#include "core/meta.h"

/*
 * Whether `whole` holds all that `part` changed in `base`: additions, deletions,
 * wordings and comments; order and layout aside. `base` may be NULL.
 * cost: n log n.
 */
bool yaml_absorbs(const struct meta *base, const struct meta *part, const struct meta *whole);

#endif
