/*
 * Which word of one text stands for which of the other: the same stem, one word
 * for two, initials for the words they stand for, a figure for its words; then
 * slips of the pen.
 */
#include "merge/alike_pairing.h"
#include "merge/alike_opposed.h"

enum { LEAST_SCALE = 1000 };

struct str stem_text(const struct lexicon *lexicon, const struct compared_word *entry)
{
	return lexicon->stems[entry->stem];
}

void pair_up(struct compared_word *a, struct compared_word *b, uint16_t likeness)
{
	a->shared = b->shared = likeness;
	a->mate = b->place;
	b->mate = a->place;
}

/* The unshared entries by place: their order in the array is that of stem numbers. */
size_t lonely_entries(struct compared_text *side, struct compared_word **lonely)
{
	size_t count = 0;

	for (size_t place = 0; place < side->count && place < SLIP_WORDS; place++) {
		struct compared_word *entry = &side->entries[side->at_place[place]];

		if (!entry->shared)
			lonely[count++] = entry;
	}
	return count;
}

struct compared_word *unshared_at(struct compared_text *side, size_t place)
{
	struct compared_word *entry =
		place < side->count ? &side->entries[side->at_place[place]] : NULL;

	return entry && !entry->shared ? entry : NULL;
}

/* Whether the word `step` beside both has the same stem. */
static bool beside_the_same(const struct compared_text *a, const struct compared_word *left,
			    const struct compared_text *b, const struct compared_word *right,
			    int step)
{
	size_t x = left->place + (size_t)step, y = right->place + (size_t)step;

	return x < a->count && y < b->count &&
	       a->entries[a->at_place[x]].stem == b->entries[b->at_place[y]].stem;
}

/* How sure it is that of several words with one stem these two belong together. */
static int fit_of(const struct compared_text *a, const struct compared_word *left,
		  const struct compared_text *b, const struct compared_word *right)
{
	return 2 * (left->word == right->word) + beside_the_same(a, left, b, right, -1) +
	       beside_the_same(a, left, b, right, 1);
}

/* Pairs the words of one stem, the best fitting first. */
static void match_group(struct compared_text *a, size_t i, size_t i_end, struct compared_text *b,
			size_t j, size_t j_end)
{
	enum { BEST_FIT = 4 };

	for (int least = BEST_FIT; least >= 0; least--)
		for (size_t x = i; x < i_end; x++)
			for (size_t y = j; y < j_end && !a->entries[x].shared; y++) {
				struct compared_word *left = &a->entries[x],
						     *right = &b->entries[y];

				if (!right->shared && fit_of(a, left, b, right) >= least)
					pair_up(left, right, PER_MILLE);
			}
}

static void match_stems(struct compared_text *a, struct compared_text *b)
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

static void share_run(struct compared_word *one, struct compared_word **run, size_t count)
{
	one->shared = PER_MILLE;
	one->mate = run[0]->place;
	for (size_t i = 0; i < count; i++) {
		run[i]->shared = PER_MILLE;
		run[i]->mate = one->place;
	}
}

/* "sailboat" on one side, "sail boat" on the other. */
static void match_compounds(struct compared_text *a, struct compared_text *b,
			    const struct lexicon *lexicon)
{
	struct compared_word *left[SLIP_WORDS], *run[2];
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

static size_t matter_by_place(struct compared_text *side, struct compared_word **by_place)
{
	size_t count = 0;

	for (size_t i = 0; i < side->count; i++) {
		struct compared_word *entry = &side->entries[side->at_place[i]];

		if (word_is_matter(entry->kind))
			by_place[count++] = entry;
	}
	return count;
}

/* "CNFPT" on one side, on the other the words that it is made of. */
static void match_initials(struct compared_text *a, struct compared_text *b,
			   const struct lexicon *lexicon)
{
	struct compared_word *left[SLIP_WORDS], *right[COMPARED_WORDS];
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

static bool has_opposed(struct compared_text *a, struct compared_text *b,
			const struct lexicon *lexicon)
{
	struct compared_word *left[SLIP_WORDS], *right[SLIP_WORDS];
	struct poles poles[SLIP_WORDS];
	size_t left_count = lonely_entries(a, left), right_count = lonely_entries(b, right);

	for (size_t j = 0; j < right_count; j++)
		poles[j] = poles_of(stem_text(lexicon, right[j]));
	for (size_t i = 0; i < left_count; i++) {
		struct str stem = stem_text(lexicon, left[i]);
		struct poles here = poles_of(stem);

		for (size_t j = 0; j < right_count; j++)
			if (poles_are_opposed(here, poles[j]) ||
			    stems_differ_by_prefix(stem, stem_text(lexicon, right[j])))
				return true;
	}
	return false;
}

/* A figure as a whole number, 0: it is none, or too long. */
static uint64_t figure_value(const struct lexicon *lexicon, const struct compared_word *entry)
{
	struct str digits = stem_text(lexicon, entry);
	uint64_t value = 0;

	for (size_t i = 0; i < digits.len; i++) {
		if (!byte_is_digit(digits.at[i]) || digits.len > 15)
			return 0;
		value = 10 * value + (uint64_t)(digits.at[i] - '0');
	}
	return value;
}

/* "2300 milliards" on one side, its words apart on the other. */
static void match_products(struct compared_text *a, struct compared_text *b,
			   const struct lexicon *lexicon)
{
	for (size_t x = 0; x < a->count && x < SLIP_WORDS; x++) {
		struct compared_word *whole = unshared_at(a, x);
		uint64_t value =
			whole && whole->kind == WORD_NUMBER ? figure_value(lexicon, whole) : 0;

		for (size_t y = 0; value && y < b->count && y < SLIP_WORDS; y++) {
			struct compared_word *scale = unshared_at(b, y);
			uint64_t scaled = scale && scale->kind == WORD_NUMBER
						  ? figure_value(lexicon, scale)
						  : 0;

			if (scaled < LEAST_SCALE || value % scaled)
				continue;
			for (size_t z = 0; z < b->count && z < SLIP_WORDS && !whole->shared; z++) {
				struct compared_word *run[2] = {scale, unshared_at(b, z)};

				if (run[1] && z != y && run[1]->kind == WORD_NUMBER &&
				    figure_value(lexicon, run[1]) == value / scaled)
					share_run(whole, run, 2);
			}
			if (whole->shared)
				break;
		}
	}
}

bool sides_pair(struct compared_text *a, struct compared_text *b, const struct lexicon *lexicon)
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
	match_products(a, b, lexicon);
	match_products(b, a, lexicon);
	bool opposed = has_opposed(a, b, lexicon);
	match_slips(a, b, lexicon);
	return opposed;
}
