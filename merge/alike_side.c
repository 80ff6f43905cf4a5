#include "merge/alike_compare.h"

#include <stdlib.h>

enum { NEAR_NE = 7 }; /* words within which "ne" finds its "pas" */

static int by_stem(const void *left, const void *right)
{
	const struct compared_word *a = left, *b = right;

	if (a->stem != b->stem)
		return a->stem < b->stem ? -1 : 1;
	return (a->place > b->place) - (a->place < b->place);
}

bool word_is_matter(uint8_t kind)
{
	return kind == WORD_CONTENT || kind == WORD_NUMBER || kind == WORD_LINK;
}

void negations_count(struct negations *found, uint8_t kind, struct str text)
{
	if (found->behind_ne && ++found->behind_ne > NEAR_NE)
		found->lonely++, found->behind_ne = 0;
	if (kind == WORD_NE) {
		found->ne++;
		found->lonely += found->behind_ne > 0;
		found->behind_ne = 1;
	} else if (kind == WORD_NEGATION || (found->behind_ne && str_equal(text, STR("plus")))) {
		found->strong++;
		found->behind_ne = 0;
	}
}

void side_fill(struct compared_text *side, const struct lexicon *lexicon,
	       struct stem_weights weights, const uint32_t *words, size_t count)
{
	uint16_t clause = 0;

	side->count = side->content = 0;
	side->weight = 0;
	for (size_t i = 0; i < count; i++) {
		const struct word *word = lexicon_word(lexicon, words[i]);

		if (words[i] == 0) {
			clause++;
			continue;
		}
		side->weight += weights.of[word->stem];
		side->content += word_is_matter(word->kind);
		if (side->count == COMPARED_WORDS)
			continue;
		side->entries[side->count] =
			(struct compared_word){.word = words[i],
					       .rate = word->rate,
					       .stem = word->stem,
					       .weight = weights.of[word->stem],
					       .place = (uint16_t)side->count,
					       .clause = clause,
					       .kind = word->kind};
		side->count++;
	}
	qsort(side->entries, side->count, sizeof *side->entries, by_stem);
	for (size_t i = 0; i < side->count; i++)
		side->at_place[side->entries[i].place] = (uint8_t)i;
}
