/*
 * Versions that somebody has put others in the place of (git commit --amend): what
 * two heads have in common then is the version as it was before.
 *
 * Invariant: what is found depends on the two heads alone, like all that a union
 * depends on.
 */
#ifndef CMD_REWRITTEN_H
#define CMD_REWRITTEN_H

#include "core/repo_object.h"

/*
 * The versions that changes of either head are to be told from: the best common
 * ancestors, and versions of one head that the other has amended. By id; none is
 * reached from another.
 */
err rewritten_bases(struct arena *arena, const struct repo *repo, struct object_id a,
		    struct object_id b, struct object_id **out, size_t *count) ERR_MUST_CHECK;

#endif
