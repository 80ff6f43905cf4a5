/*
 * Signing what a person records, where their git is set to (commit.gpgSign).
 *
 * Invariant: the words are recorded first, without a signature; the signed commit
 * takes their place only if it says exactly the same. A signature that is not to
 * be had in time is done without.
 */
#ifndef CORE_SIGNING_H
#define CORE_SIGNING_H

#include "core/repo_object.h"

/* Should a commit be signed, and is not? */
bool signing_failed(const struct repo *repo, struct object_id commit);
/*
 * Has git sign a commit that is written: `commit` becomes the signed one, or stays.
 * Asks for a passphrase on a terminal only; takes 5 s at most, and 3 more where git
 * does not end when it is asked to.
 */
err signing_try(struct arena *arena, struct repo *repo, struct commit *commit) ERR_MUST_CHECK;

#endif
