#include "merge/alike.h"

enum {
	BACKGROUND = 100, /* texts that the common rates count for */
	RATE_WHOLE = 10000,
	BIT = 64,     /* parts of a bit that weights are counted in */
	HEAVY = 3000, /* shared weight that is half of convincing */
	MANY = 10,    /* content words; more do not count */
	NEAR_COVER = 550,
	NEAR_COSINE = 560,
	OWN_CONTENT = 700,
	FRAME_WORDS = 4,
	CLAUSE_SHARE = 400,
	MOST_CONTENT = 850,
	MOST_COVER = 350,
	PART_COVER = 800,
	RELATED_SCORE = 450000,
};

/* log2(of) in 1/64 bits, rounded down; `of` is a ratio in 1/65536, 1 at least. */
static uint32_t log2_parts(uint64_t of)
{
	uint32_t parts = 0;
	uint64_t value = of;

	while (value >= UINT64_C(2) << 16) {
		value >>= 1;
		parts += BIT;
	}
	for (uint32_t half = BIT / 2; half; half /= 2) {
		value = value * value >> 16;
		if (value >= UINT64_C(2) << 16) {
			value >>= 1;
			parts += half;
		}
	}
	return parts;
}

/* Rare words count more than their bits: to the power of 1.5, scaled to keep 8 bits as they are. */
static uint16_t weight_of(size_t texts, uint32_t holding, uint32_t rate)
{
	uint64_t expected = (uint64_t)holding * RATE_WHOLE + (uint64_t)BACKGROUND * rate;
	uint64_t all = ((uint64_t)texts + BACKGROUND) * RATE_WHOLE;
	uint64_t ratio = (all << 16) / expected;
	uint64_t bits = log2_parts(ratio > 1 << 16 ? ratio : 1 << 16);
	uint64_t square = bits * bits * bits / (8 * BIT), root = 0;

	for (uint64_t step = 1 << 15; step; step /= 2)
		if ((root | step) * (root | step) <= square)
			root |= step;
	return (uint16_t)(root ? root : 1);
}

struct stem_weights alike_weigh(struct arena *arena, const struct lexicon *lexicon,
				const struct alike_text *texts, size_t count)
{
	size_t stems = lexicon->stem_count;
	uint16_t *weights = arena_array(arena, uint16_t, stems + WEIGHT_SLACK),
		 *rates = arena_array(arena, uint16_t, stems);
	uint32_t *holding = arena_array(arena, uint32_t, stems),
		 *seen = arena_array(arena, uint32_t, stems);

	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < texts[i].count; j++) {
			const struct word *word = lexicon_word(lexicon, texts[i].words[j]);

			if (word->rate > rates[word->stem])
				rates[word->stem] = word->rate;
			if (seen[word->stem] == i + 1)
				continue;
			seen[word->stem] = (uint32_t)i + 1;
			holding[word->stem]++;
		}
	}
	for (size_t stem = 0; stem < stems; stem++)
		weights[stem] = weight_of(count, holding[stem], rates[stem] ? rates[stem] : 10U);
	for (size_t stem = stems; stem < stems + WEIGHT_SLACK; stem++)
		weights[stem] = weight_of(count, 1, 10U);
	return (struct stem_weights){weights};
}

/*
 * A regression of the people's scores (0 to 5, here 0 to 1) on these measures
 * and their products, least squares with a ridge of 1e-5, over the STS
 * benchmark's French and English training pairs; rounded to thousandths.
 */
static uint32_t score_of(const struct comparison *found)
{
	int64_t lesser = found->cover_a < found->cover_b ? found->cover_a : found->cover_b;
	int64_t content_least =
		found->content_a < found->content_b ? found->content_a : found->content_b;
	int64_t content_most = (int64_t)found->content_a + found->content_b - content_least;
	int64_t size = found->content < MANY ? found->content * PER_MILLE / MANY : PER_MILLE;
	int64_t shared = found->shared_weight * INT64_C(1000) / (found->shared_weight + HEAVY);
	int64_t cosine = found->soft_cosine, letters = found->letters_cosine;
	int64_t figures = found->figures_differ;
	int64_t score = 92 * PER_MILLE + 88 * cosine + 69 * letters + 280 * lesser +
			137 * content_most + 71 * (int64_t)found->letters +
			5 * PER_MILLE * figures - 246 * size + 30 * (int64_t)found->first +
			14 * (int64_t)found->last + 547 * shared;

	score += (-496 * cosine * shared + 23 * content_least * content_most +
		  70 * (int64_t)found->first * found->last + 358 * letters * size) /
		 PER_MILLE;
	score -= 150 * figures * cosine;
	if (score < 0)
		return 0;
	return score < ALIKE_FULL ? (uint32_t)score : ALIKE_FULL;
}

static bool same_words(struct alike_text a, struct alike_text b, const struct lexicon *lexicon)
{
	size_t i = 0, j = 0;

	for (;;) {
		while (i < a.count && a.words[i] == 0)
			i++;
		while (j < b.count && b.words[j] == 0)
			j++;
		if (i == a.count || j == b.count)
			return i == a.count && j == b.count;
		if (!str_equal(lexicon_word(lexicon, a.words[i++])->text,
			       lexicon_word(lexicon, b.words[j++])->text))
			return false;
	}
}

static enum alike_level level_of(const struct comparison *found, uint32_t score)
{
	uint32_t lesser = found->cover_a < found->cover_b ? found->cover_a : found->cover_b;
	uint32_t greater = found->cover_a + found->cover_b - lesser;
	uint32_t content =
		found->content_a < found->content_b ? found->content_a : found->content_b;
	/* Each says something of its own in one frame: "rhymes with kindness", "with thrift". */
	bool exchanged = found->own_a && found->own_b && content < OWN_CONTENT &&
			 found->shared_content < FRAME_WORDS;
	bool much = lesser >= NEAR_COVER && found->soft_cosine >= NEAR_COSINE && !exchanged;
	/* Nearly all that both say, among small words that weigh much in a short text. */
	bool most = content >= MOST_CONTENT && lesser >= MOST_COVER && found->content >= 2;
	bool part = greater >= PART_COVER && found->content > 0;

	if (found->figures_differ || found->negation_differs || found->opposed)
		return much || most || part	? ALIKE_CONTRADICTS
		       : score >= RELATED_SCORE ? ALIKE_RELATED
						: ALIKE_UNRELATED;
	if (found->same_content && found->content >= 2)
		return ALIKE_SAME_WORDS;
	if (much || most)
		return ALIKE_NEAR;
	if (part || found->clause >= CLAUSE_SHARE)
		return ALIKE_PART_OF;
	return score >= RELATED_SCORE ? ALIKE_RELATED : ALIKE_UNRELATED;
}

struct alikeness alike_compare(const struct lexicon *lexicon, struct stem_weights weights,
			       struct alike_text a, struct alike_text b)
{
	struct compared_text left, right;
	struct alikeness found = {0};

	side_fill(&left, lexicon, weights, a.words, a.count);
	side_fill(&right, lexicon, weights, b.words, b.count);
	if (left.count == 0 || right.count == 0)
		return found;
	if (same_words(a, b, lexicon))
		return (struct alikeness){ALIKE_IDENTICAL, ALIKE_FULL};
	struct comparison measures = sides_compare(&left, &right, lexicon);
	found.score = score_of(&measures);
	found.level = level_of(&measures, found.score);
	return found;
}

const char *alike_level_name(enum alike_level level)
{
	static const char *const names[] = {"unrelated", "related",    "contradicts", "part-of",
					    "near",	 "same-words", "identical"};

	return names[level];
}
