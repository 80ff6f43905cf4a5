/*
 * The three-way merge of YAML by key: pure and symmetric.
 *
 * Maps are merged key by key, lists as ordered sets; entries that one side left
 * alone keep their bytes, comments and quoting. A key with several values holds
 * the smallest, and "key ⟨version⟩:" below it the list of the others.
 */
#ifndef MERGE_MERGE_YAML_H
#define MERGE_MERGE_YAML_H

#include "core/str.h"

/*
 * Merges whole YAML texts, in the same way with the sides exchanged; a base that cannot be
 * read counts as empty.
 * out: YAML that reads back as what was planned; a text whose `at` is NULL when a
 *      side cannot be read (core/meta.h) or the sides have nothing in common to
 *      merge by: then it is up to the caller to merge them as lines.
 * cost: n log n.
 */
struct str merge_yaml(struct arena *arena, struct str base, struct str ours, struct str theirs);

#endif
