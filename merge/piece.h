/*
 * A note as the merge sees it: a flat list of pieces in document order.
 *
 * A piece is one block, or a set of variants: a run of neighbouring blocks of
 * one kind and one parent that are labelled 1, 2, 3… Pieces of the three texts
 * that say the same have one number, so the rest of the merge compares numbers.
 *
 *     blocks   # Budget | - rent ⟨version 1⟩ | - rents ⟨version 2⟩ | - food
 *     pieces   0          1 (wordings: 2)                            2
 *
 * Invariant: a piece's parent stands before it; `end` is behind its last
 * descendant; equal numbers mean equal kind and equal normal text.
 */
#ifndef MERGE_PIECE_H
#define MERGE_PIECE_H

#include "core/doc.h"
#include "merge/dictionary.h"
#include "merge/diff.h"

struct piece {
	int block;    /* the first one's index in the document */
	int wordings; /* how many blocks, one but for a set of variants */
	int parent;   /* piece, or NO_PARENT */
	int end;
	uint32_t rank;	     /* how deep it stands: a heading's level, else 10 + 2 * indent (+ 1) */
	uint32_t word_count; /* of all wordings */
	struct piece_words *words; /* one a wording, at first need: see piece_words() */
};

/* Of a set of variants so many are compared with others: of more, some tell as much as all. */
enum { COMPARED_WORDINGS = 8 };

/* Of the link that a text opens with: see merge/opening.h */
struct link_hashes {
	uint64_t name, place;
};

struct piece_words {
	const struct block *block; /* of the wording */
	struct numbers numbers;
	uint64_t marks;		/* one bit for each word, shared by some */
	const uint32_t *sorted; /* the numbers by size; at first need */
	struct numbers lines;	/* of its lines, by size; at first need */
	struct link_hashes link;
};

/* What a text, the base as well as a side, is read as. */
struct side {
	const struct doc *doc;
	int *piece_of; /* by block */
	struct piece *pieces;
	int count;
	uint32_t *ids;	  /* the numbers of the pieces, side by side for diffs */
	uint32_t largest; /* of them */
	uint8_t bullets;  /* what its points without a number begin with: see bullet_bit() */
	uint64_t *links;  /* hashes of the places that its pieces open with a link to, by size;
			     NULL: not listed yet */
	int link_count;
};

/* One bit for each of - * and +. */
static inline uint8_t bullet_bit(char glyph)
{
	return glyph == '-' ? 1 : glyph == '*' ? 2 : 4;
}

/*
 * Whether two pieces differ in nothing but what marks them: a heading, a point and
 * a paragraph of one text.
 */
bool pieces_say_the_same(const struct side *a, int x, const struct side *b, int y);

/* Whether no other piece of the text has the number of this one. cost: linear */
bool piece_is_only_one(const struct side *side, int piece);

/*
 * Reads the pieces of a document; `pieces` is the dictionary of all three. What the
 * document tells to be like a block of `base` (NULL: none) is not looked for.
 */
struct side side_read(struct arena *arena, struct dictionary *pieces, const struct doc *doc,
		      const struct side *base);

/* The words of a text, of a row without its marks, by which it is compared with others. */
struct numbers text_words(struct arena *arena, struct dictionary *words, struct str text, bool row);

/* The words of a block, its label and the marks of a table aside. */
struct numbers block_words(struct arena *arena, struct dictionary *words,
			   const struct block *block);

/* The same for each of a piece's first COMPARED_WORDINGS, kept with the piece. */
struct piece_words *piece_words(struct dictionary *words, struct side *side, int piece);

static inline const struct block *piece_block(const struct side *side, int piece)
{
	return side->doc->blocks + side->pieces[piece].block;
}

/* Whether there is such a piece, and it is a set of variants. */
static inline bool piece_is_set(const struct side *side, int piece)
{
	return piece >= 0 && side->pieces[piece].wordings > 1;
}

static inline int compared_wordings(const struct piece *piece)
{
	return piece->wordings < COMPARED_WORDINGS ? piece->wordings : COMPARED_WORDINGS;
}

/* The text of a block without its variant label, and then without what stands behind that. */
struct str block_text(const struct block *block);

#endif
