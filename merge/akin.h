/*
 * Whether a piece of a side may be what became of one of the base: of a set of
 * variants the wording that is most like it counts.
 */
#ifndef MERGE_AKIN_H
#define MERGE_AKIN_H

#include "merge/piece.h"
#include "merge/similar.h"

/* What makes two texts one reworded text, in per mille and in words. */
enum {
	ALIKE = 500,
	ALIKE_SHORT = 650, /* of fewer than SHORT_WORDS */
	SHORT_WORDS = 6,
	/* Wherever they stand: */
	MOVED_ALIKE = 750,
	MOVED_WORDS = 6,
	MOVED_EQUAL_WORDS = 3, /* of equal ones */
	MOVED_PAIRS = 40000,   /* so many, of wordings, are compared at most */
};

struct match_input {
	struct arena *arena;
	struct dictionary *words;
	struct side *base, *side;
	const int *equal;	  /* what match_equal() says of them; NULL: to be found */
	bool exact_only;	  /* nothing but equal pieces */
	bool by_place;		  /* what has no partner is what stands in its place: a guess */
	struct ready_text *ready; /* the base's piece that was compared last; NULL: none is kept */
};

/* Whether a block may become the other: of one kind, or a point and a paragraph. */
bool blocks_are_akin(const struct block *a, const struct block *b);

/* What names a block whatever else it says: a row's first cell, a definition's label, nothing. */
struct str block_name(const struct block *block);

/*
 * How alike two pieces are, in per mille, the best of their wordings counting.
 * out: 0 for other kinds, and it may be for what is less alike than `least`
 */
int piece_similarity(struct match_input *input, int base, int side, int least);

/* How many words two texts share, order aside. */
int piece_words_shared(struct arena *arena, struct piece_words *a, struct piece_words *b);

/* Whether two texts, as numbers of `words`, are alike enough to be one that was reworded. */
bool is_rewording(struct arena *arena, const struct dictionary *words, struct numbers before,
		  struct numbers after);

/* How well two unmatched pieces in one place would go together, 0: not at all. */
int piece_fit(struct match_input *input, int base, int side);

/* Pieces [from, end) of a text. */
struct piece_run {
	int from, end;
};

/*
 * The same of all pairs of two stretches.
 * out: `fits`, a row for each piece of the base
 */
void pieces_fit(struct match_input *input, struct piece_run base, struct piece_run side, int *fits);

/*
 * Whether the one piece between two known ones is what became of the other there:
 * less likeness will do, however few the words.
 */
bool piece_stands_for(struct match_input *input, int base, int side);

/* How alike what was moved and what it may have become are, 0: too little, or of too few words. */
int piece_moved_alike(struct match_input *input, int base, int side);

#endif
