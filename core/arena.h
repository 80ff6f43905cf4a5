/*
 * Region memory: everything one operation allocates is released at once.
 *
 * Invariant: a zero-initialised arena is valid and empty, and memory handed
 * out stays where it is until arena_free().
 */
#ifndef CORE_ARENA_H
#define CORE_ARENA_H

#include <stddef.h>

struct arena_chunk;

struct arena {
	struct arena_chunk *last;
	char *next, *end;
	size_t bytes; /* of all chunks */
};

/*
 * Gives `count` zeroed objects of `size` bytes, aligned for any type but long double.
 * errors: none; the process ends with status 74 where memory is exhausted,
 *         since no caller could do better.
 */
void *arena_alloc(struct arena *arena, size_t count, size_t size);

/*
 * Moves an array to one of `new_count` objects and copies the first `count`;
 * the last object handed out grows in place where there is room.
 */
void *arena_grow(struct arena *arena, void *old, size_t count, size_t new_count, size_t size);

/*
 * The same for an array that nothing else points into: what is new is not zeroed, and
 * where it is a large one, its old memory is given back.
 */
void *arena_resize(struct arena *arena, void *old, size_t count, size_t new_count, size_t size);

/* All that another arena holds lives as long as this one from now on; the other is empty then. */
void arena_take(struct arena *arena, struct arena *from);

/* Releases all memory of the arena, which is then empty and usable again. */
void arena_free(struct arena *arena);

/*
 * What arenas release stays with the process from now on, and what they need is asked for
 * in large steps: for programs that do one large thing after another, which the system
 * else maps and clears anew, and whose threads wait each time it does.
 */
void arena_keep_released(void);

#define arena_new(arena, type)		((type *)arena_alloc((arena), 1, sizeof(type)))
#define arena_array(arena, type, count) ((type *)arena_alloc((arena), (count), sizeof(type)))

/*
 * Makes room for one more object in a growing array.
 * `items`, `count` and `room` are lvalues; `room` doubles when it is used up.
 */
#define arena_push(arena, items, count, room)                                                      \
	((count) < (room) ? (void)0                                                                \
			  : (void)((items) = arena_grow((arena), (items), (count),                 \
							(room) ? 2 * (room) : 8, sizeof *(items)), \
				   (room) = (room) ? 2 * (room) : 8))

#endif
