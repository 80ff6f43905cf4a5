/* What must hold for the merge of any three texts. */
#ifndef TESTS_SUPPORT_LAWS_H
#define TESTS_SUPPORT_LAWS_H

#include "merge/merge.h"

/* Which law the merge of these texts breaks, NULL: none. Any bytes will do. */
const char *merge_breach(struct arena *arena, struct merge_input input);

/*
 * Whether a word was lost. NULL: no, or a side adds a word that
 * stands in base, so that counts do not tell; see support_notes.h.
 */
const char *merge_loss(struct arena *arena, struct merge_input input);

/*
 * Whether a word that base and both sides hold once, its line left as it was by
 * one of them, stands more than once in a result without variants.
 */
const char *merge_doubling(struct arena *arena, struct merge_input input);

/*
 * Whether a block stands in the result that one side deleted and the other left, and nothing
 * is told; what stands in both as part of something was not deleted.
 */
const char *merge_undoing(struct arena *arena, struct merge_input input);

/* Whether merging the result again with either side gives the result. */
bool merge_rests(struct arena *arena, struct merge_input input);

#endif
