/*
 * What a snapshot does not take: what looks like a slip waits for a person, what a copy is
 * set up to leave alone is told.
 */
#ifndef CORE_SNAPSHOT_HELD_H
#define CORE_SNAPSHOT_HELD_H

#include "core/snapshot.h"

/* No word at all: blanks, or the NULs that lost power leaves of a file. cost: linear */
bool text_is_wordless(struct str text);

void snapshot_hold(struct arena *arena, struct snapshot *snapshot, struct held_file held);
void snapshot_leave_out(struct arena *arena, struct snapshot *snapshot, struct left_out left);
/* Moves deletions from the changes to what is held, where most of a workshop is gone. */
void snapshot_hold_gone(struct arena *arena, struct snapshot *snapshot);
/* Puts both lists in order by path. */
void snapshot_sort_told(struct snapshot *snapshot);

#endif
