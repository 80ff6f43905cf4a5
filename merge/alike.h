/*
 * How alike two points are, and by what right one may say so.
 *
 * Invariant: the result depends on the two texts and the weights alone, and is
 * the same with the texts swapped. Texts whose figures or negations differ are
 * never near, however alike.
 */
#ifndef MERGE_ALIKE_H
#define MERGE_ALIKE_H

#include "core/hash.h"
#include "core/text_stem.h"
#include "merge/alike_compare.h"

enum alike_level {
	ALIKE_UNRELATED,
	ALIKE_RELATED,
	ALIKE_CONTRADICTS, /* alike, but figures or negations differ */
	ALIKE_PART_OF,	   /* what one says, the other says too */
	ALIKE_NEAR,
	ALIKE_SAME_WORDS, /* the same content words, figures and negations */
	ALIKE_IDENTICAL,  /* the same words in the same order; dress aside */
};

/* Changes whenever two texts may come out otherwise. */
enum { ALIKE_VERSION = 4 };

enum {
	ALIKE_FULL = 1000000,
	WEIGHT_SLACK = 4096, /* stems read after weighing that have a weight all the same */
};

struct alikeness {
	enum alike_level level;
	uint32_t score; /* 0 to ALIKE_FULL */
};

struct alike_text {
	const uint32_t *words; /* of the lexicon */
	size_t count;
};

/*
 * Weighs every stem of the lexicon by how rare it is in `texts`, over a
 * background that counts as much as a hundred texts.
 * out: lives in the arena; covers WEIGHT_SLACK stems more.
 */
struct stem_weights alike_weigh(struct arena *arena, const struct lexicon *lexicon,
				const struct alike_text *texts, size_t count);

struct alikeness alike_compare(const struct lexicon *lexicon, struct stem_weights weights,
			       struct alike_text a, struct alike_text b);

/* "near", "part-of"…; never translated. */
const char *alike_level_name(enum alike_level level);

#endif
