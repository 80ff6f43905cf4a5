/*
 * The three-way merge of front matter: by key, or where that is no YAML by lines.
 *
 * Invariant: one of them comes out, however many come in, with a line "---" at each end;
 * who is which side makes no difference.
 */
#ifndef MERGE_FRONT_MATTER_H
#define MERGE_FRONT_MATTER_H

#include "core/str.h"

/* Each text has both its "---" lines or is empty. out: the same */
struct str merge_front_matter(struct arena *arena, struct str base, struct str ours,
			      struct str theirs);

#endif
