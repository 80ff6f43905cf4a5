#include "merge/alike_compare.h"

#include <stdlib.h>
#include <string.h>

enum {
	NEAR_NE = 6,	   /* words within which "ne" finds its "pas" */
	SLIP_LETTERS = 4,  /* a word this long may hold one slip of the pen */
	TWO_SLIPS = 8,	   /* and this long, two */
	LONGEST_WORD = 40, /* letters of a word that are compared */
	ROOT_LETTERS = 5,  /* words that begin alike this far may be of one family */
	FAMILY = 600,	   /* how well such words stand for each other, per mille */
	SLIP_WORDS = 64,   /* words from the start that slips are looked for in */
	SLIP_PAIRS = 256,
	THREES = 2048,
};

static bool is_matter(uint8_t kind)
{
	return kind == WORD_CONTENT || kind == WORD_NUMBER || kind == WORD_LINK;
}

static int by_stem(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;

	if (a->stem != b->stem)
		return a->stem < b->stem ? -1 : 1;
	return (a->place > b->place) - (a->place < b->place);
}

static void count_negations(struct side *side)
{
	int ne_at = -1;

	for (size_t i = 0; i < side->count; i++) {
		const struct entry *entry = &side->entries[i];

		if (ne_at >= 0 && (int)i - ne_at > NEAR_NE)
			side->lonely++, ne_at = -1;
		if (entry->kind == WORD_NE) {
			side->ne++;
			side->lonely += ne_at >= 0;
			ne_at = (int)i;
		} else if (entry->kind == WORD_NEGATION) {
			side->strong++;
			ne_at = -1;
		}
	}
	side->lonely += ne_at >= 0;
}

void side_fill(struct side *side, const struct lexicon *lexicon, struct stem_weights weights,
	       const uint32_t *words, size_t count)
{
	side->count = side->content = side->strong = side->ne = side->lonely = 0;
	side->weight = 0;
	for (size_t i = 0; i < count; i++) {
		const struct word *word = lexicon_word(lexicon, words[i]);

		if (words[i] == 0)
			continue;
		side->weight += weights.of[word->stem];
		side->content += is_matter(word->kind);
		if (side->count == COMPARED_WORDS)
			continue;
		side->entries[side->count] = (struct entry){.word = words[i],
							    .stem = word->stem,
							    .weight = weights.of[word->stem],
							    .place = (uint16_t)side->count,
							    .kind = word->kind};
		side->count++;
	}
	count_negations(side);
	qsort(side->entries, side->count, sizeof *side->entries, by_stem);
}

/* Edits (a letter put in, taken out, changed; two neighbours swapped) up to `most`, else more. */
static size_t slips_between(struct str a, struct str b, size_t most)
{
	uint8_t rows[3][LONGEST_WORD + 1];

	if (a.len > LONGEST_WORD || b.len > LONGEST_WORD || a.len > b.len + most ||
	    b.len > a.len + most)
		return most + 1;
	for (size_t j = 0; j <= b.len; j++)
		rows[0][j] = (uint8_t)j;
	for (size_t i = 1; i <= a.len; i++) {
		uint8_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *higher = rows[(i + 1) % 3];
		uint8_t least = row[0] = (uint8_t)i;

		for (size_t j = 1; j <= b.len; j++) {
			unsigned best = above[j - 1] + (a.at[i - 1] == b.at[j - 1] ? 0U : 1U);
			best = best < above[j] + 1U ? best : above[j] + 1U;
			best = best < row[j - 1] + 1U ? best : row[j - 1] + 1U;
			if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] &&
			    a.at[i - 2] == b.at[j - 1] && higher[j - 2] + 1U < best)
				best = higher[j - 2] + 1U;
			row[j] = (uint8_t)best;
			least = row[j] < least ? row[j] : least;
		}
		if (least > most)
			return most + 1;
	}
	return rows[a.len % 3][b.len];
}

static size_t common_start(struct str a, struct str b)
{
	size_t len = 0;

	while (len < a.len && len < b.len && a.at[len] == b.at[len])
		len++;
	return len;
}

/* A slip makes an unknown word even of a common one; of figures and negations it makes others. */
static bool may_slip(uint8_t kind)
{
	return kind == WORD_CONTENT || kind == WORD_COMMON;
}

/* How well one word stands for another of a different stem, per mille; 0: not. */
static uint16_t word_likeness(const struct lexicon *lexicon, const struct entry *a,
			      const struct entry *b)
{
	if (!may_slip(a->kind) || !may_slip(b->kind))
		return 0;
	struct str left = lexicon_word(lexicon, a->word)->text;
	struct str right = lexicon_word(lexicon, b->word)->text;
	size_t shorter = left.len < right.len ? left.len : right.len;
	size_t longer = left.len + right.len - shorter;

	if (longer < SLIP_LETTERS || shorter + 1 < SLIP_LETTERS)
		return 0;
	size_t most = longer >= TWO_SLIPS ? 2 : 1;
	size_t slips = slips_between(left, right, most);
	if (slips <= most)
		return (uint16_t)(PER_MILLE - PER_MILLE * slips / (longer + 1));
	size_t start = common_start(left, right);
	return start >= ROOT_LETTERS && 2 * start >= longer ? FAMILY : 0;
}

static void pair_up(struct entry *a, struct entry *b, uint16_t likeness)
{
	a->shared = b->shared = likeness;
	a->mate = b->place;
	b->mate = a->place;
}

static void match_stems(struct side *a, struct side *b)
{
	for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
		struct entry *left = &a->entries[i], *right = &b->entries[j];

		if (left->stem == right->stem)
			pair_up(left, right, PER_MILLE), i++, j++;
		else if (left->stem < right->stem)
			i++;
		else
			j++;
	}
}

/* A possible pair of words with different stems. */
struct slip {
	struct entry *left, *right;
	struct str first, second; /* their texts, in order of bytes */
	uint16_t likeness;
};

/* Best first; ties by the words themselves and their places, never by number. */
static int by_likeness(const void *left, const void *right)
{
	const struct slip *a = left, *b = right;
	int order;

	if (a->likeness != b->likeness)
		return a->likeness > b->likeness ? -1 : 1;
	if ((order = str_compare(a->first, b->first)) ||
	    (order = str_compare(a->second, b->second)))
		return order;
	unsigned here = a->left->place + a->right->place, there = b->left->place + b->right->place;
	return (here > there) - (here < there);
}

static size_t lonely_entries(struct side *side, struct entry **lonely)
{
	size_t count = 0;

	for (size_t i = 0; i < side->count; i++)
		if (!side->entries[i].shared && side->entries[i].place < SLIP_WORDS)
			lonely[count++] = &side->entries[i];
	return count;
}

/* A misspelt word is rare only for its spelling: both weigh what the lighter one does. */
static void level_weights(struct side *a, struct entry *left, struct side *b, struct entry *right)
{
	uint32_t weight = left->weight < right->weight ? left->weight : right->weight;

	a->weight -= left->weight - weight;
	b->weight -= right->weight - weight;
	left->weight = right->weight = weight;
}

/* Pairs what is left over by likeness. */
static void match_slips(struct side *a, struct side *b, const struct lexicon *lexicon)
{
	struct entry *left[SLIP_WORDS], *right[SLIP_WORDS];
	struct slip slips[SLIP_PAIRS];
	size_t left_count = lonely_entries(a, left), right_count = lonely_entries(b, right),
	       count = 0;

	for (size_t i = 0; i < left_count; i++) {
		for (size_t j = 0; j < right_count && count < SLIP_PAIRS; j++) {
			uint16_t likeness = word_likeness(lexicon, left[i], right[j]);
			if (!likeness)
				continue;
			struct str one = lexicon_word(lexicon, left[i]->word)->text;
			struct str other = lexicon_word(lexicon, right[j]->word)->text;
			bool ordered = str_compare(one, other) < 0;
			slips[count++] = (struct slip){left[i], right[j], ordered ? one : other,
						       ordered ? other : one, likeness};
		}
	}
	if (count > 1)
		qsort(slips, count, sizeof *slips, by_likeness);
	for (size_t i = 0; i < count; i++) {
		if (slips[i].left->shared || slips[i].right->shared)
			continue;
		pair_up(slips[i].left, slips[i].right, slips[i].likeness);
		level_weights(a, slips[i].left, b, slips[i].right);
	}
}

/* The entry at `place`, or NULL if it is shared already. */
static struct entry *unshared_at(struct entry **lonely, size_t count, size_t place)
{
	for (size_t i = 0; i < count; i++)
		if (lonely[i]->place == place && !lonely[i]->shared)
			return lonely[i];
	return NULL;
}

static void share_run(struct entry *one, struct entry **run, size_t count)
{
	one->shared = PER_MILLE;
	one->mate = run[0]->place;
	for (size_t i = 0; i < count; i++) {
		run[i]->shared = PER_MILLE;
		run[i]->mate = one->place;
	}
}

/* "sailboat" on one side, "sail boat" on the other. */
static void match_compounds(struct side *a, struct side *b, const struct lexicon *lexicon)
{
	struct entry *left[SLIP_WORDS], *right[SLIP_WORDS], *run[2];
	size_t left_count = lonely_entries(a, left), right_count = lonely_entries(b, right);

	for (size_t j = 0; j < right_count; j++) {
		run[0] = unshared_at(right, right_count, right[j]->place);
		run[1] = unshared_at(right, right_count, right[j]->place + 1U);
		for (size_t i = 0; i < left_count && run[0] && run[1]; i++) {
			struct str whole = lexicon_word(lexicon, left[i]->word)->text;
			struct str first = lexicon_word(lexicon, run[0]->word)->text;
			struct str second = lexicon_word(lexicon, run[1]->word)->text;

			if (!left[i]->shared && whole.len == first.len + second.len &&
			    str_starts(whole, first) && str_ends(whole, second)) {
				share_run(left[i], run, 2);
				break;
			}
		}
	}
}

static size_t matter_by_place(struct side *side, struct entry **by_place)
{
	struct entry *all[COMPARED_WORDS];
	size_t count = 0;

	for (size_t i = 0; i < side->count; i++)
		all[side->entries[i].place] = &side->entries[i];
	for (size_t i = 0; i < side->count; i++)
		if (is_matter(all[i]->kind))
			by_place[count++] = all[i];
	return count;
}

/* "CNFPT" on one side, on the other the words that it is made of. */
static void match_initials(struct side *a, struct side *b, const struct lexicon *lexicon)
{
	struct entry *left[SLIP_WORDS], *right[COMPARED_WORDS];
	size_t left_count = lonely_entries(a, left), right_count = matter_by_place(b, right);

	for (size_t i = 0; i < left_count; i++) {
		struct str letters = lexicon_word(lexicon, left[i]->word)->text;

		if (left[i]->kind != WORD_CONTENT || letters.len < 3 || letters.len > 6)
			continue;
		for (size_t from = 0; from + letters.len <= right_count; from++) {
			size_t same = 0;
			while (same < letters.len &&
			       lexicon_word(lexicon, right[from + same]->word)->text.at[0] ==
				       letters.at[same])
				same++;
			if (same == letters.len) {
				share_run(left[i], right + from, same);
				break;
			}
		}
	}
}

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

static uint64_t square_sum(const struct side *side)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < side->count; i++)
		sum += (uint64_t)side->entries[i].weight * side->entries[i].weight;
	return sum;
}

static void measure_cosine(struct comparison *found, const struct side *a, const struct side *b)
{
	uint64_t soft = 0, squares_a = square_sum(a), squares_b = square_sum(b);

	for (size_t i = 0; i < a->count; i++) {
		const struct entry *entry = &a->entries[i];
		uint64_t square = (uint64_t)entry->weight * entry->weight;

		soft += square * entry->shared / PER_MILLE;
	}
	found->soft_cosine = cosine(soft, squares_a, squares_b);
}

struct cover {
	uint32_t all, matter;
};

static struct cover cover_of(const struct side *side)
{
	struct cover found = {0};
	uint64_t shared = 0, matter = 0, matter_shared = 0;

	for (size_t i = 0; i < side->count; i++) {
		const struct entry *entry = &side->entries[i];
		uint64_t part = (uint64_t)entry->weight * entry->shared;

		shared += part;
		if (!is_matter(entry->kind))
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
static size_t threes_of(const struct side *side, const struct lexicon *lexicon,
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

static void measure_letters(struct comparison *found, const struct side *a, const struct side *b,
			    const struct lexicon *lexicon)
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

/* Whether one side has a figure that the other lacks. */
static bool figures_missing(const struct side *side)
{
	for (size_t i = 0; i < side->count; i++)
		if (side->entries[i].kind == WORD_NUMBER && !side->entries[i].shared)
			return true;
	return false;
}

static bool bags_equal(const struct side *a, const struct side *b)
{
	bool equal = a->count == b->count;

	for (size_t i = 0; i < a->count && equal; i++)
		equal = a->entries[i].stem == b->entries[i].stem;
	return equal;
}

/* Whether every content stem of `side` is a stem of `other` too. */
static bool content_within(const struct side *side, const struct side *other)
{
	for (size_t i = 0, j = 0; i < side->count; i++) {
		if (!is_matter(side->entries[i].kind))
			continue;
		while (j < other->count && other->entries[j].stem < side->entries[i].stem)
			j++;
		if (j == other->count || other->entries[j].stem != side->entries[i].stem)
			return false;
	}
	return true;
}

/* How well the first (or last) content word of `side` is shared. */
static uint32_t outermost_matter(const struct side *side, bool last)
{
	const struct entry *found = NULL;

	for (size_t i = 0; i < side->count; i++) {
		const struct entry *entry = &side->entries[i];

		if (is_matter(entry->kind) &&
		    (!found || (last ? entry->place > found->place : entry->place < found->place)))
			found = entry;
	}
	return found ? found->shared : 0;
}

static uint32_t shared_weight(const struct side *side)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < side->count; i++)
		if (is_matter(side->entries[i].kind))
			sum += side->entries[i].weight * side->entries[i].shared / PER_MILLE;
	return sum;
}

struct comparison sides_compare(struct side *a, struct side *b, const struct lexicon *lexicon)
{
	struct comparison found = {0};

	for (size_t i = 0; i < a->count; i++)
		a->entries[i].shared = 0;
	for (size_t i = 0; i < b->count; i++)
		b->entries[i].shared = 0;
	match_stems(a, b);
	match_compounds(a, b, lexicon);
	match_compounds(b, a, lexicon);
	match_initials(a, b, lexicon);
	match_initials(b, a, lexicon);
	match_slips(a, b, lexicon);
	measure_cosine(&found, a, b);
	struct cover cover_a = cover_of(a), cover_b = cover_of(b);
	found.cover_a = cover_a.all, found.cover_b = cover_b.all;
	found.content_a = cover_a.matter, found.content_b = cover_b.matter;
	measure_letters(&found, a, b, lexicon);
	found.figures_differ = figures_missing(a) || figures_missing(b);
	found.same_bag = bags_equal(a, b);
	found.first = (outermost_matter(a, false) + outermost_matter(b, false)) / 2;
	found.last = (outermost_matter(a, true) + outermost_matter(b, true)) / 2;
	found.shared_weight = shared_weight(a) + shared_weight(b);
	found.content = a->content < b->content ? (uint32_t)a->content : (uint32_t)b->content;
	bool same_negations = a->strong == b->strong && a->ne == b->ne;
	found.negation_differs = !same_negations && a->strong + a->lonely != b->strong + b->lonely;
	found.same_content = same_negations && !found.figures_differ && content_within(a, b) &&
			     content_within(b, a);
	return found;
}
