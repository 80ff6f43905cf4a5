/*
 * Points that were deleted, found again in what is recorded; also what was saved while
 * plain git was at work, and is in no version since.
 */
#ifndef CMD_GONE_H
#define CMD_GONE_H

#include "core/point.h"
#include "core/repo_object.h"

struct gone_point {
	struct str id;		  /* as it was, without ~2 */
	struct str path;	  /* of the file it last stood in */
	const struct doc *before; /* that file then */
	size_t index, speaking;	  /* of its block there, and of its speaking_block() */
	struct str after;	  /* the file without it; at NULL: the file went with it */
	struct str text;	  /* its words in one line */
	struct commit commit;	  /* that took it away */
	bool reworded;		  /* something alike came in its place */
	bool aside;		  /* nobody took it away: `commit` kept it beside all versions */
};

/*
 * The deleted point that `wanted` names: an id, file:line as it was when it was
 * deleted, or a piece of its text. The latest deletion counts; what stands in
 * `points` now is not gone.
 * errors: STATUS_BAD_INPUT: none, or several, which are listed.
 * cost: linear in all that was ever changed, for a piece of text.
 */
err gone_find(struct arena *arena, const struct repo *repo, struct object_id head,
	      const struct points *points, struct str wanted,
	      struct gone_point *out) ERR_MUST_CHECK;

#endif
