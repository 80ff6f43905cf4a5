#include "merge/hold.h"

#include "merge/hold_rewritten.h"
#include "merge/regions.h"
#include "merge/tally.h"

/* Whether some of the tokens [from, to) are more than what the part moved. */
static bool any_added(const struct tokens *part, int from, int to,
		      const struct token_counts *counts)
{
	for (int token = from; token < to; token++) {
		const struct token_count *count = token_count_of(counts, part->ids[token]);

		if (count->in[1] > count->in[0])
			return true;
	}
	return false;
}

/*
 * Whether the tokens [from, to) stand together in the whole and say enough to be known
 * by. What was only moved does not: it may stand where it was.
 */
static bool is_known_by_itself(const struct tokens *part, int from, int to, const int *partners,
			       const struct token_counts *counts)
{
	enum { KNOWN_WORDS = 3 };
	size_t words = 0;

	for (int token = from; token < to && words < KNOWN_WORDS; token++)
		words += str_word_count(part->at[token]);
	return words >= KNOWN_WORDS && partners[to - 1] - partners[from] == to - 1 - from &&
	       any_added(part, from, to, counts);
}

/*
 * Whether each run that `spans` insert into the part stands in the whole beside a
 * neighbour it has there; the neighbours may be gone, then its own words must do.
 */
static bool runs_stand(const struct tokens *part, const struct spans *spans, const int *partners,
		       int whole_count, const struct token_counts *counts)
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
		if (!beside && !is_known_by_itself(part, from, to, partners, counts))
			return false;
	}
	return true;
}

/* What other added stands in the whole as often, what it took out is not back. */
static bool counts_hold(const struct token_counts *counts)
{
	bool hold = true;

	for (int i = 0; i < counts->count && hold; i++) {
		const int *in = counts->at[i].in;

		hold = counts->at[i].blank ||
		       ((in[1] <= in[0] || in[2] >= in[1]) && (in[1] >= in[0] || in[2] <= in[1]));
	}
	return hold;
}

bool tokens_hold(const struct tokens *base, const struct tokens *other, const struct tokens *whole)
{
	const struct tokens *const texts[] = {base, other, whole};
	struct arena scratch = {0};
	struct token_counts counts = tokens_count(&scratch, texts, TALLIED_TEXTS);
	bool hold = counts_hold(&counts);

	if (hold) {
		struct spans spans =
			diff_numbers(&scratch, tokens_numbers(base), tokens_numbers(other));
		const int *partners =
			diff_partners(&scratch, tokens_numbers(other), tokens_numbers(whole));
		hold = spans.count > 0 &&
		       runs_stand(other, &spans, partners, whole->count, &counts);
	}
	arena_free(&scratch);
	return hold;
}

/* `from`: the first change that may touch it; both are gone through in their order */
static bool is_touched(const struct span *taken, const struct spans *changes, int *from)
{
	while (*from < changes->count && changes->at[*from].a_end <= taken->a)
		++*from;
	return *from < changes->count && spans_overlap(taken, &changes->at[*from]);
}

/* Whether a span takes out more of the base than marks. */
static bool takes_words(const struct tokens *base, const struct span *span)
{
	for (int i = span->a; i < span->a_end; i++)
		if (!word_is_mark(base->at[i]))
			return true;
	return false;
}

bool tokens_undo(const struct tokens *base, const struct tokens *other, const struct tokens *whole)
{
	struct arena scratch = {0};
	struct spans taken = diff_numbers(&scratch, tokens_numbers(base), tokens_numbers(other));
	struct spans changes = diff_numbers(&scratch, tokens_numbers(base), tokens_numbers(whole));
	bool undone = false;
	int from = 0;

	for (int i = 0; i < taken.count && !undone; i++)
		undone = takes_words(base, &taken.at[i]) &&
			 !is_touched(&taken.at[i], &changes, &from);
	arena_free(&scratch);
	return undone;
}

/*
 * Whether the whole holds what the other made of one stretch. A line that the other
 * deleted and the whole rewrote has its words back.
 */
static bool holds_region(struct arena *arena, const struct beside *texts, int whole,
			 const struct region *region)
{
	struct tokens lines[3] = {tokens_part(&texts->base, region->base, region->base_end)};

	for (int s = 0; s < 2; s++)
		lines[1 + s] = tokens_part(&texts->side[s == 0 ? 1 - whole : whole],
					   region->side[s], region->side_end[s]);
	/* What was rewritten is looked for by writing it anew; its words are those that stood. */
	struct tokens rewritten[3] = {lines[0], lines[1], lines[2]};
	return tokens_equal(&lines[1], &lines[2]) ||
	       ((tokens_hold(&lines[0], &lines[1], &lines[2]) ||
		 holds_rewritten(arena, rewritten)) &&
		!words_come_back(lines));
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

size_t leave_middle(struct str texts[3])
{
	struct str rest = texts[0], line;
	size_t at = 0;

	for (; str_next_line(&rest, &line); at += line.len)
		if (!str_ends(line, STR("\n")) || !have_at(texts, at, line))
			break;
	for (int t = 0; t < 3; t++)
		texts[t] = str_slice(texts[t], at, texts[t].len);
	while (texts[0].len) {
		size_t from = str_line_start(texts[0], texts[0].len - 1);

		line = str_slice(texts[0], from, texts[0].len);
		if (!end_with(texts, line))
			break;
		for (int t = 0; t < 3; t++)
			texts[t].len -= line.len;
	}
	return at;
}

struct beside texts_beside(struct dictionary *words, struct str base, const struct str side[2])
{
	struct str texts[3] = {base, side[0], side[1]};
	struct beside beside = {.arena = words->arena};

	leave_middle(texts);
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
	struct token_counts counts = tokens_count(&scratch, lines, TALLIED_TEXTS);
	bool moved = false;

	for (int i = 0; i < counts.count && !moved; i++)
		moved = !counts.at[i].blank && counts.at[i].in[0] == 1 && counts.at[i].in[1] == 0 &&
			counts.at[i].in[2] == 1;
	arena_free(&scratch);
	return moved;
}

bool text_holds(const struct beside *texts, int whole)
{
	return holds_regions(texts, whole) && !moves_deleted(texts, whole);
}
