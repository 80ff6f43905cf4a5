/*
 * File contents read ahead by other threads, for who reads a whole history in
 * order: unpacking takes longer than what is done with the texts.
 *
 * Invariant: what is taken is what repo_blob_lend() would have lent.
 */
#ifndef CORE_REPO_AHEAD_H
#define CORE_REPO_AHEAD_H

#include <stdint.h>

#include "core/repo_blob.h"

struct repo_ahead;

/*
 * Starts reading `ids` about in their order, each at most `limit` bytes. `files`: of which
 * file each is a version, any numbering. Those that are near each other are read as packs
 * have them: what is unpacked for one serves the next. That changes the time it takes only.
 * out: NULL where that is not worth it or cannot be done. `ids`, `files` stay until the end.
 */
struct repo_ahead *repo_ahead_start(const struct repo *repo, const struct object_id *ids,
				    const uint64_t *files, uint32_t count, size_t limit);
/*
 * Takes number `index`; those far before it are given up. For one thread.
 * out: false: it was given up, or cannot be read: repo_blob_lend() it.
 */
bool repo_ahead_take(struct repo_ahead *ahead, uint32_t index, struct lent_blob *out);
/*
 * What a text that was taken has in common with another of the same file, if they were
 * compared: both were at hand as they were read.
 */
struct ahead_beside {
	uint32_t index;	   /* of the other */
	size_t start, end; /* so many bytes at both ends are the same, none counted twice */
	bool compared;
};

struct ahead_beside repo_ahead_beside(const struct repo_ahead *ahead, uint32_t index);
/* Ends it. What was taken stays until it is given back. NULL is fine. */
void repo_ahead_stop(struct repo_ahead *ahead);

#endif
