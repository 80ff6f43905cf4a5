#include "merge/hold.h"

#include <stdlib.h>

#include "merge/match.h"
#include "merge/words.h"

/* So many lines from where a line is looked for. */
enum { LOOKED_AT = 4 };

enum { COUNTED = 3 }; /* texts at most */

/* How often each number that any of the texts has stands in each of them. */
struct count {
	uint32_t id;
	bool blank; /* a line of nothing: how many there are says little */
	int in[COUNTED];
};

static int by_id(const void *a, const void *b)
{
	uint32_t x = ((const struct count *)a)->id, y = ((const struct count *)b)->id;

	return (x > y) - (x < y);
}

/* Brings the counts of one number together, of a list in their order. out: how many are left */
static int join_counts(struct count *all, size_t total)
{
	int count = 0;

	for (size_t i = 0; i < total; i++) {
		if (count == 0 || all[count - 1].id != all[i].id) {
			all[count++] = all[i];
			continue;
		}
		for (int t = 0; t < COUNTED; t++)
			all[count - 1].in[t] += all[i].in[t];
	}
	return count;
}

/* The tokens of all texts, each counted by itself, or by its number where `by_number`. */
static struct count *list_counts(struct arena *arena, const struct tokens *const texts[],
				 int text_count, size_t room, bool by_number)
{
	struct count *all = arena_array(arena, struct count, room + 1);
	size_t next = 0;

	for (int t = 0; t < text_count; t++)
		for (int i = 0; i < texts[t]->count; i++) {
			struct count *count = all + (by_number ? texts[t]->ids[i] : next++);

			count->id = texts[t]->ids[i];
			count->blank = str_is_blank(texts[t]->at[i]);
			count->in[t]++;
		}
	return all;
}

static int count_tokens(struct arena *arena, const struct tokens *const texts[], int text_count,
			struct count **out)
{
	size_t total = 0, most = 0;
	int count = 0;

	for (int t = 0; t < text_count; t++) {
		total += (size_t)texts[t]->count;
		for (int i = 0; i < texts[t]->count; i++)
			most = texts[t]->ids[i] > most ? texts[t]->ids[i] : most;
	}
	/* Of few tokens with large numbers, as a stretch has them, sorting takes less room. */
	if (most > total) {
		*out = list_counts(arena, texts, text_count, total, false);
		qsort(*out, total, sizeof **out, by_id);
		return join_counts(*out, total);
	}
	*out = list_counts(arena, texts, text_count, most, true);
	for (size_t id = 1; id <= most; id++)
		if ((*out)[id].id)
			(*out)[count++] = (*out)[id];
	return count;
}

/* How often each word, by number - 1, stands in each of up to four texts. */
struct tally {
	struct dictionary words;
	struct word_count {
		int32_t in[4];
	} * counts;
	size_t room;
};

static void tally_words(struct tally *tally, struct str text, int of)
{
	struct arena *arena = tally->words.arena;
	struct str word, space;

	for (size_t at = 0; next_token(text, &at, &word, &space);) {
		size_t number = word_id(&tally->words, word) - 1;

		if (number >= tally->room)
			arena_push(arena, tally->counts, tally->room, tally->room);
		tally->counts[number].in[of]++;
	}
}

bool words_account_for(struct str base, struct str ours, struct str theirs, struct str result)
{
	const struct str texts[] = {base, ours, theirs, result};
	struct arena scratch = {0};
	struct tally tally = {.words.arena = &scratch};
	bool accounted = true;

	for (int t = 0; t < 4; t++)
		tally_words(&tally, texts[t], t);
	for (size_t i = 0; i < tally.words.count && accounted; i++) {
		const int32_t *in = tally.counts[i].in;
		int sum = in[1] + in[2] - in[0], most = in[1] > in[2] ? in[1] : in[2];
		bool grows = in[1] >= in[0] && in[2] >= in[0];

		accounted = in[3] >= (grows ? most : sum) && in[3] <= (grows ? sum : most);
	}
	arena_free(&scratch);
	return accounted;
}

bool words_reach(struct str base, struct str other, struct str whole)
{
	const struct str texts[] = {base, other, whole};
	struct arena scratch = {0};
	struct tally tally = {.words.arena = &scratch};
	bool reached = true;

	for (int t = 0; t < 3; t++)
		tally_words(&tally, texts[t], t);
	for (size_t i = 0; i < tally.words.count && reached; i++) {
		const int32_t *in = tally.counts[i].in;

		reached = in[1] <= in[0] || in[2] >= in[1];
	}
	arena_free(&scratch);
	return reached;
}

/* Whether the tokens [from, to) stand together in the whole and say enough to be known by. */
static bool is_known_by_itself(const struct tokens *part, int from, int to, const int *partners)
{
	enum { KNOWN_WORDS = 3 };
	size_t words = 0;

	for (int token = from; token < to && words < KNOWN_WORDS; token++)
		words += str_word_count(part->at[token]);
	return words >= KNOWN_WORDS && partners[to - 1] - partners[from] == to - 1 - from;
}

/*
 * Whether each run that `spans` insert into the part stands in the whole beside a
 * neighbour it has there; the neighbours may be gone, then its own words must do.
 */
static bool runs_stand(const struct tokens *part, const struct spans *spans, const int *partners,
		       int whole_count)
{
	for (int i = 0; i < spans->count; i++) {
		int from = spans->at[i].b, to = spans->at[i].b_end;

		for (int token = from; token < to; token++)
			if (partners[token] < 0)
				return false;
		if (from == to)
			continue;
		int before = from > 0 ? partners[from - 1] : -1;
		int behind = to < part->count ? partners[to] : whole_count;
		bool beside = (from == 0 || before >= 0) && before + 1 == partners[from];
		beside = beside ||
			 ((to == part->count || behind >= 0) && behind - 1 == partners[to - 1]);
		if (!beside && !is_known_by_itself(part, from, to, partners))
			return false;
	}
	return true;
}

/* What other added stands in the whole as often, what it took out is not back. */
static bool counts_hold(const struct tokens *base, const struct tokens *other,
			const struct tokens *whole)
{
	const struct tokens *const texts[] = {base, other, whole};
	struct arena scratch = {0};
	struct count *counts;
	int count = count_tokens(&scratch, texts, 3, &counts);
	bool hold = true;

	for (int i = 0; i < count && hold; i++) {
		const int *in = counts[i].in;

		hold = counts[i].blank ||
		       ((in[1] <= in[0] || in[2] >= in[1]) && (in[1] >= in[0] || in[2] <= in[1]));
	}
	arena_free(&scratch);
	return hold;
}

bool tokens_hold(const struct tokens *base, const struct tokens *other, const struct tokens *whole)
{
	struct arena scratch = {0};
	struct spans spans = diff_numbers(&scratch, tokens_numbers(base), tokens_numbers(other));
	bool hold = spans.count > 0 && counts_hold(base, other, whole);

	if (hold) {
		const int *partners =
			diff_partners(&scratch, tokens_numbers(other), tokens_numbers(whole));
		hold = runs_stand(other, &spans, partners, whole->count);
	}
	arena_free(&scratch);
	return hold;
}

static bool are_equal(const struct tokens *a, const struct tokens *b)
{
	if (a->count != b->count)
		return false;
	for (int i = 0; i < a->count; i++)
		if (a->ids[i] != b->ids[i])
			return false;
	return true;
}

/* A line that the other deleted and the whole rewrote has its words back. */
static bool brings_back(const struct tokens lines[3])
{
	struct arena scratch = {0};
	struct tally tally = {.words.arena = &scratch};
	bool back = false;

	for (int t = 0; t < 3; t++)
		for (int i = 0; i < lines[t].count; i++)
			tally_words(&tally, lines[t].at[i], t);
	for (size_t i = 0; i < tally.words.count && !back; i++) {
		const int32_t *in = tally.counts[i].in;

		back = in[1] < in[0] && in[2] > in[1];
	}
	arena_free(&scratch);
	return back;
}

/* One stretch, lines of base, other and whole, with what was found out of them. */
struct stretch {
	struct dictionary *words;
	struct tokens base, other, whole;
	struct numbers *base_words; /* by line; as far as they were asked for */
	struct spans spans;	    /* from base to other */
	struct count *known;	    /* lines of base and whole, by number */
	int known_count;
};

static struct numbers numbers_of(struct dictionary *words, struct str line)
{
	uint32_t *numbers = arena_array(words->arena, uint32_t, str_word_count(line) + 1);
	struct str word, space;
	int count = 0;

	for (size_t at = 0; next_token(line, &at, &word, &space);)
		numbers[count++] = word_id(words, word);
	return (struct numbers){numbers, count};
}

static struct numbers words_of_base(const struct stretch *stretch, int line)
{
	struct numbers *known = &stretch->base_words[line];

	if (!known->at)
		*known = numbers_of(stretch->words, stretch->base.at[line]);
	return *known;
}

/* Whether the merge of what other and whole made of a line gives what whole has. */
static bool holds_words(struct arena *arena, const struct text_merge *merge, struct numbers before,
			struct numbers behind)
{
	struct str merged;

	return is_rewording(arena, before, behind) && merge_text(merge, &merged) &&
	       str_equal(merged, merge->theirs);
}

static int shared_words(struct arena *arena, struct numbers one, struct numbers other)
{
	const int *partners = diff_partners(arena, one, other);
	int shared = 0;

	for (int i = 0; i < one.count; i++)
		shared += partners[i] >= 0;
	return shared;
}

/* Is a line, of these words, rather what became of another line near `line` of the base? */
static bool is_of_another(struct arena *arena, const struct stretch *stretch, int line,
			  struct numbers words)
{
	int from = line > LOOKED_AT ? line - LOOKED_AT : 0;
	int end =
		line + LOOKED_AT < stretch->base.count ? line + LOOKED_AT + 1 : stretch->base.count;
	int own = shared_words(arena, words_of_base(stretch, line), words);

	for (int i = from; i < end; i++)
		if (i != line && shared_words(arena, words_of_base(stretch, i), words) > own)
			return true;
	return false;
}

/*
 * The line of the whole, from `from` on, that holds what other made of a line of
 * the base in its own line `as`; the whole's count: none.
 */
static int find_holding(const struct stretch *stretch, int line, int as, int from)
{
	const struct tokens *whole = &stretch->whole;
	int end = from + LOOKED_AT < whole->count ? from + LOOKED_AT : whole->count, found = from;
	struct arena scratch = {0};
	struct dictionary words = {.arena = &scratch};
	struct text_merge merge = {
		.words = &words,
		.base = stretch->base.at[line],
		.ours = stretch->other.at[as],
	};

	for (; found < end; found++) {
		struct numbers behind = numbers_of(stretch->words, whole->at[found]);

		merge.theirs = whole->at[found];
		if (holds_words(&scratch, &merge, words_of_base(stretch, line), behind) &&
		    !is_of_another(&scratch, stretch, line, behind))
			break;
	}
	arena_free(&scratch);
	return found < end ? found : whole->count;
}

/* A line that the other wrote and neither base nor whole has. */
static bool is_missing(const struct stretch *stretch, int line)
{
	struct count wanted = {.id = stretch->other.ids[line]};

	return !str_is_blank(stretch->other.at[line]) &&
	       !bsearch(&wanted, stretch->known, (size_t)stretch->known_count,
			sizeof *stretch->known, by_id);
}

/* The lines of a span that may be what became of a line of the base. */
static int paired(const struct span *span)
{
	int gone = span->a_end - span->a, new = span->b_end - span->b;

	return gone < new ? gone : new;
}

/* Puts what `whole` has in place of the lines of a span that it holds. out: false if one is missing
 */
static bool take_from_whole(const struct stretch *stretch, const struct span *span, int *from,
			    struct tokens *changed)
{
	const struct tokens *whole = &stretch->whole;

	for (int j = 0; j < paired(span); j++) {
		int line = span->b + j;
		int found = find_holding(stretch, span->a + j, line, *from);

		if (found == whole->count) {
			if (is_missing(stretch, line))
				return false;
			continue;
		}
		changed->at[line] = whole->at[found];
		changed->ids[line] = whole->ids[found];
		*from = found + 1;
	}
	return true;
}

/*
 * The other's lines, with those that it rewrote as the whole has them where
 * that holds both changes. out: false if a line shows that the whole cannot hold all
 */
static bool as_in_whole(struct arena *arena, const struct stretch *stretch, struct tokens *changed)
{
	const struct tokens *other = &stretch->other;
	int from = 0;

	for (int i = 0; i < stretch->spans.count; i++) {
		const struct span *span = stretch->spans.at + i;

		for (int line = span->b + paired(span); line < span->b_end; line++)
			if (is_missing(stretch, line))
				return false;
	}
	changed->count = other->count;
	changed->at = arena_array(arena, struct str, (size_t)other->count + 1);
	changed->ids = arena_array(arena, uint32_t, (size_t)other->count + 1);
	for (int i = 0; i < other->count; i++) {
		changed->at[i] = other->at[i];
		changed->ids[i] = other->ids[i];
	}
	for (int i = 0; i < stretch->spans.count; i++)
		if (!take_from_whole(stretch, stretch->spans.at + i, &from, changed))
			return false;
	return true;
}

/* Whether the whole holds what the other made of a stretch, if not line by line, then rewritten. */
static bool holds_rewritten(struct arena *arena, struct tokens lines[3])
{
	const struct tokens *const known[] = {&lines[0], &lines[2]};
	struct dictionary words = {.arena = arena};
	struct stretch stretch = {
		.words = &words,
		.base = lines[0],
		.other = lines[1],
		.whole = lines[2],
	};

	if (lines[0].count == 0 || lines[1].count == 0)
		return false;
	stretch.base_words = arena_array(arena, struct numbers, (size_t)lines[0].count);
	stretch.spans = diff_numbers(arena, tokens_numbers(&lines[0]), tokens_numbers(&lines[1]));
	stretch.known_count = count_tokens(arena, known, 2, &stretch.known);
	return as_in_whole(arena, &stretch, &lines[1]) &&
	       tokens_hold(&lines[0], &lines[1], &lines[2]);
}

/* Whether the whole holds what the other made of one stretch. */
static bool holds_region(struct arena *arena, const struct beside *texts, int whole,
			 const struct region *region)
{
	struct tokens lines[3] = {tokens_part(&texts->base, region->base, region->base_end)};

	for (int s = 0; s < 2; s++)
		lines[1 + s] = tokens_part(&texts->side[s == 0 ? 1 - whole : whole],
					   region->side[s], region->side_end[s]);
	return are_equal(&lines[1], &lines[2]) ||
	       ((tokens_hold(&lines[0], &lines[1], &lines[2]) || holds_rewritten(arena, lines)) &&
		!brings_back(lines));
}

static size_t behind_line(struct str text, size_t from)
{
	size_t end = str_find_byte(text, '\n', from);

	return end < text.len ? end + 1 : end;
}

static bool have_at(const struct str texts[3], size_t at, struct str line)
{
	for (int t = 0; t < 3; t++)
		if (!str_starts(str_slice(texts[t], at, texts[t].len), line))
			return false;
	return true;
}

static bool end_with(const struct str texts[3], struct str line)
{
	for (int t = 0; t < 3; t++)
		if (!str_ends(texts[t], line) ||
		    (texts[t].len > line.len && texts[t].at[texts[t].len - line.len - 1] != '\n'))
			return false;
	return true;
}

/* Takes off the whole lines that all three begin or end with: most of what there is to read. */
static void trim(struct str texts[3])
{
	size_t at = 0;

	while (at < texts[0].len) {
		struct str line = str_slice(texts[0], at, behind_line(texts[0], at));

		if (!str_ends(line, STR("\n")) || !have_at(texts, at, line))
			break;
		at += line.len;
	}
	for (int t = 0; t < 3; t++)
		texts[t] = str_slice(texts[t], at, texts[t].len);
	while (texts[0].len) {
		size_t from = texts[0].len - 1;

		while (from > 0 && texts[0].at[from - 1] != '\n')
			from--;
		struct str line = str_slice(texts[0], from, texts[0].len);
		if (!end_with(texts, line))
			break;
		for (int t = 0; t < 3; t++)
			texts[t].len -= line.len;
	}
}

struct beside texts_beside(struct dictionary *words, struct str base, const struct str side[2])
{
	struct str texts[3] = {base, side[0], side[1]};
	struct beside beside = {.arena = words->arena};

	trim(texts);
	beside.base = tokens_of_lines(words, texts[0]);
	for (int s = 0; s < 2; s++) {
		beside.side[s] = tokens_of_lines(words, texts[1 + s]);
		beside.spans[s] = diff_numbers(words->arena, tokens_numbers(&beside.base),
					       tokens_numbers(&beside.side[s]));
	}
	return beside;
}

static bool holds_regions(const struct beside *texts, int whole)
{
	struct regions regions =
		diff_regions(texts->arena, texts->base.count, texts->spans[1 - whole],
			     texts->spans[whole], 1, NULL);
	bool holds = true;

	for (int i = 0; i < regions.count && holds; i++)
		holds = !regions.at[i].changed[0] || regions.at[i].changed[1];
	for (int i = 0; i < regions.count && holds; i++) {
		struct arena scratch = {0};

		holds = !regions.at[i].changed[0] ||
			holds_region(&scratch, texts, whole, regions.at + i);
		arena_free(&scratch);
	}
	return holds;
}

/*
 * A line that the other deleted and the whole only moved: stretch by stretch it
 * looks deleted here and new there, but it is the line that went, and a move is
 * no edit that would keep it.
 */
static bool moves_deleted(const struct beside *texts, int whole)
{
	const struct tokens *const lines[] = {&texts->base, &texts->side[1 - whole],
					      &texts->side[whole]};
	struct arena scratch = {0};
	struct count *counts;
	int count = count_tokens(&scratch, lines, 3, &counts);
	bool moved = false;

	for (int i = 0; i < count && !moved; i++)
		moved = !counts[i].blank && counts[i].in[0] == 1 && counts[i].in[1] == 0 &&
			counts[i].in[2] == 1;
	arena_free(&scratch);
	return moved;
}

bool text_holds(const struct beside *texts, int whole)
{
	return holds_regions(texts, whole) && !moves_deleted(texts, whole);
}
