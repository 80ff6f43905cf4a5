/*
 * A text as words, or as lines, each with the white space behind it.
 *
 * Invariant: `lead`, then every token and the space behind it, are the text.
 */
#ifndef MERGE_TOKENS_H
#define MERGE_TOKENS_H

#include "merge/dictionary.h"
#include "merge/diff.h"

struct tokens {
	struct str lead; /* white space in front, or the label of entries */
	struct str *at;
	uint32_t *spaces; /* bytes of white space behind each */
	uint32_t *ids;	  /* equal tokens have one number */
	int count;
};

/*
 * Takes the next word from `at` on and the white space behind it, to whose end
 * `at` goes; a no-break space is part of a word. out: false once no word is left
 */
bool next_token(struct str text, size_t *at, struct str *word, struct str *space);

/* Whether a word is a mark by itself between two statements: it belongs to neither. */
bool is_lone_mark(struct str word);

/* Whether what stands before the word and behind it are two statements. */
bool ends_sentence(struct str word);

/* The word without the marks that end a sentence or a part of one; all of it if it is marks. */
struct str word_without_marks_behind(struct str word);

/*
 * Words end at white space, no-break spaces included, which so are space like other space;
 * a figure written with blanks, "12 000", is one.
 */
struct tokens tokens_of_words(struct dictionary *words, struct str text);

/* What words are made of: runs of letters and figures, and each mark by itself. */
struct tokens tokens_of_parts(struct dictionary *words, struct str text);

/* A line's space is its line end. */
struct tokens tokens_of_lines(struct dictionary *words, struct str text);

/* How a text is taken apart. */
typedef struct tokens splitting(struct dictionary *words, struct str text);

enum { KNOWN_SPLITS = 8 };

/* The first texts that were taken apart, for those who do it again and again. */
struct splits {
	struct split_text {
		splitting *splitter;
		struct str text;
		struct tokens tokens;
	} at[KNOWN_SPLITS];
	size_t count;
};

/* A text taken apart; `words` are the same for all of `splits`, and the texts stay. */
struct tokens tokens_known(struct splits *splits, struct dictionary *words, splitting *splitter,
			   struct str text);

/* The tokens [from, to), borrowed. */
static inline struct tokens tokens_part(const struct tokens *tokens, int from, int to)
{
	if (from == to)
		return (struct tokens){.count = 0};
	return (struct tokens){
		.at = tokens->at + from,
		.spaces = tokens->spaces + from,
		.ids = tokens->ids + from,
		.count = to - from,
	};
}

/* The white space behind token `i`. */
static inline struct str token_space(const struct tokens *tokens, int i)
{
	struct str space = {tokens->at[i].at + tokens->at[i].len, tokens->spaces[i]};

	str_promise_place(space);
	return space;
}

static inline struct numbers tokens_numbers(const struct tokens *tokens)
{
	return (struct numbers){tokens->ids, tokens->count};
}

static inline struct numbers tokens_slice(const struct tokens *tokens, int from, int to)
{
	return (struct numbers){tokens->count ? tokens->ids + from : NULL, to - from};
}

/* Whether both have the same tokens in one order, whatever space is behind them. */
bool tokens_equal(const struct tokens *a, const struct tokens *b);

/* The bytes of a run of tokens, without what stands behind the last. */
struct str tokens_text(const struct tokens *tokens, int from, int to);

#endif
