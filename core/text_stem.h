/*
 * The lexicon: words as numbers, each with its Snowball stem, its kind, and how
 * often one meets it; French or English is told for every text by its own small
 * words.
 *
 * Invariant: a text read twice gives the same numbers, and words that differ
 * only in case, accents, apostrophes or ligatures have one number. What a
 * number means holds for one lexicon only: never stored.
 * source: https://snowballstem.org/algorithms/french/stemmer.html
 */
#ifndef CORE_TEXT_STEM_H
#define CORE_TEXT_STEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/message.h"
#include "core/str.h"
#include "core/text_fold.h"

/* Changes whenever the same text may give other words or stems: part of every cached key. */
enum { STEM_VERSION = 3 };

enum word_kind {
	WORD_BREAK,  /* between clauses; only word number 0 */
	WORD_COMMON, /* article, pronoun, preposition, auxiliary */
	WORD_POLE,   /* as common, but its opposite is too: moins, contre; against, after */
	WORD_CONTENT,
	WORD_NUMBER,   /* its stem is the figure, also of "deux", "two" */
	WORD_NEGATION, /* pas, jamais, sans…; not, never, without… */
	WORD_NE,       /* the half of a French negation that speech leaves out */
	WORD_LINK,
};

struct word {
	struct str text; /* folded */
	uint32_t stem;	 /* number in the lexicon */
	uint16_t rate;	 /* texts out of 10,000 that one expects to hold it, 1 at least */
	uint8_t kind;	 /* enum word_kind */
	bool known;	 /* filled in */
};

struct lexicon {
	struct arena *arena;
	struct surface *surfaces;
	struct str *stems;
	uint32_t *surface_slots, *stem_slots;
	size_t surface_count, surface_room, surface_slot_count;
	size_t stem_count, stem_room, stem_slot_count;
	struct fold_table fold;
	struct buf folded;
	void *snowball[2];
};

/*
 * Makes a lexicon with the common words of both languages in it.
 * errors: none; lexicon_close() releases what the arena does not hold.
 */
struct lexicon *lexicon_open(struct arena *arena);
void lexicon_close(struct lexicon *lexicon);

struct word_list {
	struct arena *arena;
	uint32_t *at;
	size_t count, room;
};

/*
 * Appends the numbers of the words of `text` to `out`, with 0 between clauses;
 * numerals of several words are one figure, see text_figures.h.
 * The text's language is told by its small words and its letters; `otherwise`
 * where they do not tell.
 * cost: linear, plus one stemming for every word not met before.
 */
void lexicon_read(struct lexicon *lexicon, struct str text, enum language otherwise,
		  struct word_list *out);

/*
 * Takes in all words of another lexicon.
 * out: for each of its numbers the number that the word has here; in `arena`.
 */
uint32_t *lexicon_unite(struct arena *arena, struct lexicon *lexicon, const struct lexicon *other);

/* The number of the word that is the figure `digits`. */
uint32_t lexicon_figure(struct lexicon *lexicon, struct str digits, enum language language);

/* The word with this number; valid until the next reading. */
const struct word *lexicon_word(const struct lexicon *lexicon, uint32_t number);

#endif
