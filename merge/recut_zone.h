/*
 * A zone: what stands between two pieces that nobody changed, in each of the three texts,
 * with its words and which of them is which.
 *
 * Invariant: partners of words rise in both texts.
 */
#ifndef MERGE_RECUT_ZONE_H
#define MERGE_RECUT_ZONE_H

#include "merge/plan.h"

/* The words of a text in a zone, block after block. */
struct laid_text {
	const struct side *side;
	struct piece_run run;
	struct str *at; /* within the text */
	uint32_t *ids;	/* equal words have one number, marks at their ends aside */
	int *piece;	/* by word */
	int *first;	/* word, by piece from the beginning of the run, and that behind all */
	int count;
};

/* The way from the words of one text to those of another. */
struct way {
	int *to;     /* by word: its partner, or NONE */
	int *before; /* by word: the last one up to it that has a partner, or NONE */
	int *behind; /* by word: the first one from it on, or the number of all */
};

struct zone {
	struct laid_text text[TEXTS];
	struct way to_side[SIDES], to_base[SIDES]; /* from the base, and back */
};

/*
 * Goes on from piece `*next` of the base to the next zone in which both sides changed the
 * same piece. out: false where there is none
 */
bool zone_next(const struct plan *plan, int *next, struct piece_run run[TEXTS]);

/* Takes a zone apart into words. */
struct zone zone_read(struct arena *arena, const struct plan *plan,
		      const struct piece_run run[TEXTS]);

/* Whether a piece is a paragraph or a point in one wording, which may be cut anywhere. */
bool piece_can_be_cut(const struct side *side, int piece);

static inline int words_in(const struct laid_text *text, int piece)
{
	const int *first = text->first + (piece - text->run.from);

	return first[1] - first[0];
}

/* Whether a word stands in another piece than the one behind it. */
static inline bool ends_piece(const struct laid_text *text, int word)
{
	return text->piece[word] != text->piece[word + 1];
}

/* Bytes between a word and the one behind it. */
static inline struct str between_words(const struct laid_text *text, int word)
{
	const char *from = text->at[word].at + text->at[word].len;

	return (struct str){from, (size_t)(text->at[word + 1].at - from)};
}

static inline const struct block *block_of_word(const struct laid_text *text, int word)
{
	return piece_block(text->side, text->piece[word]);
}

/* Whether the blocks of two words are of one kind, and stand as deep. */
bool are_marked_alike(const struct laid_text *a, int word, const struct laid_text *b,
		      int other_word);

#endif
