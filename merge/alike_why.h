/* Why two texts are called alike: the words they share, and those that only one has. */
#ifndef MERGE_ALIKE_WHY_H
#define MERGE_ALIKE_WHY_H

#include "merge/alike.h"

struct alike_why {
	/* Numbers of the lexicon, each once, in the order of the texts: */
	struct word_list shared; /* as the first text has them */
	struct word_list only_a, only_b;
};

/*
 * Tells what a text shares with all of `others`, and what only it or only they
 * say: content words, figures, links and negations.
 */
struct alike_why alike_explain(struct arena *arena, const struct lexicon *lexicon,
			       struct stem_weights weights, struct alike_text text,
			       const struct alike_text *others, size_t count);

#endif
