/* Slips of the pen: which misspelt word of one text stands for which of the other. */
#include <stdlib.h>
#include <string.h>

#include "merge/alike_opposed.h"
#include "merge/alike_pairing.h"

enum {
	SLIP_LETTERS = 4,  /* a word this long may hold one slip of the pen */
	TWO_SLIPS = 8,	   /* and this long, two */
	LONGEST_WORD = 40, /* letters of a word that are compared */
	ROOT_LETTERS = 5,  /* words that begin alike this far may be of one family */
	FAMILY = 600,	   /* how well such words stand for each other, per mille */
	SLIPPED = 850,	   /* and two in one place, but for a slip */
	SLIP_PAIRS = 256,
	RATE_RARE = 10, /* of words that no table holds */
};

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

static bool are_opposed(struct str a, struct str b)
{
	return stems_differ_by_prefix(a, b) || poles_are_opposed(poles_of(a), poles_of(b));
}

/* How well one word stands for another of a different stem, per mille; 0: not. */
static uint16_t word_likeness(const struct lexicon *lexicon, const struct compared_word *a,
			      const struct compared_word *b)
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
	size_t slips = slips_between(left, right, most), start = common_start(left, right);
	bool family = start >= ROOT_LETTERS && 2 * start >= longer;
	if ((slips > most && !family) || are_opposed(stem_text(lexicon, a), stem_text(lexicon, b)))
		return 0;
	return (uint16_t)(slips > most ? FAMILY : PER_MILLE - PER_MILLE * slips / (longer + 1));
}

/* A possible pair of words with different stems. */
struct slip {
	struct compared_word *left, *right;
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

/* A misspelt word is rare only for its spelling: both weigh what the lighter one does. */
static void level_weights(struct compared_text *a, struct compared_word *left,
			  struct compared_text *b, struct compared_word *right)
{
	uint32_t weight = left->weight < right->weight ? left->weight : right->weight;

	a->weight -= left->weight - weight;
	b->weight -= right->weight - weight;
	left->weight = right->weight = weight;
}

static void match_by_likeness(struct compared_text *a, struct compared_text *b,
			      const struct lexicon *lexicon)
{
	struct compared_word *left[SLIP_WORDS], *right[SLIP_WORDS];
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

/* A letter written twice, or two neighbours swapped: hardly ever another word. */
static bool is_stumble(struct str a, struct str b)
{
	struct str longer = a.len > b.len ? a : b, shorter = a.len > b.len ? b : a;
	size_t start = common_start(a, b);

	if (longer.len == shorter.len)
		return start + 1 < a.len && a.at[start] == b.at[start + 1] &&
		       a.at[start + 1] == b.at[start] &&
		       str_equal(str_slice(a, start + 2, a.len), str_slice(b, start + 2, b.len));
	return longer.len == shorter.len + 1 && start > 0 &&
	       longer.at[start] == longer.at[start - 1] &&
	       str_equal(str_slice(longer, start + 1, longer.len),
			 str_slice(shorter, start, shorter.len));
}

/* Whether the words `step` beside two places are partners, or both texts end there. */
static bool neighbours_agree(const struct compared_text *a, size_t left,
			     const struct compared_text *b, size_t right, int step)
{
	size_t x = left + (size_t)step, y = right + (size_t)step;

	if (x >= a->count || y >= b->count)
		return x >= a->count && y >= b->count;
	const struct compared_word *entry = &a->entries[a->at_place[x]];
	return entry->shared && entry->mate == y;
}

static bool is_unknown(const struct compared_word *entry)
{
	return entry->kind == WORD_CONTENT && entry->rate <= RATE_RARE;
}

/*
 * A slip in a short or a decisive word ("jammais", "two" as "txo") is only taken
 * for one between words that agree: a word nobody knows stands where a known one does.
 */
static bool is_slip_in_place(const struct lexicon *lexicon, const struct compared_word *left,
			     const struct compared_word *right)
{
	struct str a = lexicon_word(lexicon, left->word)->text;
	struct str b = lexicon_word(lexicon, right->word)->text;
	bool figures = left->kind == WORD_NUMBER && right->kind == WORD_NUMBER;

	if (figures || left->kind == WORD_LINK || right->kind == WORD_LINK || a.len + b.len < 3)
		return false;
	if (is_stumble(a, b))
		return true;
	if (slips_between(a, b, 1) > 1)
		return false;
	/* "une" as "ne" */
	if ((left->kind == WORD_NE && right->kind == WORD_COMMON) ||
	    (left->kind == WORD_COMMON && right->kind == WORD_NE))
		return true;
	return is_unknown(left) != is_unknown(right);
}

static void match_in_place(struct compared_text *a, struct compared_text *b,
			   const struct lexicon *lexicon)
{
	for (size_t x = 0; x < a->count && x < SLIP_WORDS; x++) {
		struct compared_word *left = unshared_at(a, x);

		for (size_t y = 0; left && y < b->count && y < SLIP_WORDS; y++) {
			struct compared_word *right = unshared_at(b, y);

			if (!right || !neighbours_agree(a, x, b, y, -1) ||
			    !neighbours_agree(a, x, b, y, 1) ||
			    !is_slip_in_place(lexicon, left, right))
				continue;
			pair_up(left, right, SLIPPED);
			level_weights(a, left, b, right);
			break;
		}
	}
}

static bool same_letters(const struct lexicon *lexicon, const struct compared_word *one,
			 const struct compared_word *two, const struct compared_word *first,
			 const struct compared_word *second)
{
	char left[2 * LONGEST_WORD], right[2 * LONGEST_WORD];
	struct str parts[4] = {lexicon_word(lexicon, one->word)->text,
			       lexicon_word(lexicon, two->word)->text,
			       lexicon_word(lexicon, first->word)->text,
			       lexicon_word(lexicon, second->word)->text};

	for (size_t i = 0; i < 4; i++)
		if (parts[i].len > LONGEST_WORD || parts[i].len == 0)
			return false;
	if (parts[0].len + parts[1].len != parts[2].len + parts[3].len)
		return false;
	memcpy(left, parts[0].at, parts[0].len);
	memcpy(left + parts[0].len, parts[1].at, parts[1].len);
	memcpy(right, parts[2].at, parts[2].len);
	memcpy(right + parts[2].len, parts[3].at, parts[3].len);
	return memcmp(left, right, parts[0].len + parts[1].len) == 0;
}

/* A space in the wrong place: "is feeding" as "isf eeding". */
static void match_split(struct compared_text *a, struct compared_text *b,
			const struct lexicon *lexicon)
{
	for (size_t x = 0; x + 1 < a->count && x < SLIP_WORDS; x++) {
		struct compared_word *one = unshared_at(a, x), *two = unshared_at(a, x + 1);

		for (size_t y = 0; one && two && y + 1 < b->count && y < SLIP_WORDS; y++) {
			struct compared_word *first = unshared_at(b, y),
					     *second = unshared_at(b, y + 1);

			if (!first || !second || !same_letters(lexicon, one, two, first, second))
				continue;
			pair_up(one, first, SLIPPED);
			pair_up(two, second, SLIPPED);
			level_weights(a, one, b, first);
			level_weights(a, two, b, second);
			break;
		}
	}
}

void match_slips(struct compared_text *a, struct compared_text *b, const struct lexicon *lexicon)
{
	match_by_likeness(a, b, lexicon);
	match_in_place(a, b, lexicon);
	match_split(a, b, lexicon);
	/* What was split may have agreed neighbours now. */
	match_in_place(a, b, lexicon);
}
