#include "merge/hold_rewritten.h"

#include "core/doc_lines.h"
#include "merge/akin.h"
#include "merge/hold.h"
#include "merge/tally.h"
#include "merge/words.h"

/* So many lines from where a line is looked for. */
enum { LOOKED_AT = 4 };

/* One stretch, lines of base, other and whole, with what was found out of them. */
struct stretch {
	struct dictionary *words;
	struct tokens base, other, whole;
	struct numbers *base_words; /* by line; as far as they were asked for */
	struct spans spans;	    /* from base to other */
	struct token_counts known;  /* lines of base and whole */
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
static bool holds_words(struct arena *arena, const struct text_merge *merge,
			const struct dictionary *words, struct numbers before,
			struct numbers behind)
{
	return is_rewording(arena, words, before, behind) && merge_gives_theirs(merge);
}

static int shared_words(struct arena *arena, struct numbers one, struct numbers other)
{
	const int *partners = diff_partners(arena, one, other);
	int shared = 0;

	for (int i = 0; i < one.count; i++)
		shared += partners[i] >= 0;
	return shared;
}

/* Rows of other columns: which cell is which is not for their words to tell. */
static bool are_of_other_columns(struct str one, struct str other)
{
	return str_starts(one, STR("|")) && line_cells(one) != line_cells(other);
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
		if (!are_of_other_columns(merge.ours, merge.theirs) &&
		    holds_words(&scratch, &merge, stretch->words, words_of_base(stretch, line),
				behind) &&
		    !is_of_another(&scratch, stretch, line, behind))
			break;
	}
	arena_free(&scratch);
	return found < end ? found : whole->count;
}

/* A line that the other wrote and neither base nor whole has. */
static bool is_missing(const struct stretch *stretch, int line)
{
	return !str_is_blank(stretch->other.at[line]) &&
	       !token_count_of(&stretch->known, stretch->other.ids[line]);
}

/* The lines of a span that may be what became of a line of the base. */
static int paired(const struct span *span)
{
	int gone = span->a_end - span->a, new = span->b_end - span->b;

	return gone < new ? gone : new;
}

/*
 * Puts what `whole` has in place of the lines of a span that it holds. out: false if one
 * is missing
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

bool holds_rewritten(struct arena *arena, struct tokens lines[3])
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
	stretch.known = tokens_count(arena, known, 2);
	return as_in_whole(arena, &stretch, &lines[1]) &&
	       tokens_hold(&lines[0], &lines[1], &lines[2]);
}
