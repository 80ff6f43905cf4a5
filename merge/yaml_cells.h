/*
 * What a YAML list or map is merged by: cells, each a key with all its wordings
 * or an item of a list, and which cells of three versions are the same thing.
 */
#ifndef MERGE_YAML_CELLS_H
#define MERGE_YAML_CELLS_H

#include "core/meta.h"
#include "merge/merge_set.h"
#include "merge/yaml_text.h"

struct cell {
	const struct meta_entry *main; /* NULL: only "key ⟨version⟩" is there */
	const struct meta_entry *rest; /* "key ⟨version⟩" with the other wordings; NULL: none */
	struct str text;	       /* its bytes, comments above included, moved to column 0 */
	const struct meta *node;       /* that it stood in */
};

struct cells {
	struct cell *cell;
	size_t count;
};

/* Three versions, aligned: see merge_set.h. */
struct alignment {
	struct cells cells[TEXTS];
	struct set_side set[TEXTS];
};

/* What the key says, in a map; in a list it is empty. */
struct str cell_key(const struct cell *cell);

/* The cells of a list or map; NULL or a scalar has none. */
struct cells cells_of(struct arena *arena, const struct meta *node);
/* out: cells and ids are in the arena, what they are aligned by (`set.text`) is in `scratch` */
struct alignment cells_align(struct arena *arena, struct arena *scratch, const struct meta *base,
			     const struct meta *ours, const struct meta *theirs);
/* Fills in which cells the sides edited. */
void cells_find_edited(struct arena *arena, struct alignment *all);

/* The lines above the cell, moved to column 0; NULL has none. */
struct lines cell_lead(struct arena *arena, const struct cell *cell);
/* The comments that would be lost if only the cell's values were written anew. */
struct lines cell_comments(struct arena *arena, const struct cell *cell);
/* "key ⟨version⟩" */
struct str cell_rest_key(struct arena *arena, struct str key);

#endif
