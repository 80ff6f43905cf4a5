/*
 * Work on all processors: one function, run once for each of several parts.
 *
 * Invariant: which thread does a part, and when, is nobody's business: a part
 * writes only what is its own, so that results do not depend on the machine.
 */
#ifndef CORE_PARALLEL_H
#define CORE_PARALLEL_H

#include <stddef.h>

/*
 * Runs work(context, part) for every part from 0 to parts - 1 and waits for all.
 * errors: none; where no thread can be had, the caller's own does everything.
 */
void parallel_run(size_t parts, void (*work)(void *context, size_t part), void *context);

#endif
