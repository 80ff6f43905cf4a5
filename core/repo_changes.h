/*
 * Which notes differ between two recorded trees: what walking a whole history needs,
 * where reading every tree would not do.
 *
 * Invariant: a folder that is the same on both sides is not looked into.
 */
#ifndef CORE_REPO_CHANGES_H
#define CORE_REPO_CHANGES_H

#include "core/repo_object.h"

/* A note that differs; none on one side: it is not there. */
struct note_change {
	struct str path;
	struct object_id from, to;
};

struct note_changes {
	struct note_change *notes; /* each path once */
	size_t count, room;
};

/*
 * Compares the notes of two trees (none: the empty one).
 * errors: STATUS_IO when a tree is missing or damaged.
 * cost: linear in the folders that differ.
 */
err repo_note_changes(struct arena *arena, const struct repo *repo, struct object_id from,
		      struct object_id to, struct note_changes *out) ERR_MUST_CHECK;

#endif
