#include "merge/trace_words.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/ascending.h"
#include "core/hash.h"

enum {
	/* Below this product the whole lists are aligned, which finds better runs
	 * than cutting off equal ends first; above the second nothing is. */
	SMALL_PRODUCT = 1 << 16,
	LARGEST_PRODUCT = 1 << 24,
	MATCH_SCORE = 10,
	ADJACENT_SCORE = 3,
	END_SCORE = 2, /* less: what was added behind the end may end alike */
	IMPOSSIBLE = INT32_MIN / 2,
};

static uint32_t *find_slot(const struct vocabulary *vocabulary, struct str word)
{
	uint32_t mask = vocabulary->slot_count - 1;
	uint32_t at = (uint32_t)key_of(word).low & mask;

	while (vocabulary->slots[at] &&
	       !str_equal(vocabulary->words[vocabulary->slots[at] - 1], word))
		at = (at + 1) & mask;
	return &vocabulary->slots[at];
}

static void grow_slots(struct arena *arena, struct vocabulary *vocabulary)
{
	vocabulary->slot_count = vocabulary->slot_count ? 2 * vocabulary->slot_count : 1024;
	vocabulary->slots = arena_array(arena, uint32_t, vocabulary->slot_count);
	for (uint32_t word = 0; word < vocabulary->count; word++)
		*find_slot(vocabulary, vocabulary->words[word]) = word + 1;
}

static void grow_words(struct arena *arena, struct vocabulary *vocabulary)
{
	uint32_t room = vocabulary->room ? 2 * vocabulary->room : 512;

	vocabulary->words = arena_grow(arena, vocabulary->words, vocabulary->count, room,
				       sizeof *vocabulary->words);
	vocabulary->uses = arena_grow(arena, vocabulary->uses, vocabulary->count, room,
				      sizeof *vocabulary->uses);
	vocabulary->room = room;
}

uint32_t vocabulary_number(struct arena *arena, struct vocabulary *vocabulary, struct str word)
{
	if (2 * vocabulary->count >= vocabulary->slot_count)
		grow_slots(arena, vocabulary);

	uint32_t *slot = find_slot(vocabulary, word);

	if (*slot == 0) {
		if (vocabulary->count == vocabulary->room)
			grow_words(arena, vocabulary);
		vocabulary->words[vocabulary->count] = str_copy(arena, word);
		vocabulary->uses[vocabulary->count] = 0;
		*slot = ++vocabulary->count;
	}
	return *slot - 1;
}

uint32_t vocabulary_weight(const struct vocabulary *vocabulary, uint32_t word)
{
	uint32_t weight = 8;

	for (uint32_t uses = vocabulary->uses[word]; uses > 1 && weight > 1; uses /= 2)
		weight--;
	return weight;
}

struct words words_of(struct arena *arena, struct vocabulary *vocabulary, struct str normal)
{
	struct str rest = normal, word;
	uint32_t count = 0;

	while (str_next_word(&rest, &word))
		count++;

	uint32_t *at = arena_array(arena, uint32_t, count);

	rest = normal;
	for (uint32_t i = 0; str_next_word(&rest, &word); i++)
		at[i] = vocabulary_number(arena, vocabulary, word);
	return (struct words){at, count};
}

struct words words_sorted(struct arena *arena, struct words words)
{
	uint32_t *at = arena_array(arena, uint32_t, words.count);

	if (words.count) {
		memcpy(at, words.at, words.count * sizeof *at);
		qsort(at, words.count, sizeof *at, ascending_u32);
	}
	return (struct words){at, words.count};
}

struct word_likeness words_likeness(const struct vocabulary *vocabulary, struct words a,
				    struct words b)
{
	uint64_t common = 0, all = 0;
	uint32_t i = 0, j = 0, both = 0;

	while (i < a.count || j < b.count) {
		if (j == b.count || (i < a.count && a.at[i] < b.at[j])) {
			all += vocabulary_weight(vocabulary, a.at[i++]);
		} else if (i == a.count || b.at[j] < a.at[i]) {
			all += vocabulary_weight(vocabulary, b.at[j++]);
		} else {
			common += 2 * (uint64_t)vocabulary_weight(vocabulary, a.at[i]);
			i++;
			j++;
			both++;
		}
	}
	all += common;
	return (struct word_likeness){
		.share = all ? (uint32_t)(1000 * common / all) : 0,
		.telling = common / 2 < UINT32_MAX ? (uint32_t)(common / 2) : UINT32_MAX,
		.apart = (a.count > b.count ? a.count : b.count) - both,
	};
}

/*
 * The alignment's table. A cell's `best` is the score of the two lists up to it,
 * `matched` that of those alignments which end with this very pair; a pair right
 * behind a pair scores more, so that a run is not taken apart.
 */
enum step { STEP_PAIR = 1, STEP_FROM = 2, STEP_TO = 3, STEP_MASK = 3, STEP_ADJACENT = 4 };

struct table {
	uint8_t *steps; /* (from + 1) × (to + 1) */
	int32_t *best, *best_above, *matched, *matched_above;
	size_t width;
};

static void fill_cell(struct table *table, size_t i, size_t j, bool equal, bool last)
{
	unsigned step = 0;
	int32_t matched = IMPOSSIBLE;

	if (equal) {
		int32_t apart = table->best_above[j - 1] + MATCH_SCORE;
		int32_t adjacent = table->matched_above[j - 1] + MATCH_SCORE + ADJACENT_SCORE;

		matched = adjacent >= apart ? adjacent : apart;
		if (last)
			matched += END_SCORE;
		step = adjacent >= apart ? STEP_ADJACENT : 0;
	}
	table->matched[j] = matched;
	if (equal && matched >= table->best_above[j] && matched >= table->best[j - 1]) {
		table->best[j] = matched;
		step |= STEP_PAIR;
	} else if (table->best_above[j] >= table->best[j - 1]) {
		table->best[j] = table->best_above[j];
		step |= STEP_FROM;
	} else {
		table->best[j] = table->best[j - 1];
		step |= STEP_TO;
	}
	table->steps[i * table->width + j] = (uint8_t)step;
}

static void swap_rows(int32_t **a, int32_t **b)
{
	int32_t *row = *a;

	*a = *b;
	*b = row;
}

static void follow_steps(const struct table *table, size_t i, size_t j, uint32_t *match)
{
	bool pair = false;

	while (i && j) {
		unsigned step = table->steps[i * table->width + j];

		if (pair || (step & STEP_MASK) == STEP_PAIR) {
			match[j - 1] = (uint32_t)(i - 1);
			pair = step & STEP_ADJACENT;
			i--;
			j--;
		} else if ((step & STEP_MASK) == STEP_FROM) {
			i--;
		} else {
			j--;
		}
	}
}

static void align_whole(struct words from, struct words to, uint32_t *match)
{
	struct arena scratch = {0}; /* the table can be large */
	size_t width = (size_t)to.count + 1;
	int32_t *rows = arena_array(&scratch, int32_t, 4 * width);
	struct table table = {
		.steps = arena_array(&scratch, uint8_t, ((size_t)from.count + 1) * width),
		.best = rows,
		.best_above = rows + width,
		.matched = rows + 2 * width,
		.matched_above = rows + 3 * width,
		.width = width,
	};

	/* The beginning counts as a pair: what stands first goes on standing first. */
	for (size_t j = 1; j < width; j++)
		table.matched_above[j] = IMPOSSIBLE;
	table.matched[0] = IMPOSSIBLE;
	for (size_t i = 1; i <= from.count; i++) {
		for (size_t j = 1; j < width; j++)
			fill_cell(&table, i, j, from.at[i - 1] == to.at[j - 1],
				  i == from.count && j == to.count);
		swap_rows(&table.best, &table.best_above);
		swap_rows(&table.matched, &table.matched_above);
		table.matched[0] = IMPOSSIBLE;
	}
	follow_steps(&table, from.count, to.count, match);
	arena_free(&scratch);
}

void words_align(struct words from, struct words to, uint32_t *match)
{
	uint32_t start = 0;

	if (to.count)
		memset(match, 0xff, to.count * sizeof *match);
	if ((uint64_t)from.count * to.count > SMALL_PRODUCT) {
		while (start < from.count && start < to.count && from.at[start] == to.at[start]) {
			match[start] = start;
			start++;
		}
		while (from.count > start && to.count > start &&
		       from.at[from.count - 1] == to.at[to.count - 1])
			match[--to.count] = --from.count;
	}
	if (from.count == start || to.count == start)
		return;
	from = (struct words){from.at + start, from.count - start};
	to = (struct words){to.at + start, to.count - start};
	if ((uint64_t)from.count * to.count > LARGEST_PRODUCT)
		return;
	align_whole(from, to, match + start);
	for (uint32_t j = start; j < start + to.count; j++)
		if (match[j] != UINT32_MAX)
			match[j] += start;
}
