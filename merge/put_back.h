/*
 * A block that was deleted, put back where it stood. Pure.
 *
 * Invariant: every byte of the note stays, but for blank lines beside the block.
 */
#ifndef MERGE_PUT_BACK_H
#define MERGE_PUT_BACK_H

#include "core/doc.h"

/* A note in the version that last had the block, and in the next one. */
struct put_back {
	const struct doc *before;
	size_t index;	  /* of the block in `before` */
	struct str after; /* at NULL: not known, `now` stands for it */
	struct str now;	  /* where it is to stand again; at NULL: a new note with the headings
			     above it */
};

/*
 * The note with the block, and with what stood below it and went together with
 * it. out: `blocks`: how many came back, an item and what it says as one.
 */
struct str put_back(struct arena *arena, const struct put_back *what, size_t *blocks);

#endif
