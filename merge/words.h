/*
 * The three-way merge of the text of one block: lines first, then words.
 *
 * The white space behind a word is an attribute of it, so that a paragraph
 * wrapped anew by one and reworded by the other ends wrapped and reworded.
 *
 * Invariant: what it gives holds every word as often as the sides account for,
 * and merging it again with either side gives the same; else it gives nothing.
 */
#ifndef MERGE_WORDS_H
#define MERGE_WORDS_H

#include "merge/dictionary.h"

struct splits;

struct text_merge {
	struct dictionary *words;
	struct splits *splits; /* of texts by these words that were taken apart; NULL: none */
	struct str base, ours, theirs;
	bool by_lines_only; /* code and the like: a changed line stays whole */
	bool keeps_both;    /* lines that both changed stand one behind the other */
	bool keeps_alike;   /* lines that both put in at one point do, however alike */
	/* out: the first words that one side took out and that stay, as the other edited them;
	   NULL: they are not asked for. Said of a text that could be merged. */
	struct str *edit_kept;
};

/* out: false where the two cannot be had in one text; then `out` is untouched. */
bool merge_text(const struct text_merge *merge, struct str *out);

/* Whether it would give theirs: quicker to say, since a side rests. */
bool merge_gives_theirs(const struct text_merge *merge);

/* Lines as they stand, each of whoever changed it; false where both changed one otherwise. */
bool merge_other_lines(const struct text_merge *merge, struct str *out);

/* The same by lines, which always goes: where both changed the same ones, both stand. */
struct str merge_lines_keeping_both(const struct text_merge *merge);

#endif
