#include "merge/alike_compare.h"

#include <stdlib.h>

#include "merge/alike_figures.h"

enum {
	THREES = 2048,	 /* of one text; further ones count for nothing */
	OWN_LETTERS = 4, /* of a word, so that its absence on the other side tells something */
	ALL_OF_IT = 800, /* per mille: so well shared, a word is said by both */
};

static uint64_t square_root(uint64_t square)
{
	uint64_t root = 0;

	for (uint64_t bit = UINT64_C(1) << 31; bit; bit >>= 1)
		if ((root | bit) * (root | bit) <= square)
			root |= bit;
	return root;
}

static uint32_t ratio(uint64_t part, uint64_t whole)
{
	return whole ? (uint32_t)(part * PER_MILLE / whole) : 0;
}

/* part / sqrt(a * b), per mille. */
static uint32_t cosine(uint64_t part, uint64_t a, uint64_t b)
{
	uint64_t root = square_root(a) * square_root(b);
	uint32_t found = ratio(part, root);

	return found < PER_MILLE ? found : PER_MILLE;
}

static uint64_t square_sum(const struct compared_text *side)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < side->count; i++)
		sum += (uint64_t)side->entries[i].weight * side->entries[i].weight;
	return sum;
}

static void measure_cosine(struct comparison *found, const struct compared_text *a,
			   const struct compared_text *b)
{
	uint64_t soft = 0, squares_a = square_sum(a), squares_b = square_sum(b);

	for (size_t i = 0; i < a->count; i++) {
		const struct compared_word *entry = &a->entries[i];
		uint64_t square = (uint64_t)entry->weight * entry->weight;

		soft += square * entry->shared / PER_MILLE;
	}
	found->soft_cosine = cosine(soft, squares_a, squares_b);
}

struct cover {
	uint32_t all, matter;
};

static struct cover cover_of(const struct compared_text *side)
{
	struct cover found = {0};
	uint64_t shared = 0, matter = 0, matter_shared = 0;

	for (size_t i = 0; i < side->count; i++) {
		const struct compared_word *entry = &side->entries[i];
		uint64_t part = (uint64_t)entry->weight * entry->shared;

		shared += part;
		if (!word_is_matter(entry->kind))
			continue;
		matter += entry->weight;
		matter_shared += part;
	}
	found.all = ratio(shared / PER_MILLE, side->weight);
	found.matter = ratio(matter_shared / PER_MILLE, matter);
	return found;
}

/* A set of three letters with the weight of the words they stand in. */
struct three {
	uint32_t letters, weight;
};

static int by_letters(const void *left, const void *right)
{
	const struct three *a = left, *b = right;

	return (a->letters > b->letters) - (a->letters < b->letters);
}

/* The threes of a side's words, a blank before and behind each; sorted, each once. */
static size_t threes_of(const struct compared_text *side, const struct lexicon *lexicon,
			struct three *threes)
{
	size_t count = 0, kept = 0;

	for (size_t i = 0; i < side->count; i++) {
		struct str text = lexicon_word(lexicon, side->entries[i].word)->text;
		uint32_t window = (uint32_t)' ' << 8 | ' ', weight;

		weight = side->entries[i].weight / (uint32_t)(text.len + 1) + 1;
		for (size_t j = 0; j <= text.len && count < THREES; j++) {
			unsigned char next = j < text.len ? (unsigned char)text.at[j] : ' ';
			window = (window << 8 | next) & 0xFFFFFF;
			threes[count++] = (struct three){window, weight};
		}
	}
	if (count > 1)
		qsort(threes, count, sizeof *threes, by_letters);
	for (size_t i = 0; i < count; i++) {
		if (kept && threes[kept - 1].letters == threes[i].letters)
			threes[kept - 1].weight += threes[i].weight;
		else
			threes[kept++] = threes[i];
	}
	return kept;
}

static void measure_letters(struct comparison *found, const struct compared_text *a,
			    const struct compared_text *b, const struct lexicon *lexicon)
{
	struct three left[THREES], right[THREES];
	size_t left_count = threes_of(a, lexicon, left), right_count = threes_of(b, lexicon, right);
	uint64_t squares_a = 0, squares_b = 0, product = 0, both = 0;

	for (size_t i = 0; i < left_count; i++)
		squares_a += (uint64_t)left[i].weight * left[i].weight;
	for (size_t j = 0; j < right_count; j++)
		squares_b += (uint64_t)right[j].weight * right[j].weight;
	for (size_t i = 0, j = 0; i < left_count && j < right_count;) {
		if (left[i].letters == right[j].letters) {
			product += (uint64_t)left[i++].weight * right[j++].weight;
			both++;
		} else if (left[i].letters < right[j].letters) {
			i++;
		} else {
			j++;
		}
	}
	found->letters = ratio(both, left_count + right_count - both);
	found->letters_cosine = cosine(product, squares_a, squares_b);
}

/* Whether every content stem of `side` is a stem of `other` too. */
static bool content_within(const struct compared_text *side, const struct compared_text *other)
{
	for (size_t i = 0, j = 0; i < side->count; i++) {
		const struct compared_word *entry = &side->entries[i];

		if ((!word_is_matter(entry->kind) && entry->kind != WORD_POLE) ||
		    (entry->kind == WORD_NUMBER && entry->shared))
			continue;
		while (j < other->count && other->entries[j].stem < side->entries[i].stem)
			j++;
		if (j == other->count || other->entries[j].stem != side->entries[i].stem)
			return false;
	}
	return true;
}

/* How well the first (or last) content word of `side` is shared. */
static uint32_t outermost_matter(const struct compared_text *side, bool last)
{
	const struct compared_word *found = NULL;

	for (size_t i = 0; i < side->count; i++) {
		const struct compared_word *entry = &side->entries[i];

		if (word_is_matter(entry->kind) &&
		    (!found || (last ? entry->place > found->place : entry->place < found->place)))
			found = entry;
	}
	return found ? found->shared : 0;
}

static uint32_t shared_weight(const struct compared_text *side)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < side->count; i++)
		if (word_is_matter(side->entries[i].kind))
			sum += side->entries[i].weight * side->entries[i].shared / PER_MILLE;
	return sum;
}

/* What a word is, given what it is a slip of: a negation misspelt still negates. */
static uint8_t meant_kind(const struct compared_word *entry, const struct compared_text *other)
{
	if (!entry->shared || entry->shared == PER_MILLE)
		return entry->kind;
	uint8_t mate = other->entries[other->at_place[entry->mate]].kind;
	if (mate == WORD_NEGATION || entry->kind == WORD_NEGATION)
		return WORD_NEGATION;
	if (mate != WORD_NE && entry->kind != WORD_NE)
		return entry->kind;
	return mate == WORD_COMMON || entry->kind == WORD_COMMON ? WORD_COMMON : WORD_NE;
}

static uint32_t count_shared(const struct compared_text *side)
{
	uint32_t count = 0;

	for (size_t i = 0; i < side->count; i++)
		count += word_is_matter(side->entries[i].kind) && side->entries[i].shared;
	return count;
}

static uint64_t matter_weight(const struct compared_text *side)
{
	uint64_t weight = 0;

	for (size_t i = 0; i < side->count; i++)
		if (word_is_matter(side->entries[i].kind))
			weight += side->entries[i].weight;
	return weight;
}

/*
 * The heaviest clause of `side` of which the other text says all: at least two
 * content words, none left out. out: per mille of what the lighter text weighs
 */
static uint32_t best_clause(const struct compared_text *side, const struct compared_text *other)
{
	uint64_t own = matter_weight(side), whole = matter_weight(other), best = 0;
	size_t place = 0;

	while (place < side->count) {
		uint16_t clause = side->entries[side->at_place[place]].clause;
		uint64_t weight = 0;
		size_t words = 0;
		bool all = true;

		for (; place < side->count; place++) {
			const struct compared_word *entry = &side->entries[side->at_place[place]];

			if (entry->clause != clause)
				break;
			if (!word_is_matter(entry->kind))
				continue;
			all = all && entry->shared >= ALL_OF_IT;
			weight += entry->weight;
			words++;
		}
		if (all && words >= 2 && weight > best)
			best = weight;
	}
	return ratio(best, own < whole ? own : whole);
}

/* May one be a misspelling of the other, however bad? */
static bool may_be_meant(struct str a, struct str b)
{
	return a.at[0] == b.at[0] && a.len <= b.len + 2 && b.len <= a.len + 2;
}

/* Whether a content word of `side` has no counterpart at all on the other. */
static bool has_own(const struct compared_text *side, const struct compared_text *other,
		    const struct lexicon *lexicon)
{
	for (size_t i = 0; i < side->count; i++) {
		const struct compared_word *entry = &side->entries[i];
		struct str word = lexicon_word(lexicon, entry->word)->text;
		bool meant = false;

		if (entry->kind != WORD_CONTENT || entry->shared || word.len < OWN_LETTERS)
			continue;
		for (size_t j = 0; j < other->count && !meant; j++)
			meant = !other->entries[j].shared &&
				may_be_meant(word,
					     lexicon_word(lexicon, other->entries[j].word)->text);
		if (!meant)
			return true;
	}
	return false;
}

static struct negations negations_of(const struct compared_text *side,
				     const struct compared_text *other,
				     const struct lexicon *lexicon)
{
	struct negations found = {0};

	for (size_t place = 0; place < side->count; place++) {
		const struct compared_word *entry = &side->entries[side->at_place[place]];

		negations_count(&found, meant_kind(entry, other),
				lexicon_word(lexicon, entry->word)->text);
	}
	found.lonely += found.behind_ne > 0;
	return found;
}

struct comparison sides_compare(struct compared_text *a, struct compared_text *b,
				const struct lexicon *lexicon)
{
	struct comparison found = {0};
	bool opposed = sides_pair(a, b, lexicon);
	struct negations no_a = negations_of(a, b, lexicon), no_b = negations_of(b, a, lexicon);
	bool same_negations = no_a.strong == no_b.strong && no_a.ne == no_b.ne;

	measure_cosine(&found, a, b);
	struct cover cover_a = cover_of(a), cover_b = cover_of(b);
	found.cover_a = cover_a.all, found.cover_b = cover_b.all;
	found.content_a = cover_a.matter, found.content_b = cover_b.matter;
	measure_letters(&found, a, b, lexicon);
	found.figures_differ = sides_figures_differ(a, b);
	found.first = (outermost_matter(a, false) + outermost_matter(b, false)) / 2;
	found.last = (outermost_matter(a, true) + outermost_matter(b, true)) / 2;
	found.shared_weight = shared_weight(a) + shared_weight(b);
	found.content = a->content < b->content ? (uint32_t)a->content : (uint32_t)b->content;
	uint32_t shared_a = count_shared(a), shared_b = count_shared(b);
	found.shared_content = shared_a < shared_b ? shared_a : shared_b;
	uint32_t clause_a = best_clause(a, b), clause_b = best_clause(b, a);
	found.clause = clause_a > clause_b ? clause_a : clause_b;
	found.own_a = has_own(a, b, lexicon), found.own_b = has_own(b, a, lexicon);
	found.opposed = opposed;
	found.negation_differs =
		!same_negations && no_a.strong + no_a.lonely != no_b.strong + no_b.lonely;
	found.same_content = same_negations && !found.figures_differ && content_within(a, b) &&
			     content_within(b, a);
	return found;
}
