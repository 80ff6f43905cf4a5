/*
 * The two keys of a wording: of its words in order, and of what they say in any
 * order.
 */
#ifndef MERGE_COLLECTION_KEYS_H
#define MERGE_COLLECTION_KEYS_H

#include "core/hash.h"
#include "merge/alike.h"

/* A hash of every stem's text, by stem number: the same whatever the numbers are. */
uint64_t *stem_hashes(struct arena *arena, const struct lexicon *lexicon);

/* Of the words in order, dress and breaks aside; `scratch` is overwritten. All zero: no words. */
struct key key_of_words(const struct lexicon *lexicon, struct alike_text text, struct buf *scratch);

/*
 * Of the content stems, figures, links and the number of negations; where there
 * are several figures, each goes with the word behind it.
 * out: false where the text has fewer than two content stems.
 */
bool key_of_bag(const struct lexicon *lexicon, const uint64_t *hashes, struct alike_text text,
		struct buf *scratch, struct key *out);

#endif
