#include "merge/few_words.h"

/* What is smaller is quickly compared all with all. */
enum { MANY_BLOCKS = 10000 };

/* Blocks looked at, spread over the text, and the different words that they have at most. */
enum { LOOKED_AT = 512, FEW_WORDS = 64 };

static bool is_mostly_new(const struct doc *base, const struct doc *side)
{
	size_t known = 0;

	for (size_t i = 0; i < side->count; i++)
		known += side->beside == base->blocks && side->blocks[i].like > 0;
	return 2 * known < side->count;
}

static bool has_few_words(const struct doc *doc)
{
	struct arena scratch = {0};
	struct dictionary words = {.arena = &scratch};
	size_t step = doc->count / LOOKED_AT;

	for (size_t i = 0; i < doc->count && words.count <= FEW_WORDS; i += step) {
		struct str rest = doc->blocks[i].text, word;

		while (words.count <= FEW_WORDS && str_next_word(&rest, &word))
			word_id(&words, word);
	}
	bool few = words.count <= FEW_WORDS;

	arena_free(&scratch);
	return few;
}

bool have_few_words(const struct texts *texts)
{
	const struct doc *base = &texts->doc[BASE];

	return base->count >= MANY_BLOCKS && is_mostly_new(base, &texts->doc[OURS]) &&
	       is_mostly_new(base, &texts->doc[THEIRS]) && has_few_words(base);
}
