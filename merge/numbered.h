/*
 * Pieces under a number, sorted, so that two texts can be gone through side by side.
 */
#ifndef MERGE_NUMBERED_H
#define MERGE_NUMBERED_H

#include <stdbool.h>
#include <stdint.h>

/* A piece under its own number, or that of what it is known by. */
struct numbered_piece {
	uint32_t id;
	int at;
};

/* By number, then by place. */
void numbered_sort(struct numbered_piece *all, int count);
/* Whether no other of those sorted has the number of that at `index`. */
static inline bool numbered_is_single(const struct numbered_piece *all, int count, int index)
{
	return (index == 0 || all[index - 1].id != all[index].id) &&
	       (index + 1 == count || all[index + 1].id != all[index].id);
}

/*
 * Goes from `i` and `j` on to the next pair of one number in two sorted lists.
 * out: false where there is none
 */
bool numbered_meet(const struct numbered_piece *a, int a_count, const struct numbered_piece *b,
		   int b_count, int *i, int *j);

#endif
