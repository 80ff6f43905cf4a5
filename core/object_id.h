/*
 * The name git gives an object: the SHA-1 of its content.
 *
 * Invariant: all zero means "none", as a branch that has no commit yet.
 */
#ifndef CORE_OBJECT_ID_H
#define CORE_OBJECT_ID_H

#include <stdbool.h>

#include "core/str.h"

enum { OBJECT_ID_BYTES = 20 };

struct object_id {
	unsigned char bytes[OBJECT_ID_BYTES];
};

#define OBJECT_ID_NONE ((struct object_id){{0}})

bool object_id_is_none(struct object_id id);
bool object_id_equal(struct object_id a, struct object_id b);
/* A total order: <0, 0, >0. */
int object_id_compare(struct object_id a, struct object_id b);
/* Puts ids in that order. */
void object_ids_sort(struct object_id *ids, size_t count);
/* 40 hexadecimal digits, followed by a NUL. */
struct str object_id_hex(struct arena *arena, struct object_id id);
/* Reads 40 hexadecimal digits. out: false, and `out` untouched, for anything else. */
bool object_id_read(struct str hex, struct object_id *out);

#endif
