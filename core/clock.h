/* Time that only goes forward, whatever is done to the date. */
#ifndef CORE_CLOCK_H
#define CORE_CLOCK_H

#include <stdint.h>

/* Milliseconds since some moment before the program began. */
int64_t clock_milliseconds(void);
/* Waits so long, or until a signal is heard. */
void clock_pause(unsigned milliseconds);

#endif
