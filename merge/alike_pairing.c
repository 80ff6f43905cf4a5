/*
 * Which word of one text stands for which of the other: the same stem, one word
 * for two, initials for the words they stand for, and slips of the pen.
 */
#include "merge/alike_compare.h"

#include <stdlib.h>
#include <string.h>

enum {
	SLIP_LETTERS = 4,  /* a word this long may hold one slip of the pen */
	TWO_SLIPS = 8,	   /* and this long, two */
	LONGEST_WORD = 40, /* letters of a word that are compared */
	ROOT_LETTERS = 5,  /* words that begin alike this far may be of one family */
	FAMILY = 600,	   /* how well such words stand for each other, per mille */
	SLIPPED = 850,	   /* and two in one place, but for a slip */
	SLIP_WORDS = 64,   /* words from the start that slips are looked for in */
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

static struct str stem_text(const struct lexicon *lexicon, const struct entry *entry)
{
	return lexicon->stems[entry->stem];
}

/* "possible" and "impossible". */
static bool words_are_opposed(struct str a, struct str b)
{
	static const char *const prefixes[] = {"in",  "im",  "il",  "ir",  "un",  "dis",
					       "des", "non", "mal", "mis", "anti"};
	struct str shorter = a.len < b.len ? a : b, longer = a.len < b.len ? b : a;

	if (shorter.len < SLIP_LETTERS || !str_ends(longer, shorter))
		return false;
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (str_equal(str_slice(longer, 0, longer.len - shorter.len), str_of(prefixes[i])))
			return true;
	return false;
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

	if (longer < SLIP_LETTERS || shorter + 1 < SLIP_LETTERS ||
	    words_are_opposed(stem_text(lexicon, a), stem_text(lexicon, b)))
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

/* Whether the word `step` beside both has the same stem. */
static bool beside_the_same(const struct side *a, const struct entry *left, const struct side *b,
			    const struct entry *right, int step)
{
	size_t x = left->place + (size_t)step, y = right->place + (size_t)step;

	return x < a->count && y < b->count &&
	       a->entries[a->at_place[x]].stem == b->entries[b->at_place[y]].stem;
}

/* How sure it is that of several words with one stem these two belong together. */
static int fit_of(const struct side *a, const struct entry *left, const struct side *b,
		  const struct entry *right)
{
	return 2 * (left->word == right->word) + beside_the_same(a, left, b, right, -1) +
	       beside_the_same(a, left, b, right, 1);
}

/* Pairs the words of one stem, the best fitting first. */
static void match_group(struct side *a, size_t i, size_t i_end, struct side *b, size_t j,
			size_t j_end)
{
	enum { BEST_FIT = 4 };

	for (int least = BEST_FIT; least >= 0; least--)
		for (size_t x = i; x < i_end; x++)
			for (size_t y = j; y < j_end && !a->entries[x].shared; y++) {
				struct entry *left = &a->entries[x], *right = &b->entries[y];

				if (!right->shared && fit_of(a, left, b, right) >= least)
					pair_up(left, right, PER_MILLE);
			}
}

static void match_stems(struct side *a, struct side *b)
{
	for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
		uint32_t left = a->entries[i].stem, right = b->entries[j].stem;
		size_t i_end = i + 1, j_end = j + 1;

		while (i_end < a->count && a->entries[i_end].stem == left)
			i_end++;
		while (j_end < b->count && b->entries[j_end].stem == right)
			j_end++;
		if (left == right)
			match_group(a, i, i_end, b, j, j_end);
		if (left <= right)
			i = i_end;
		if (right <= left)
			j = j_end;
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

/* The unshared entries by place: their order in the array is that of stem numbers. */
static size_t lonely_entries(struct side *side, struct entry **lonely)
{
	size_t count = 0;

	for (size_t place = 0; place < side->count && place < SLIP_WORDS; place++) {
		struct entry *entry = &side->entries[side->at_place[place]];

		if (!entry->shared)
			lonely[count++] = entry;
	}
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

/* The entry at `place`, or NULL if there is none or it is shared already. */
static struct entry *unshared_at(struct side *side, size_t place)
{
	struct entry *entry = place < side->count ? &side->entries[side->at_place[place]] : NULL;

	return entry && !entry->shared ? entry : NULL;
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
	struct entry *left[SLIP_WORDS], *run[2];
	size_t left_count = lonely_entries(a, left);

	for (size_t place = 0; place + 1 < b->count && place < SLIP_WORDS; place++) {
		run[0] = unshared_at(b, place);
		run[1] = unshared_at(b, place + 1);
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
	size_t count = 0;

	for (size_t i = 0; i < side->count; i++) {
		struct entry *entry = &side->entries[side->at_place[i]];

		if (word_is_matter(entry->kind))
			by_place[count++] = entry;
	}
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
static bool neighbours_agree(const struct side *a, size_t left, const struct side *b, size_t right,
			     int step)
{
	size_t x = left + (size_t)step, y = right + (size_t)step;

	if (x >= a->count || y >= b->count)
		return x >= a->count && y >= b->count;
	const struct entry *entry = &a->entries[a->at_place[x]];
	return entry->shared && entry->mate == y;
}

static bool is_unknown(const struct entry *entry)
{
	return entry->kind == WORD_CONTENT && entry->rate <= RATE_RARE;
}

/*
 * A slip in a short or a decisive word ("jammais", "two" as "txo") is only taken
 * for one between words that agree: a word nobody knows stands where a known one does.
 */
static bool is_slip_in_place(const struct lexicon *lexicon, const struct entry *left,
			     const struct entry *right)
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

static void match_in_place(struct side *a, struct side *b, const struct lexicon *lexicon)
{
	for (size_t x = 0; x < a->count && x < SLIP_WORDS; x++) {
		struct entry *left = unshared_at(a, x);

		for (size_t y = 0; left && y < b->count && y < SLIP_WORDS; y++) {
			struct entry *right = unshared_at(b, y);

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

static bool same_letters(const struct lexicon *lexicon, const struct entry *one,
			 const struct entry *two, const struct entry *first,
			 const struct entry *second)
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
static void match_split(struct side *a, struct side *b, const struct lexicon *lexicon)
{
	for (size_t x = 0; x + 1 < a->count && x < SLIP_WORDS; x++) {
		struct entry *one = unshared_at(a, x), *two = unshared_at(a, x + 1);

		for (size_t y = 0; one && two && y + 1 < b->count && y < SLIP_WORDS; y++) {
			struct entry *first = unshared_at(b, y), *second = unshared_at(b, y + 1);

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

static bool has_opposed(struct side *a, struct side *b, const struct lexicon *lexicon)
{
	struct entry *left[SLIP_WORDS], *right[SLIP_WORDS];
	size_t left_count = lonely_entries(a, left), right_count = lonely_entries(b, right);

	for (size_t i = 0; i < left_count; i++)
		for (size_t j = 0; j < right_count; j++)
			if (may_slip(left[i]->kind) && may_slip(right[j]->kind) &&
			    words_are_opposed(stem_text(lexicon, left[i]),
					      stem_text(lexicon, right[j])))
				return true;
	return false;
}

bool sides_pair(struct side *a, struct side *b, const struct lexicon *lexicon)
{
	for (size_t i = 0; i < a->count; i++)
		a->entries[i].shared = 0;
	for (size_t i = 0; i < b->count; i++)
		b->entries[i].shared = 0;
	match_stems(a, b);
	match_compounds(a, b, lexicon);
	match_compounds(b, a, lexicon);
	match_initials(a, b, lexicon);
	match_initials(b, a, lexicon);
	bool opposed = has_opposed(a, b, lexicon);
	match_slips(a, b, lexicon);
	match_in_place(a, b, lexicon);
	match_split(a, b, lexicon);
	match_in_place(a, b, lexicon);
	return opposed;
}
