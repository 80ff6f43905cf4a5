/* Notes that an editor has open, as its own lock beside them tells. */
#ifndef CMD_EDITING_H
#define CMD_EDITING_H

#include "cmd/sync_steps.h"

/*
 * Would uniting change a file that vim or emacs has open? Their locks are a swap
 * file ".NAME.swp" and a link ".#NAME". To be asked after sync_fetch().
 */
bool editing_concerns(const struct sync *sync);

#endif
