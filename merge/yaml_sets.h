/*
 * Values of a YAML text that have several wordings, "key:" with "key ⟨version⟩:"
 * below it, and settling one of them.
 */
#ifndef MERGE_YAML_SETS_H
#define MERGE_YAML_SETS_H

#include "merge/yaml_values.h"

struct yaml_set {
	struct str name; /* the keys that lead to it: "people.2.role", items from 1 */
	struct cell cell;
	const struct meta *map;	 /* that the key stands in */
	const struct meta *flow; /* the outermost brackets around it; NULL: none */
	struct yaml_wordings wordings;
	uint32_t line; /* of its key, from 1 */
};

struct yaml_sets {
	struct yaml_set *sets; /* in order of the text */
	size_t count, room;
};

/* All values with at least two wordings. cost: linear */
struct yaml_sets yaml_sets_of(struct arena *arena, const struct meta_doc *doc);

/* What a wording says, in one line. */
struct str yaml_wording_text(struct arena *arena, const struct yaml_wording *wording);

/*
 * The text with `value` alone under the set's key; comments stay, every other
 * byte outside of the brackets it may stand in is as it was.
 */
struct str yaml_settle(struct arena *arena, const struct meta_doc *doc, const struct yaml_set *set,
		       struct made value);

#endif
