/*
 * Many texts together, ready to be compared: every wording once, weighed by how
 * rare its words are among them.
 *
 * Invariant: the wordings stand in the order of their keys, and nothing depends
 * on the order in which the texts were given, or on the number of processors.
 */
#ifndef MERGE_COLLECTION_H
#define MERGE_COLLECTION_H

#include "core/hash.h"
#include "merge/alike.h"
#include "merge/alike_memory.h"

/* Changes whenever a text may get another key: part of all that is stored under one. */
enum { NORMALISER_VERSION = 3 };

#define NO_WORDING UINT32_MAX

/* One wording, dress aside. */
struct collected {
	struct key key;	 /* of its words in order */
	struct key bag;	 /* of its content words, figures and negations, in any order; `key`
			    where it has fewer than two content words */
	uint32_t *words; /* of the lexicon */
	uint32_t *stems; /* of its content words, figures and links: each once, rarest first, by
			    rank */
	uint32_t word_count, stem_count;
	uint32_t weight; /* of `stems` together */
	uint32_t head;	 /* the first wording of the same bag */
};

struct collection {
	struct arena arena;
	struct lexicon *lexicon;
	struct collected *wordings; /* by key */
	uint32_t count;
	uint32_t *wording_of; /* for each text that was given; NO_WORDING: it has no words */
	struct stem_weights weights;
	uint32_t *rank_of;     /* by stem: 0 the rarest */
	uint16_t *rank_weight; /* by rank */
	uint32_t *holding;     /* by rank: how many wordings have it */
	uint32_t rank_count;
	struct postings *postings; /* made by the first collection_find() */
	struct arena *parts;
	size_t part_count;
};

/*
 * Reads the texts; they need not outlive the call.
 * out: to be closed. cost: n log n, on all processors.
 */
struct collection *collection_read(const struct str *texts, size_t count, enum language otherwise);
/* NULL is fine. */
void collection_close(struct collection *collection);

/* The wording as alike_compare() takes it. */
struct alike_text collected_text(const struct collected *wording);

/*
 * The key under which people's verdicts and caches know a text: its words in
 * order, dress aside. All zero: it has no words.
 */
struct key collection_key(struct lexicon *lexicon, struct str text, enum language otherwise);

/* Two wordings, by number, a < b, and how alike they are. */
struct alike_pair {
	uint32_t a, b, score;
	enum alike_level level;
};

struct alike_pairs {
	struct alike_pair *at;
	size_t count, room;
};

/*
 * The pairs of different bags that are at `least` that level, by number; only
 * the first wording of each bag is looked at. `memory`: see alike_memory.h; may be NULL.
 * Candidates share a rare stem, or two of their rarest; where very many texts
 * share the same ones, each is compared with its neighbours in order only, and
 * `cut`, unless NULL, counts such stems.
 * cost: near-linear.
 */
struct alike_pairs collection_pairs(struct arena *arena, const struct collection *collection,
				    enum alike_level least, struct alike_memory *memory,
				    size_t *cut);

/*
 * What a text that need not be in the collection repeats: the wordings at
 * `least` that level, best first, at most `room`; `a` of each pair is none.
 * cost: the lists of its rarest stems.
 */
size_t collection_find(struct collection *collection, struct str text, enum language otherwise,
		       enum alike_level least, struct alike_pair *out, size_t room);

#endif
