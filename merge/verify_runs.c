#include "merge/verify_runs.h"

#include <string.h>

#include "merge/verify_stand.h"

enum {
	CANDIDATES = 3,		 /* passages of base that one may have been made from */
	JOINED = 8,		 /* that may have been joined in one */
	JOINED_WORDS = 3,	 /* in a row, that tell a joined passage from chance */
	COMMON_WORD = 24,	 /* a word in more vanished passages tells nothing */
	ALIGNED_CELLS = 1 << 16, /* one alignment */
};

/* Where the words of passages stood that a side no longer has. */
struct vanished_words {
	uint32_t *owners; /* their passages: for each word in the order of the base */
	uint32_t *
		ends; /* by word + 1, of its owners; they begin where those of the one before end */
};

struct checker {
	struct arena *arena;	       /* of what is found */
	struct arena looking, of_side; /* of what it takes to find it, in all and of one side */
	const struct reading *reading;
	struct run_search search; /* its steps are those of alignments, too */
	struct run_check check;
	/* Of the side being looked at: */
	enum text_of side;
	bool *vanished; /* by passage of base */
	struct vanished_words words;
	bool *held;	 /* by word position of base: the side still has it */
	bool *kept;	 /* by word position of the side: it has it from base */
	uint32_t *votes; /* by passage of base */
	uint32_t *met;	 /* passages of base that have votes */
};

static struct word_run words_of(const struct view *view, const struct passage *passage)
{
	return (struct word_run){view->words + passage->first, passage->count};
}

/* --- what is new in a passage ------------------------------------------------- */

/* Longest common subsequence of what lies between the common ends. */
static void align_middle(struct arena *arena, struct word_run old, struct word_run new, bool *held,
			 bool *kept)
{
	size_t width = new.count + 1;
	uint16_t *length = arena_array(arena, uint16_t, (old.count + 1) * width);
	size_t i, j;

	for (i = old.count; i-- > 0;)
		for (j = new.count; j-- > 0;) {
			uint16_t down = length[(i + 1) * width + j];
			uint16_t right = length[i * width + j + 1];
			uint16_t best = down > right ? down : right;

			if (old.at[i] == new.at[j])
				best = (uint16_t)(length[(i + 1) * width + j + 1] + 1);
			length[i * width + j] = best;
		}
	for (i = j = 0; i < old.count && j < new.count;) {
		if (old.at[i] == new.at[j]) {
			held[i++] = true;
			kept[j++] = true;
		} else if (length[(i + 1) * width + j] >= length[i * width + j + 1])
			i++;
		else
			j++;
	}
}

/*
 * Marks the words of `new` that it has from `old`, in both.
 * out: false where that would cost too much.
 */
static bool mark_kept(struct checker *checker, struct word_run old, struct word_run new, bool *held,
		      bool *kept)
{
	size_t before = 0, behind = 0, least = old.count < new.count ? old.count : new.count;
	struct arena scratch = {0};

	while (before < least && old.at[before] == new.at[before])
		held[before] = kept[before] = true, before++;
	while (behind < least - before &&
	       old.at[old.count - 1 - behind] == new.at[new.count - 1 - behind])
		held[old.count - 1 - behind] = kept[new.count - 1 - behind] = true, behind++;
	struct word_run old_middle = {old.at + before, old.count - before - behind};
	struct word_run new_middle = {new.at + before, new.count - before - behind};
	uint64_t cells = (uint64_t)old_middle.count * new_middle.count;
	if (cells > ALIGNED_CELLS || !search_spend(&checker->search, cells))
		return false;
	if (cells > 0)
		align_middle(&scratch, old_middle, new_middle, held + before, kept + before);
	arena_free(&scratch);
	return true;
}

/* Counts the words that the passage shares with vanished ones. out: those, as they were met */
static size_t vote(struct checker *checker, struct word_run passage)
{
	const struct vanished_words *words = &checker->words;
	uint32_t *votes = checker->votes, *met = checker->met;
	size_t count = 0;

	for (size_t i = 0; i < passage.count; i++) {
		uint32_t from = words->ends[passage.at[i]], end = words->ends[passage.at[i] + 1];

		if (end - from > COMMON_WORD)
			from = end - COMMON_WORD;
		while (end > from) {
			uint32_t old = words->owners[--end];

			met[count] = old;
			count += votes[old]++ == 0;
		}
	}
	return count;
}

/* What the other side wrote too was not made from what the other side still has. */
static bool may_be_made_from(const struct checker *checker, const struct passage *passage,
			     uint32_t old)
{
	const struct indexed *passages = checker->reading->passages.entries;
	enum text_of other = checker->side == OF_OURS ? OF_THEIRS : OF_OURS;
	const int32_t *counts =
		passages[checker->reading->views[OF_BASE].passages[old].number].counts;

	return passages[passage->number].counts[other] == 0 || counts[other] < counts[OF_BASE];
}

/* The vanished passages of base that share most words with this one, best first. */
static size_t find_candidates(struct checker *checker, const struct passage *made,
			      uint32_t best[JOINED])
{
	const struct view *base = &checker->reading->views[OF_BASE];
	struct word_run passage = words_of(&checker->reading->views[checker->side], made);
	uint64_t scores[JOINED] = {0};
	size_t met = vote(checker, passage), count = 0;

	for (size_t i = 0; i < met; i++) {
		uint32_t old = checker->met[i];
		uint64_t score = 1000 * (uint64_t)checker->votes[old] /
				 (passage.count + base->passages[old].count);
		size_t rank = count;

		checker->votes[old] = 0;
		if (!may_be_made_from(checker, made, old))
			continue;
		while (rank > 0 && score > scores[rank - 1])
			rank--;
		if (rank == JOINED)
			continue;
		count += count < JOINED;
		for (size_t k = count - 1; k > rank; k--) {
			scores[k] = scores[k - 1];
			best[k] = best[k - 1];
		}
		scores[rank] = score;
		best[rank] = old;
	}
	return count;
}

static void count_added(struct checker *checker, const struct passage *passage, const bool *kept)
{
	const struct view *view = &checker->reading->views[checker->side];

	for (size_t i = 0; i < passage->count; i++)
		if (!kept[i] && (view->flags[passage->first + i] & WORD_COUNTED))
			checker->check.added[checker->side][view->words[passage->first + i]]++;
}

/*
 * Marks what the passage has from this one of base. out: whether its runs then
 * stand, which is not asked where it is `known` to be whole.
 */
static bool stands_as_made_from(struct checker *checker, const struct passage *passage,
				uint32_t old, bool *held, bool *kept, bool known)
{
	const struct view *base = &checker->reading->views[OF_BASE];
	const struct view *view = &checker->reading->views[checker->side];
	struct word_run words = words_of(view, passage);

	memset(kept, 0, words.count);
	return !mark_kept(checker, words_of(base, &base->passages[old]), words, held, kept) ||
	       known ||
	       runs_stand(&checker->search, checker->side, words, view->flags + passage->first,
			  kept);
}

/* Where the words stand together; count: nowhere. */
static size_t find_run(struct word_run words, struct word_run run)
{
	for (size_t i = 0; i + run.count <= words.count; i++)
		if (memcmp(words.at + i, run.at, run.count * sizeof *run.at) == 0)
			return i;
	return words.count;
}

/* Adds what the passage has from this one of base: all, or rows that are not there by chance. */
static void join_kept(struct checker *checker, struct word_run words, uint32_t old, bool *joined)
{
	const struct view *base = &checker->reading->views[OF_BASE];
	struct word_run from = words_of(base, &base->passages[old]);
	struct arena scratch = {0};
	bool *held = arena_array(&scratch, bool, from.count);
	bool *kept = arena_array(&scratch, bool, words.count);
	size_t end, whole = find_run(words, from);

	if (whole < words.count)
		memset(kept + whole, true, from.count);
	else
		mark_kept(checker, from, words, held, kept);
	for (size_t i = 0; i < words.count; i = end + 1) {
		for (end = i; end < words.count && kept[end];)
			end++;
		if (end - i >= JOINED_WORDS)
			memset(joined + i, true, end - i);
	}
	arena_free(&scratch);
}

/* Whether the runs stand of what joins several passages of base. */
static bool stands_as_joined(struct checker *checker, const struct passage *passage,
			     const uint32_t *old, size_t count)
{
	const struct view *view = &checker->reading->views[checker->side];
	struct word_run words = words_of(view, passage);
	struct arena scratch = {0};
	bool *joined = arena_array(&scratch, bool, words.count);

	for (size_t i = 0; i < count; i++)
		join_kept(checker, words, old[i], joined);
	bool stands = runs_stand(&checker->search, checker->side, words,
				 view->flags + passage->first, joined);
	arena_free(&scratch);
	return stands;
}

/*
 * Looks at one passage that base does not have. Made from which passage it was, or from
 * which ones, is a guess, so it is broken only if it is by every guess.
 */
static void check_passage(struct checker *checker, const struct passage *passage)
{
	const struct reading *reading = checker->reading;
	const struct view *view = &reading->views[checker->side];
	const struct view *base = &reading->views[OF_BASE];
	uint32_t best[JOINED];
	size_t candidates = find_candidates(checker, passage, best);
	struct arena scratch = {0};
	bool *kept = checker->kept + passage->first;
	/* One broken run is enough. */
	bool whole = passage->yaml || checker->check.broken ||
		     reading->passages.entries[passage->number].counts[OF_RESULT] > 0;

	if (candidates > 0)
		whole = stands_as_made_from(checker, passage, best[0],
					    checker->held + base->passages[best[0]].first, kept,
					    whole);
	else
		whole = whole ||
			runs_stand(&checker->search, checker->side, words_of(view, passage),
				   view->flags + passage->first, kept);
	count_added(checker, passage, kept);
	for (size_t i = 1; i < candidates && i < CANDIDATES && !whole; i++) {
		bool *held = arena_array(&scratch, bool, base->passages[best[i]].count);
		whole = stands_as_made_from(checker, passage, best[i], held, kept, false);
	}
	if (!whole && candidates > 1)
		whole = stands_as_joined(checker, passage, best, candidates);
	if (!whole) {
		checker->check.broken = true;
		checker->check.where = line_bytes(reading, passage->line);
	}
	arena_free(&scratch);
}

/* --- one side ------------------------------------------------------------------ */

/*
 * Marks the passages of `view` that `than` does not have, or has less often:
 * then the last ones.
 */
static bool *find_surplus(struct checker *checker, const struct view *view, enum text_of than)
{
	const struct index *known = &checker->reading->passages;
	bool *surplus = arena_array(&checker->of_side, bool, view->passage_count + 1);
	struct arena scratch = {0};
	int32_t *seen = arena_array(&scratch, int32_t, known->count + 1);

	for (size_t i = 0; i < view->passage_count; i++) {
		uint32_t number = view->passages[i].number;

		surplus[i] = ++seen[number] > known->entries[number].counts[than];
	}
	arena_free(&scratch);
	return surplus;
}

/* Indexes the words of the passages of base that the side no longer has. */
static void index_vanished(struct checker *checker)
{
	const struct view *base = &checker->reading->views[OF_BASE];
	size_t count = checker->reading->words.count;
	uint32_t *ends = checker->words.ends;

	memset(ends, 0, (count + 2) * sizeof *ends);
	for (uint32_t i = 0; i < base->passage_count; i++) {
		struct word_run words = words_of(base, &base->passages[i]);

		memset(checker->held + base->passages[i].first, !checker->vanished[i], words.count);
		for (size_t k = 0; checker->vanished[i] && k < words.count; k++)
			ends[words.at[k] + 2]++;
	}
	for (size_t word = 0; word < count; word++)
		ends[word + 2] += ends[word + 1];
	/* Now each word's end is where its owners begin, until they are there. */
	for (uint32_t i = 0; i < base->passage_count; i++) {
		struct word_run words = words_of(base, &base->passages[i]);

		for (size_t k = 0; checker->vanished[i] && k < words.count; k++)
			checker->words.owners[ends[words.at[k] + 1]++] = i;
	}
}

static void check_side(struct checker *checker, enum text_of side)
{
	const struct view *base = &checker->reading->views[OF_BASE];
	const struct view *view = &checker->reading->views[side];
	size_t words = checker->reading->words.count;

	checker->side = side;
	checker->vanished = find_surplus(checker, base, side);
	checker->held = arena_array(&checker->looking, bool, base->word_count + 1);
	checker->kept = arena_array(&checker->of_side, bool, view->word_count + 1);
	index_vanished(checker);
	bool *new = find_surplus(checker, view, OF_BASE);
	checker->check.added[side] = arena_array(checker->arena, int32_t, words);
	for (size_t i = 0; i < view->passage_count; i++)
		if (new[i])
			check_passage(checker, &view->passages[i]);
	arena_free(&checker->of_side);
}

static void count_gone(struct checker *checker, const bool *ours, const bool *theirs)
{
	const struct view *base = &checker->reading->views[OF_BASE];
	struct run_check *check = &checker->check;
	size_t words = checker->reading->words.count;

	check->gone[OF_OURS] = arena_array(checker->arena, int32_t, words);
	check->gone[OF_THEIRS] = arena_array(checker->arena, int32_t, words);
	check->gone_from_both = arena_array(checker->arena, int32_t, words);
	for (size_t i = 0; i < base->word_count; i++) {
		if (!(base->flags[i] & WORD_COUNTED))
			continue;
		check->gone[OF_OURS][base->words[i]] += !ours[i];
		check->gone[OF_THEIRS][base->words[i]] += !theirs[i];
		check->gone_from_both[base->words[i]] += !ours[i] && !theirs[i];
	}
}

struct run_check check_runs(struct arena *arena, const struct reading *reading)
{
	const struct view *base = &reading->views[OF_BASE];
	struct checker checker = {.arena = arena, .reading = reading};
	struct arena *looking = &checker.looking;

	checker.search = search_new(looking, reading);
	checker.votes = arena_array(looking, uint32_t, base->passage_count + 1);
	checker.met = arena_array(looking, uint32_t, base->passage_count + 1);
	checker.words.owners = arena_array(looking, uint32_t, base->word_count);
	checker.words.ends = arena_array(looking, uint32_t, reading->words.count + 2);
	check_side(&checker, OF_OURS);
	const bool *ours = checker.held;
	check_side(&checker, OF_THEIRS);
	count_gone(&checker, ours, checker.held);
	arena_free(looking);
	return checker.check;
}
