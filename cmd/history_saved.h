/*
 * What is saved in the work tree and not recorded: the notes in which it differs
 * from the latest version.
 */
#ifndef CMD_HISTORY_SAVED_H
#define CMD_HISTORY_SAVED_H

#include "core/repo_changes.h"
#include "core/workshop.h"

struct saved_changes {
	struct note_changes notes; /* what was written first, then what was taken away */
	struct str *texts;	   /* of those written, in the order of `notes` */
	size_t text_count, text_room;
};

/*
 * How the notes of the work tree, which the caller has read, differ from `tree`; one that
 * cannot be read is taken as unchanged.
 * out: lives in the arena; texts are borrowed from `workshops`
 */
void history_saved_find(struct arena *arena, const struct repo *repo,
			const struct workshops *workshops, struct object_id tree,
			struct saved_changes *out);

#endif
