/*
 * The three-way merge of one text: pure, total and symmetric.
 *
 * Invariants: the result depends on nothing but the three texts and their
 * format; exchanging `ours` and `theirs` gives the same bytes; no word of a side
 * is lost, none is invented, no conflict marker is written. It cannot fail.
 *
 * A merge on its way through this folder; a word in front is a file, and what is further
 * in below it does part of its work:
 *
 *     merge           what one side alone changed is taken; line ends are taken off (layout)
 *                     and recorded markers apart (markers); YAML goes by key (merge_yaml,
 *                     yaml_*, merge_set)
 *     unread          reads the texts; a side that holds all of the other is taken (pass:
 *                     lag, hold, hold_rewritten)
 *     ladder          ever coarser ways to merge, until a result holds (few_words: where it
 *                     begins; anew: where there is nothing to merge)
 *       verify        ... which the judge says, who shares no code with all this (verify_*)
 *       ahead, rest   ... and merging once more
 *       all_lines     ... and else the lines of both
 *       parts         cuts the texts where that does no harm, to merge each part by itself
 *       rung          one way to merge:
 *         piece       a text as a flat list of pieces; those that say the same have one number
 *                     (dictionary)
 *         plan        which pieces are one node, and which nodes stand:
 *           match       a side's pieces and the base's: equal ones (equal), reworded ones
 *                       between them (match_gaps, match_tables, akin, opening, shared_lines,
 *                       similar, similar_many), moved ones (rising, numbered)
 *           align       the two sides': what both added is one thing (agree)
 *           table_rows  rows, by the columns that their tables will have (table_columns:
 *                       table_header, table_cells)
 *         recut       what a side cut into other blocks, cut so in all texts, which are then
 *                     read again (recut_find, recut_zone)
 *         order       where each node stands (slots, strays)
 *         twins       additions of both that are much alike, which people hear of
 *         absorb      the side that already says all that, if there is one
 *         lines_back  what the other took out and such a side has: people hear of it
 *         write       the text: each node's block, the blank lines between (gaps,
 *                     gaps_changed), the numbers of lists (numbering), tables lined up
 *                     (table_widths); front_matter stands above
 *           block       what a node's pieces say, merged: head, words, the cells of a row
 *                       (table), a set of variants (wording_set), each apart (wording); two
 *                       wordings where the changes are not to be had in one
 *             words       by lines, then by the names that one lists (entries) or by words
 *                         (tokens), with a count of them (tally), unless that would say
 *                         something twice (twice)
 *               put_in      what both put in, whatever stands beside it
 *               line_pairs  each line beside what became of it
 *               respelled   what changed but says the same words
 *               regions     what nobody, one or both changed
 *               stretches   ... written
 *       keep_both     the last way: both texts
 *       tell          what people hear of a result beside what its nodes tell
 *
 * sides, scalar, diff, best_pairs and hashes are used all over.
 *
 * Of a whole workshop, tree says which file is which (tree_entry, rename) and tree_points
 * carries points from file to file (relocate, crossing, relocate_*); then each file is merged
 * as above.
 *
 * Beside the merge stand here: put_back, a deleted point where it stood; what is said twice
 * (alike_*, collection, collection_*, ideas, ideas_*); and who wrote what (trace, trace_*).
 */
#ifndef MERGE_MERGE_H
#define MERGE_MERGE_H

#include <stdint.h>

#include "core/doc.h"
#include "core/str.h"

enum text_format {
	FORMAT_NOTE, /* Markdown: .md .markdown */
	FORMAT_YAML, /* .yml .yaml */
	FORMAT_TEXT, /* other text: read as a note, but no point of it goes to another file */
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

/*
 * cost: near-linear in the texts; in memory at most some 12 times their size, but where lines or
 * values are of a few letters: 20 times and more.
 */
struct merged merge_texts(struct arena *arena, struct merge_input input);

#endif
