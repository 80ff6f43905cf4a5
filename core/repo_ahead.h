/*
 * File contents read ahead by a second thread, for who reads a whole history in
 * order: unpacking takes longer than what is done with the texts.
 *
 * Invariant: what is taken is what repo_blob_lend() would have lent.
 */
#ifndef CORE_REPO_AHEAD_H
#define CORE_REPO_AHEAD_H

#include <stdint.h>

#include "core/repo_changes.h"

struct repo_ahead;

/*
 * Starts reading `ids` in their order, each at most `limit` bytes.
 * out: NULL where that is not worth it or cannot be done. `ids` stay until the end.
 */
struct repo_ahead *repo_ahead_start(const struct repo *repo, const struct object_id *ids,
				    uint32_t count, size_t limit);
/*
 * Takes number `index`; those before it are given up.
 * out: false: it was given up, or cannot be read: repo_blob_lend() it.
 */
bool repo_ahead_take(struct repo_ahead *ahead, uint32_t index, struct lent_blob *out);
/* Ends it. What was taken stays until it is given back. NULL is fine. */
void repo_ahead_stop(struct repo_ahead *ahead);

#endif
