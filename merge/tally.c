#include "merge/tally.h"

#include <stdlib.h>

static int by_id(const void *a, const void *b)
{
	uint32_t x = ((const struct token_count *)a)->id, y = ((const struct token_count *)b)->id;

	return (x > y) - (x < y);
}

/* Brings the counts of one number together, of a list in their order. out: how many are left */
static int join_counts(struct token_count *all, size_t total)
{
	int count = 0;

	for (size_t i = 0; i < total; i++) {
		if (count == 0 || all[count - 1].id != all[i].id) {
			all[count++] = all[i];
			continue;
		}
		for (int t = 0; t < TALLIED_TEXTS; t++)
			all[count - 1].in[t] += all[i].in[t];
	}
	return count;
}

/* The tokens of all texts, each counted by itself, or by its number where `by_number`. */
static struct token_count *list_counts(struct arena *arena, const struct tokens *const texts[],
				       int text_count, size_t room, bool by_number)
{
	struct token_count *all = arena_array(arena, struct token_count, room + 1);
	size_t next = 0;

	for (int t = 0; t < text_count; t++)
		for (int i = 0; i < texts[t]->count; i++) {
			struct token_count *count = all + (by_number ? texts[t]->ids[i] : next++);

			count->id = texts[t]->ids[i];
			count->blank = str_is_blank(texts[t]->at[i]);
			count->in[t]++;
		}
	return all;
}

struct token_counts tokens_count(struct arena *arena, const struct tokens *const texts[],
				 int text_count)
{
	struct token_counts counts = {0};
	size_t total = 0, most = 0;

	for (int t = 0; t < text_count; t++) {
		total += (size_t)texts[t]->count;
		for (int i = 0; i < texts[t]->count; i++)
			most = texts[t]->ids[i] > most ? texts[t]->ids[i] : most;
	}
	/* Of few tokens with large numbers, as a stretch has them, sorting takes less room. */
	if (most > total) {
		counts.at = list_counts(arena, texts, text_count, total, false);
		qsort(counts.at, total, sizeof *counts.at, by_id);
		counts.count = join_counts(counts.at, total);
		return counts;
	}
	counts.at = list_counts(arena, texts, text_count, most, true);
	for (size_t id = 1; id <= most; id++)
		if (counts.at[id].id)
			counts.at[counts.count++] = counts.at[id];
	return counts;
}

const struct token_count *token_count_of(const struct token_counts *counts, uint32_t id)
{
	struct token_count wanted = {.id = id};

	return bsearch(&wanted, counts->at, (size_t)counts->count, sizeof *counts->at, by_id);
}

/* How often each word, by number - 1, stands in each of up to four texts. */
struct tally {
	struct dictionary words;
	struct word_count {
		int32_t in[4];
	} * counts;
	size_t room;
};

static void tally_word(struct tally *tally, struct str word, int of)
{
	struct arena *arena = tally->words.arena;
	size_t number = word_id(&tally->words, word) - 1;

	if (number >= tally->room)
		arena_push(arena, tally->counts, tally->room, tally->room);
	tally->counts[number].in[of]++;
}

/* Bars part the words of a row, with blanks around them or without; a comma ends a word. */
static bool next_tallied(struct str text, size_t *at, struct str *token, struct str *word)
{
	struct str space;

	for (;;) {
		while (str_next_part(token, '|', word)) {
			if (str_ends(*word, STR(",")))
				word->len--;
			if (word->len)
				return true;
		}
		if (!next_token(text, at, token, &space))
			return false;
	}
}

static void tally_words(struct tally *tally, struct str text, int of)
{
	struct str token = {0}, word;

	for (size_t at = 0; next_tallied(text, &at, &token, &word);)
		tally_word(tally, word, of);
}

bool word_is_mark(struct str word)
{
	return word.len == 1 && str_contains(STR("-*+>|#[]"), word);
}

/* Whether text `whole` has a word as often as `other`, if that has more of it than the base. */
static bool is_reached(const struct tally *tally, size_t i, int other, int whole)
{
	const int32_t *in = tally->counts[i].in;

	return in[other] <= in[0] || in[whole] >= in[other] ||
	       word_is_mark(dictionary_bytes(&tally->words, i + 1));
}

bool words_account_for(struct str base, struct str ours, struct str theirs, struct str result,
		       bool reached[2])
{
	const struct str texts[] = {base, ours, theirs, result};
	struct arena scratch = {0};
	struct tally tally = {.words.arena = &scratch};
	bool accounted = true;

	reached[0] = reached[1] = true;
	for (int t = 0; t < 4; t++)
		tally_words(&tally, texts[t], t);
	for (size_t i = 0; i < tally.words.count && accounted; i++) {
		const int32_t *in = tally.counts[i].in;
		int sum = in[1] + in[2] - in[0], most = in[1] > in[2] ? in[1] : in[2];
		bool grows = in[1] >= in[0] && in[2] >= in[0];

		accounted = in[3] >= (grows ? most : sum) && in[3] <= (grows ? sum : most);
		for (int s = 0; s < 2; s++)
			reached[s] = reached[s] && is_reached(&tally, i, 1 + s, 3);
	}
	arena_free(&scratch);
	return accounted;
}

/* Whether `other` is quickly seen to have a word that stands in neither of the two. */
static bool has_strange_word(struct str base, struct str other, struct str whole)
{
	enum { SEEN_WORDS = 32 }; /* where it parts from the base: what it added begins there */
	enum { LONG_LINE = 4096 };
	struct str token = {0}, word;
	size_t parts = str_common_start(base, other), at = str_line_start(base, parts);

	if (parts - at > LONG_LINE)
		for (at = parts; at > 0 && !byte_is_blank(base.at[at - 1]);)
			at--;

	for (int i = 0; i < SEEN_WORDS && next_tallied(other, &at, &token, &word); i++)
		if (!word_is_mark(word) && !str_contains(whole, word) && !str_contains(base, word))
			return true;
	return false;
}

bool words_part(struct str base, struct str ours, struct str theirs)
{
	return has_strange_word(base, ours, theirs) && has_strange_word(base, theirs, ours);
}

/* Whether the whole has what `other` added; `in_all`: also what that had of the same before. */
static bool has_added(struct str base, struct str other, struct str whole, bool in_all)
{
	if (has_strange_word(base, other, whole))
		return false;
	const struct str texts[] = {base, other, whole};
	struct arena scratch = {0};
	struct tally tally = {.words.arena = &scratch};
	bool reached = true;

	for (int t = 0; t < 3; t++)
		tally_words(&tally, texts[t], t);
	for (size_t i = 0; i < tally.words.count && reached; i++) {
		const int32_t *in = tally.counts[i].in;

		reached = is_reached(&tally, i, 1, 2) || (!in_all && in[2] >= in[1] - in[0]);
	}
	arena_free(&scratch);
	return reached;
}

bool words_reach(struct str base, struct str other, struct str whole)
{
	return has_added(base, other, whole, true);
}

bool words_may_reach(struct str base, struct str other, struct str whole)
{
	return has_added(base, other, whole, false);
}

/* What the counts of a word that is in base, other, whole and merged so often speak for. */
static bool stands_for(const int32_t in[4])
{
	int32_t least = in[1] < in[3] ? in[1] : in[3], most = in[1] > in[3] ? in[1] : in[3];

	return (in[1] <= in[0] || in[2] >= least) && (in[1] >= in[0] || in[2] <= most);
}

bool words_stand_for(struct str base, struct str other, struct str whole, struct str merged)
{
	const struct str texts[] = {base, other, whole, merged};
	struct arena scratch = {0};
	struct tally tally = {.words.arena = &scratch};
	bool stand = true, more = false;

	for (int t = 0; t < 4; t++)
		tally_words(&tally, texts[t], t);
	for (size_t i = 0; i < tally.words.count && stand; i++) {
		const int32_t *in = tally.counts[i].in;

		if (word_is_mark(dictionary_bytes(&tally.words, i + 1)))
			continue;
		stand = stands_for(in);
		more |= in[3] > in[2];
	}
	arena_free(&scratch);
	return stand && more;
}

bool words_come_back(const struct tokens texts[TALLIED_TEXTS])
{
	struct arena scratch = {0};
	struct tally tally = {.words.arena = &scratch};
	bool back = false;

	for (int t = 0; t < TALLIED_TEXTS; t++)
		for (int i = 0; i < texts[t].count; i++)
			tally_words(&tally, texts[t].at[i], t);
	for (size_t i = 0; i < tally.words.count && !back; i++) {
		const int32_t *in = tally.counts[i].in;

		back = in[1] < in[0] && in[2] > in[1];
	}
	arena_free(&scratch);
	return back;
}
