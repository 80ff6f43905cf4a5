#include "core/arena.h"

#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
	CHUNK_BYTES = 64 * 1024,
	LARGE_BYTES = 2 << 20, /* a chunk of an arena that holds much already */
	LARGE_WHEN = 16 << 20,
	ALIGNMENT = _Alignof(uint64_t), /* no type here asks for more */
};

struct arena_chunk {
	struct arena_chunk *before;
	size_t own; /* bytes of the one object that it was made for; 0: it holds many */
	_Alignas(max_align_t) char bytes[];
};

static void out_of_memory(void)
{
	fputs("atelier: out of memory / mémoire épuisée\n", stderr);
	_Exit(74);
}

static size_t array_bytes(size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes) || bytes > PTRDIFF_MAX - 2 * CHUNK_BYTES)
		out_of_memory();
	return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static void add_chunk(struct arena *arena, size_t bytes)
{
	enum { BETWEEN_BYTES = 64 }; /* what the allocator itself writes before the next one */
	size_t room = bytes > CHUNK_BYTES / 4 ? bytes : CHUNK_BYTES;
	struct arena_chunk *chunk;
	void *large = NULL;

	if (room != bytes && arena->bytes >= LARGE_WHEN) {
		/* The system gives a whole large page at once, where it has any. */
		room = LARGE_BYTES - BETWEEN_BYTES - sizeof *chunk;
		if (posix_memalign(&large, LARGE_BYTES, LARGE_BYTES - BETWEEN_BYTES) == 0)
			madvise(large, LARGE_BYTES, MADV_HUGEPAGE);
		chunk = large;
	} else {
		/* Zeroed by the system where it can: what is never touched costs nothing. */
		chunk = room == bytes ? calloc(1, sizeof *chunk + room)
				      : malloc(sizeof *chunk + room);
	}
	arena->bytes += room;

	if (!chunk)
		out_of_memory();
	chunk->own = room == bytes ? bytes : 0;
	/* A large object gets a chunk of its own, behind the one being filled. */
	if (room == bytes && arena->last) {
		chunk->before = arena->last->before;
		arena->last->before = chunk;
	} else {
		chunk->before = arena->last;
		arena->last = chunk;
		arena->next = chunk->bytes;
		arena->end = chunk->bytes + room;
	}
}

/* Memory for one object. out: `zeroed`, whether it is */
static char *take(struct arena *arena, size_t bytes, bool *zeroed)
{
	bool fits = arena->next && (size_t)(arena->end - arena->next) >= bytes;
	bool own_chunk = !fits && bytes > CHUNK_BYTES / 4 && arena->last;

	if (!fits)
		add_chunk(arena, bytes);
	*zeroed = own_chunk;
	if (own_chunk)
		return arena->last->before->bytes;
	char *at = arena->next;
	arena->next += bytes;
	return at;
}

void *arena_alloc(struct arena *arena, size_t count, size_t size)
{
	size_t bytes = array_bytes(count, size);
	bool zeroed;
	char *at = take(arena, bytes, &zeroed);

	return zeroed ? at : memset(at, 0, bytes);
}

/* Lets the last object handed out grow where it stands. out: whether it could */
static bool grow_in_place(struct arena *arena, const char *old, size_t old_bytes, size_t new_bytes)
{
	if (!old || old + old_bytes != arena->next ||
	    (size_t)(arena->end - arena->next) < new_bytes - old_bytes)
		return false;
	arena->next += new_bytes - old_bytes;
	return true;
}

void *arena_grow(struct arena *arena, void *old, size_t count, size_t new_count, size_t size)
{
	size_t old_bytes = array_bytes(count, size), new_bytes = array_bytes(new_count, size);

	if (grow_in_place(arena, old, old_bytes, new_bytes)) {
		memset((char *)old + old_bytes, 0, new_bytes - old_bytes);
		return old;
	}
	void *at = arena_alloc(arena, new_count, size);
	if (old && count)
		memcpy(at, old, count * size);
	return at;
}

/* Where the chunk is linked that holds nothing but the object; NULL: there is none. */
static struct arena_chunk **find_own(struct arena *arena, const void *object)
{
	for (struct arena_chunk **at = &arena->last; *at; at = &(*at)->before)
		if ((*at)->own && (*at)->bytes == object)
			return at;
	return NULL;
}

void *arena_resize(struct arena *arena, void *old, size_t count, size_t new_count, size_t size)
{
	size_t old_bytes = array_bytes(count, size), bytes = array_bytes(new_count, size);
	struct arena_chunk **link = old_bytes > CHUNK_BYTES / 4 ? find_own(arena, old) : NULL;
	bool zeroed;

	if (!link && grow_in_place(arena, old, old_bytes, bytes))
		return old;
	if (!link) {
		void *at = take(arena, bytes, &zeroed);

		return old && count ? memcpy(at, old, count * size) : at;
	}
	bool filling = *link == arena->last;
	size_t before = (*link)->own;
	struct arena_chunk *chunk = realloc(*link, sizeof *chunk + bytes);
	if (!chunk)
		out_of_memory();
	chunk->own = bytes;
	arena->bytes += bytes - before;
	*link = chunk;
	if (filling)
		arena->next = arena->end = chunk->bytes + bytes;
	return chunk->bytes;
}

void arena_take(struct arena *arena, struct arena *from)
{
	struct arena_chunk *first = from->last;

	if (!arena->last) {
		*arena = *from;
	} else if (first) {
		while (first->before)
			first = first->before;
		first->before = arena->last->before;
		arena->last->before = from->last;
		arena->bytes += from->bytes;
	}
	*from = (struct arena){0};
}

void arena_free(struct arena *arena)
{
	for (struct arena_chunk *chunk = arena->last; chunk;) {
		struct arena_chunk *before = chunk->before;
		free(chunk);
		chunk = before;
	}
	*arena = (struct arena){0};
}

void arena_keep_released(void)
{
	enum { KEPT_BYTES = 256 << 20, STEP_BYTES = 4 << 20 };

	mallopt(M_TOP_PAD, STEP_BYTES);
	mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
	mallopt(M_MMAP_THRESHOLD, KEPT_BYTES / 8);
}
