/*
 * One value out of the two that both sides gave a key, where one can be had.
 *
 * Text is merged by its words, so far as it is one value that both changed:
 *
 *     base  title: A garden    ours  title: A small garden    theirs  title: A garden for all
 *     result  title: A small garden for all
 *
 * A list or map that has the other's value among its own says all that was said.
 */
#ifndef MERGE_YAML_ONE_VALUE_H
#define MERGE_YAML_ONE_VALUE_H

#include "merge/yaml_values.h"

/*
 * out: false where a side has no value or several, where both say the same, or where they
 *      are two to choose from; then `out` is untouched
 */
bool merge_to_one_value(struct arena *arena, const struct yaml_wordings texts[TEXTS],
			struct made *out);

/* Whether that gives what theirs gives, as it stands there. */
bool their_value_is_the_one(struct arena *arena, const struct yaml_wordings texts[TEXTS]);

#endif
