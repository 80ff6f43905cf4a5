/*
 * How often each token, or each word, stands in several texts, and what that
 * says: nothing lost, nothing doubled, nothing back.
 *
 * The texts are given in this order, and so are their counts: base, other, whole.
 */
#ifndef MERGE_TALLY_H
#define MERGE_TALLY_H

#include "merge/tokens.h"

enum { TALLIED_TEXTS = 3 };

struct token_count {
	uint32_t id; /* the token's number */
	bool blank;  /* a line of nothing: how many there are says little */
	int in[TALLIED_TEXTS];
};

/* The counts of all tokens that stand anywhere, by number. */
struct token_counts {
	struct token_count *at;
	int count;
};

/* cost: linear, or n log n where the numbers are larger than the tokens are many */
struct token_counts tokens_count(struct arena *arena, const struct tokens *const texts[],
				 int text_count);

/* The counts of one token; NULL: it stands nowhere. */
const struct token_count *token_count_of(const struct token_counts *counts, uint32_t id);

/* What marks a point, a quote, a row, a box: it says nothing, and merging may take it off. */
bool word_is_mark(struct str word);

/*
 * Whether the result has every word as often as the three texts can explain.
 * out: through `reached`, if so, whether it has every word of ours, of theirs: words_reach()
 */
bool words_account_for(struct str base, struct str ours, struct str theirs, struct str result,
		       bool reached[2]);

/*
 * Whether `whole` has every word that `other` has more often than the base, as often as it;
 * marks aside, as of points and rows.
 */
bool words_reach(struct str base, struct str other, struct str whole);

/* Whether each side is quickly seen to have a word, no mark, that neither base nor other has. */
bool words_part(struct str base, struct str ours, struct str theirs);

/*
 * Whether nothing that `other` added is missing, unless somebody took out of the base as much
 * of the same.
 */
bool words_may_reach(struct str base, struct str other, struct str whole);

/*
 * Whether `whole` may stand for `merged`, its merge with `other`, which says some word more
 * often: it has what other added to the base as often as the merge, and nothing more often
 * that other took out.
 */
bool words_stand_for(struct str base, struct str other, struct str whole, struct str merged);

/*
 * Whether some word that other took out of the base stands in the whole more often than in
 * other.
 */
bool words_come_back(const struct tokens texts[TALLIED_TEXTS]);

#endif
