/*
 * What the last sync took in from others, remembered for `undo --sync`: the
 * state of one's own before it, and the state that holds both.
 */
#ifndef CMD_TAKEN_IN_H
#define CMD_TAKEN_IN_H

#include "core/repo_object.h"

struct taken_in {
	struct object_id own;  /* what there was without the others */
	struct object_id with; /* with what they had written */
};

/* Remembers it in the place of what was remembered before. */
err taken_in_write(struct arena *arena, const struct repo *repo,
		   const struct taken_in *taken) ERR_MUST_CHECK;
/* out: `found`: false: no sync has brought anything in yet, or the file is none of ours. */
err taken_in_read(struct arena *arena, const struct repo *repo, struct taken_in *out,
		  bool *found) ERR_MUST_CHECK;

#endif
