/*
 * Content keys: 128-bit XXH3 of bytes.
 *
 * Invariant: a key proposes, bytes decide; whoever acts on two equal keys
 * compares what they were made of.
 * source: https://github.com/Cyan4973/xxHash/blob/release/doc/xxhash_spec.md
 */
#ifndef CORE_HASH_H
#define CORE_HASH_H

#include <stdbool.h>
#include <stdint.h>

#include "core/str.h"

struct key {
	uint64_t high, low;
};

struct key key_of(struct str bytes);
/* The 64-bit XXH3, quicker for what is as short as a word: for tables, whose order nobody sees. */
uint64_t hash_bytes(struct str bytes);
bool key_equal(struct key a, struct key b);
/* A total order: <0, 0, >0. */
int key_compare(struct key a, struct key b);
/* The key of a sequence of keys, order included. */
struct key key_chain(struct key first, struct key next);
/* The first `digits` (at most 32) hexadecimal digits of the canonical form. */
struct str key_hex(struct arena *arena, struct key key, size_t digits);

#endif
