/*
 * The three-way merge of one text: pure, total and symmetric.
 *
 * Invariants: the result depends on nothing but the three texts and their
 * format; exchanging `ours` and `theirs` gives the same bytes; no word of a side
 * is lost, none is invented, no conflict marker is written. It cannot fail.
 */
#ifndef MERGE_MERGE_H
#define MERGE_MERGE_H

#include <stdint.h>

#include "core/doc.h"
#include "core/str.h"

enum text_format {
	FORMAT_NOTE, /* Markdown: .md .markdown */
	FORMAT_YAML, /* .yml .yaml */
	FORMAT_TEXT, /* other text: paragraphs and lines */
};

/* The format that a path's ending stands for; unknown endings are FORMAT_TEXT. */
enum text_format text_format_of(struct str path);

struct merge_input {
	struct str base, ours, theirs; /* an empty base: both sides are new */
	enum text_format format;
};

/* What the merge decided beyond taking each side's changes. */
enum decision_kind {
	DECISION_MOVED,	    /* a block stands where one side put it, with the other's wording */
	DECISION_BOTH_KEPT, /* similar additions of the two sides both stand */
	DECISION_EDIT_KEPT, /* one side deleted what the other edited or repeated: it stays */
	DECISION_VARIANTS,  /* wordings to choose from */
	DECISION_DEGRADED,  /* the verifier refused a finer result; see `degraded` */
};

struct decision {
	enum decision_kind kind;
	uint32_t line;	 /* in the result, from 1 */
	struct str text; /* the first words of what it is about; borrowed from inputs or arena */
};

/* How much of the method the result was made with. */
enum degradation {
	DEGRADED_NOT,
	DEGRADED_NO_WORD_MERGE,
	DEGRADED_NO_SIMILARITY,
	DEGRADED_KEEP_BOTH,
};

struct merged {
	struct str text; /* in the arena, or one of the inputs */
	struct decision *decisions;
	size_t decision_count;
	enum degradation degraded;
};

/* cost: near-linear in the texts; below 12 times their size in memory. */
struct merged merge_texts(struct arena *arena, struct merge_input input);

#endif
