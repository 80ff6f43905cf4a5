/*
 * Hashes, or other numbers of 64 bits, in order: how often is one among them?
 */
#ifndef MERGE_HASHES_H
#define MERGE_HASHES_H

#include <stddef.h>
#include <stdint.h>

void hashes_sort(uint64_t *all, size_t count);
/* How often `hash` stands among those sorted. cost: log n */
size_t hashes_count(const uint64_t *sorted, size_t count, uint64_t hash);

#endif
