/* Why what stands in the folder is not recorded, or not there, in words. */
#ifndef CMD_HELD_H
#define CMD_HELD_H

#include "core/repo_object.h"
#include "core/snapshot.h"

/* Why a file is held back, as a person reads it, and as a program does. */
const char *held_reason_told(enum held_reason reason);
const char *held_reason_kind(enum held_reason reason);
/* The file with the reason, as a sentence. */
struct str held_told(struct arena *arena, const struct held_file *held);
/* Its path in one line: the name may be the reason. */
struct str held_path_shown(struct arena *arena, struct str path);
/* Why a file is left out, which is no fault. */
const char *left_reason_told(enum left_reason reason);
/* Why a file is in git and not on disk: another has its name. */
const char *same_name_told(struct arena *arena, const struct tree_file *file);
/* That saves wait for another local branch (core/late.h), and what takes them in. */
const char *late_branch_told(struct arena *arena, struct str branch);

#endif
