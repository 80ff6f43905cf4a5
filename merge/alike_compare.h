/*
 * Two short texts laid side by side: which words they share, exactly or but for
 * a slip of the pen, and what only one says. All measures are whole numbers, so
 * that every machine gets the same.
 *
 * Invariant: symmetric, but for what its names say of one side.
 */
#ifndef MERGE_ALIKE_COMPARE_H
#define MERGE_ALIKE_COMPARE_H

#include "core/text_stem.h"

enum {
	PER_MILLE = 1000,
	COMPARED_WORDS =
		240, /* words of a text that are compared; what stands behind counts as unshared */
};

/* The weight of a stem: how rare it is, in 1/64 bits. Indexed by stem number. */
struct stem_weights {
	const uint16_t *of;
};

/* One word of a text, ready to be compared. */
struct compared_word {
	uint32_t word, stem;
	uint32_t weight; /* 1/64 bits */
	uint16_t place;
	uint16_t rate;	 /* as in struct word */
	uint16_t clause; /* which one, from 0 */
	uint8_t kind;
	uint16_t shared; /* per mille: how well the other text has it */
	uint16_t mate;	 /* place of its partner there */
};

struct negations {
	uint32_t strong, ne; /* words of negation, "plus" behind "ne" too; and the French "ne" */
	uint32_t lonely;     /* ne without a word of negation near behind */
	uint32_t behind_ne;  /* words since a ne that still waits, itself included; 0: none does */
};

/* A text, ready to be compared. */
struct compared_text {
	struct compared_word entries[COMPARED_WORDS]; /* sorted by stem, then place */
	size_t count;
	uint64_t weight;		  /* of all its words, those not compared included */
	uint8_t at_place[COMPARED_WORDS]; /* which entry stands where in the text */
	size_t content;			  /* content words, figures and links */
};

/* Content words, figures and links: what a text is about. */
bool word_is_matter(uint8_t kind);
/* Takes one more word, in order. A ne that waits in the end is lonely, too. */
void negations_count(struct negations *found, uint8_t kind, struct str text);

/*
 * Marks the shared entries of both sides: merge/alike_pairing.c
 * out: whether one says "possible" and the other "impossible".
 */
bool sides_pair(struct compared_text *a, struct compared_text *b, const struct lexicon *lexicon);

/* Reads the words of a text; `weights` covers every stem of the lexicon. */
void side_fill(struct compared_text *side, const struct lexicon *lexicon,
	       struct stem_weights weights, const uint32_t *words, size_t count);

/* Shares are per mille. */
struct comparison {
	uint32_t soft_cosine;	       /* of the weighted stems, slips of the pen forgiven */
	uint32_t cover_a, cover_b;     /* weight of a's (b's) words that the other has */
	uint32_t content_a, content_b; /* the same of content words, figures and links */
	uint32_t letters;	       /* Jaccard index of the sets of three letters */
	uint32_t letters_cosine;       /* cosine of weighted threes of letters */
	uint32_t first, last;	       /* how well the outermost content words are shared */
	uint32_t shared_weight;	       /* of content words, both sides together, 1/64 bits */
	uint32_t content;	       /* content words of the shorter side */
	uint32_t shared_content; /* content words that have a partner, of the side with fewer */
	uint32_t clause; /* the most that a clause, all of it shared, weighs of the lighter text */
	bool own_a, own_b; /* a (b) has a content word that the other lacks */
	bool figures_differ, negation_differs;
	bool opposed;	   /* one says "possible", the other "impossible" */
	bool same_content; /* the same set of content stems, figures and negations */
};

/* Marks the shared entries of both sides and measures. */
struct comparison sides_compare(struct compared_text *a, struct compared_text *b,
				const struct lexicon *lexicon);

#endif
