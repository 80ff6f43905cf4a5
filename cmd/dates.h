/* Days and times as people read them, in the language of the messages. */
#ifndef CMD_DATES_H
#define CMD_DATES_H

#include <stdint.h>

#include "core/str.h"

/* "31 January 2026", "1er mai 2026": the day at `offset_minutes` east of UTC. */
struct str day_shown(struct arena *arena, int64_t seconds, int offset_minutes);
/* "31 January 2026, 09:30" */
struct str time_shown(struct arena *arena, int64_t seconds, int offset_minutes);

#endif
