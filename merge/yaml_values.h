/*
 * Values of the result of a YAML merge: their text, and how several wordings of
 * one value are merged as a set.
 */
#ifndef MERGE_YAML_VALUES_H
#define MERGE_YAML_VALUES_H

#include "merge/yaml_cells.h"
#include "merge/yaml_text.h"

/* Columns that what is under a key stands to the right of it, unless it was written otherwise. */
enum { DEFAULT_STEP = 2 };

/*
 * A value on its way into the result: what it will read back as, and its text,
 * moved to column 0: whole lines of a block, or what stands behind "key: ".
 */
struct made {
	struct meta *plan;
	struct str text;
	bool block;
	size_t step; /* columns that a block stands to the right of its key */
};

/* One of the values that a key may have. */
struct yaml_wording {
	const struct meta *node;
	struct made made;
	struct str identity;
	struct str order; /* what the smaller one is found by */
};

struct yaml_wordings {
	struct yaml_wording *at;
	struct str *names; /* the identities, in the same order */
	size_t count;
};

/* List or map; NULL is none. */
bool is_collection(const struct meta *node);
/* The value as its side wrote it; `owner`: column of what it stands under. */
struct made made_of(struct arena *arena, struct meta *node, size_t owner);
/* The text as a value, written on one line. */
struct made made_of_text(struct arena *arena, struct str text);

/* A key or a value as it is written anew; `flow`: between brackets. */
struct str written_scalar(struct arena *arena, struct str text, bool flow);
/* What stands before the value: the key as it is written, and a colon. */
struct str key_mark(struct arena *arena, struct str written);

void write_lines(struct buf *out, struct lines lines);
/* Writes "key: value" or "- value" (`mark`: "key:" or "-") and its comments, above or behind. */
void write_entry(struct buf *out, struct str mark, struct made value, struct lines comments);

/* All that the cell says; an empty value says nothing, NULL neither. */
struct yaml_wordings yaml_wordings_of(struct arena *arena, const struct cell *cell);
/*
 * Merges the wordings of base, ours and theirs.
 * out: each once, sorted by bytes; empty only if a side is.
 */
struct yaml_wordings wordings_merge(struct arena *arena, const struct yaml_wordings texts[TEXTS]);

#endif
