#include "core/heap.h"

static bool is_before(const struct heap *heap, size_t a, size_t b)
{
	return heap->is_before(heap->context, heap->numbers[a], heap->numbers[b]);
}

static void swap(struct heap *heap, size_t a, size_t b)
{
	uint32_t kept = heap->numbers[a];

	heap->numbers[a] = heap->numbers[b];
	heap->numbers[b] = kept;
}

void heap_add(struct heap *heap, uint32_t number)
{
	size_t at = heap->count;

	arena_push(heap->arena, heap->numbers, heap->count, heap->room);
	heap->numbers[heap->count++] = number;
	for (; at && is_before(heap, at, (at - 1) / 2); at = (at - 1) / 2)
		swap(heap, at, (at - 1) / 2);
}

uint32_t heap_take(struct heap *heap)
{
	uint32_t first = heap->numbers[0];
	size_t at = 0;

	heap->numbers[0] = heap->numbers[--heap->count];
	for (;;) {
		size_t child = 2 * at + 1;

		if (child + 1 < heap->count && is_before(heap, child + 1, child))
			child++;
		if (child >= heap->count || !is_before(heap, child, at))
			break;
		swap(heap, at, child);
		at = child;
	}
	return first;
}
