/*
 * What is told of a result beside the decisions that it was made with.
 */
#ifndef MERGE_TELL_H
#define MERGE_TELL_H

#include "merge/verify.h"

/*
 * A result with what it has to tell; `refused` is why no finer one was taken.
 */
struct merged merged_told(struct arena *arena, struct merge_input input, struct merged merged,
			  struct finding refused);

/* Lists what YAML of the result has in several versions that neither side had. */
void merged_tell_values(struct arena *arena, struct merge_input input, struct str yaml,
			struct merged *merged);

#endif
