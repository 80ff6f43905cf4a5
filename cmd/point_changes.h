/*
 * Which points stand in one recorded state and not in another, wherever in the
 * notes they are: what a person is told of a change.
 */
#ifndef CMD_POINT_CHANGES_H
#define CMD_POINT_CHANGES_H

#include "cmd/json.h"
#include "core/hash.h"
#include "core/repo_object.h"

struct changed_point {
	struct str file; /* where it stands, in the state that has it */
	uint32_t line;
	struct str text;
	struct key key; /* of its normal text */
};

struct point_changes {
	struct changed_point *gone, *come; /* by file and line; a moved point is in neither */
	size_t gone_count, come_count;
	struct str *files; /* notes and others that differ, by path */
	size_t file_count;
};

/* Compares two trees, or the trees of two commits. cost: n log n in the notes that differ. */
err point_changes_between(struct arena *arena, const struct repo *repo, struct object_id from,
			  struct object_id to, struct point_changes *out) ERR_MUST_CHECK;
/*
 * The same of every block that has words: of rows, quotes and code, too, but of no heading.
 * Each text is as it stands in its file, lines and all.
 */
err block_changes_between(struct arena *arena, const struct repo *repo, struct object_id from,
			  struct object_id to, struct point_changes *out) ERR_MUST_CHECK;
/* Prints the first of them, one a line, behind "-" and "+". */
void point_changes_print(struct app *app, const struct point_changes *changes);
/* Adds files[], gone[] and come[]; a point has file, line and text. */
void point_changes_add(struct json *record, const struct point_changes *changes);

#endif
