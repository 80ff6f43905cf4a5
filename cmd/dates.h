/* Days and times as people read them, in the language of the messages. */
#ifndef CMD_DATES_H
#define CMD_DATES_H

#include <stdint.h>

#include "core/str.h"

/* "31 January 2026", "1er mai 2026": the day at `offset_minutes` east of UTC. */
struct str day_shown(struct arena *arena, int64_t seconds, int offset_minutes);
/* 2026-01-31 the same way; a date that was written otherwise as it is. */
struct str date_shown(struct arena *arena, struct str written);
/* "31 January 2026, 09:30" */
struct str time_shown(struct arena *arena, int64_t seconds, int offset_minutes);

#endif
