/*
 * What one side moved within, or out of, something that the other side moved.
 *
 *     base        ours       theirs      result
 *     # A         # B        # A         # B
 *     - x         - z        - y         - z
 *     - y         # A        - x         # A
 *     # B         - x        # B         - y
 *     - z         - y        - z         - x
 *
 * Ours moved # A and all under it: x only went along. Theirs moved x itself, so
 * it is theirs that tells where x stands.
 */
#ifndef MERGE_STRAYS_H
#define MERGE_STRAYS_H

#include "merge/plan.h"

/*
 * out: by node whether side `s` tells where it stands, though both moved it; NULL:
 * there is none.
 */
const bool *find_strays(struct arena *arena, const struct plan *plan, int s);

#endif
