#include "merge/hold.h"

#include <stdlib.h>

#include "merge/match.h"
#include "merge/words.h"

/* So many lines from where a line is looked for. */
enum { LOOKED_AT = 4 };

/* How often each number that any of the texts has stands in each of them. */
struct count {
	uint32_t id;
	bool blank; /* a line of nothing: how many there are says little */
	int in[4];
};

static int by_id(const void *a, const void *b)
{
	uint32_t x = ((const struct count *)a)->id, y = ((const struct count *)b)->id;

	return (x > y) - (x < y);
}

static int count_tokens(struct arena *arena, const struct tokens *const texts[], int text_count,
			struct count **out)
{
	size_t total = 0;
	int count = 0;

	for (int t = 0; t < text_count; t++)
		total += (size_t)texts[t]->count;
	struct count *all = arena_array(arena, struct count, total + 1);
	for (int t = 0; t < text_count; t++)
		for (int i = 0; i < texts[t]->count; i++) {
			all[count].id = texts[t]->ids[i];
			all[count].blank = str_is_blank(texts[t]->at[i]);
			all[count++].in[t] = 1;
		}
	qsort(all, total, sizeof *all, by_id);
	count = 0;
	for (size_t i = 0; i < total; i++) {
		if (count == 0 || all[count - 1].id != all[i].id) {
			all[count++] = all[i];
			continue;
		}
		for (int t = 0; t < text_count; t++)
			all[count - 1].in[t] += all[i].in[t];
	}
	*out = all;
	return count;
}

bool tokens_account_for(struct arena *arena, const struct tokens *base, const struct tokens *ours,
			const struct tokens *theirs, const struct tokens *result)
{
	const struct tokens *const texts[] = {base, ours, theirs, result};
	struct count *counts;
	int count = count_tokens(arena, texts, 4, &counts);

	for (int i = 0; i < count; i++) {
		const int *in = counts[i].in;
		int sum = in[1] + in[2] - in[0], most = in[1] > in[2] ? in[1] : in[2];
		bool grows = in[1] >= in[0] && in[2] >= in[0];

		if (in[3] < (grows ? most : sum) || in[3] > (grows ? sum : most))
			return false;
	}
	return true;
}

/* Whether each run that `spans` insert into the part stands beside a neighbour it has in the whole.
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
		if (!beside)
			return false;
	}
	return true;
}

/* What other added stands in the whole as often, what it took out is not back. */
static bool counts_hold(struct arena *arena, const struct tokens *base, const struct tokens *other,
			const struct tokens *whole)
{
	const struct tokens *const texts[] = {base, other, whole};
	struct count *counts;
	int count = count_tokens(arena, texts, 3, &counts);
	for (int i = 0; i < count; i++) {
		const int *in = counts[i].in;

		if (!counts[i].blank &&
		    ((in[1] > in[0] && in[2] < in[1]) || (in[1] < in[0] && in[2] > in[1])))
			return false;
	}
	return true;
}

bool tokens_hold(struct arena *arena, const struct tokens *base, const struct tokens *other,
		 const struct tokens *whole)
{
	struct spans spans = diff_numbers(arena, tokens_numbers(base), tokens_numbers(other));

	if (spans.count == 0 || !counts_hold(arena, base, other, whole))
		return false;
	const int *partners = diff_partners(arena, tokens_numbers(other), tokens_numbers(whole));
	return runs_stand(other, &spans, partners, whole->count);
}

struct held {
	struct dictionary *words;
	struct tokens base, side[2]; /* other, whole */
};

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
static bool brings_back(struct arena *arena, const struct tokens words[3])
{
	const struct tokens *const texts[] = {&words[0], &words[1], &words[2]};
	struct count *counts;
	int count = count_tokens(arena, texts, 3, &counts);

	for (int i = 0; i < count; i++)
		if (counts[i].in[1] < counts[i].in[0] && counts[i].in[2] > counts[i].in[1])
			return true;
	return false;
}

static struct tokens words_of(struct dictionary *words, const struct tokens *lines)
{
	struct buf text = {.arena = words->arena};

	for (int i = 0; i < lines->count; i++) {
		buf_add(&text, lines->at[i]);
		buf_add_byte(&text, '\n');
	}
	return tokens_of_words(words, buf_str(&text));
}

static bool holds_words(struct dictionary *words, struct str base, struct str other,
			struct str whole)
{
	struct text_merge merge = {.words = words, .base = base, .ours = other, .theirs = whole};
	struct tokens before = tokens_of_words(words, base), behind = tokens_of_words(words, whole);
	struct str merged;

	return is_rewording(words->arena, tokens_numbers(&before), tokens_numbers(&behind)) &&
	       merge_text(&merge, &merged) && str_equal(merged, whole);
}

static int shared_words(struct dictionary *words, struct str a, struct str b)
{
	struct tokens one = tokens_of_words(words, a), other = tokens_of_words(words, b);
	const int *partners =
		diff_partners(words->arena, tokens_numbers(&one), tokens_numbers(&other));
	int shared = 0;

	for (int i = 0; i < one.count; i++)
		shared += partners[i] >= 0;
	return shared;
}

/* Is a line rather what became of another line near `line` of the base? */
static bool is_of_another(struct dictionary *words, const struct tokens *base, int line,
			  struct str text)
{
	int from = line > LOOKED_AT ? line - LOOKED_AT : 0, own = -1;
	int end = line + LOOKED_AT < base->count ? line + LOOKED_AT + 1 : base->count;

	for (int i = from; i < end; i++) {
		if (i == line)
			continue;
		if (own < 0)
			own = shared_words(words, base->at[line], text);
		if (shared_words(words, base->at[i], text) > own)
			return true;
	}
	return false;
}

/*
 * The line of `whole`, from `from` on, that holds what other made of a line of the
 * base; its count: none.
 */
static int find_holding(struct dictionary *words, const struct tokens *base, int line,
			struct str other, const struct tokens *whole, int from)
{
	int end = from + LOOKED_AT < whole->count ? from + LOOKED_AT : whole->count;

	for (int i = from; i < end; i++)
		if (holds_words(words, base->at[line], other, whole->at[i]) &&
		    !is_of_another(words, base, line, whole->at[i]))
			return i;
	return whole->count;
}

/*
 * The other's lines, with those that it rewrote as the whole has them where
 * that holds both changes.
 */
static struct tokens as_in_whole(struct dictionary *words, const struct tokens *base,
				 const struct tokens *other, const struct tokens *whole)
{
	struct spans spans =
		diff_numbers(words->arena, tokens_numbers(base), tokens_numbers(other));
	struct tokens changed = *other;
	int from = 0;

	changed.at = arena_array(words->arena, struct str, (size_t)other->count + 1);
	changed.ids = arena_array(words->arena, uint32_t, (size_t)other->count + 1);
	for (int i = 0; i < other->count; i++) {
		changed.at[i] = other->at[i];
		changed.ids[i] = other->ids[i];
	}
	for (int i = 0; i < spans.count; i++) {
		const struct span *span = spans.at + i;

		for (int j = 0; j < span->a_end - span->a && j < span->b_end - span->b; j++) {
			int found = find_holding(words, base, span->a + j, other->at[span->b + j],
						 whole, from);

			if (found == whole->count)
				continue;
			changed.at[span->b + j] = whole->at[found];
			changed.ids[span->b + j] = whole->ids[found];
			from = found + 1;
		}
	}
	return changed;
}

/* Whether the whole holds what the other made of one stretch. */
static bool holds_region(const struct held *held, const struct region *region)
{
	struct arena *arena = held->words->arena;
	struct tokens lines[3] = {tokens_part(&held->base, region->base, region->base_end)};
	struct tokens words[3];

	if (!region->changed[0])
		return true;
	if (!region->changed[1])
		return false;
	for (int s = 0; s < 2; s++)
		lines[1 + s] = tokens_part(&held->side[s], region->side[s], region->side_end[s]);
	if (are_equal(&lines[1], &lines[2]))
		return true;
	if (!tokens_hold(arena, &lines[0], &lines[1], &lines[2])) {
		if (lines[0].count == 0 || lines[1].count == 0)
			return false;
		lines[1] = as_in_whole(held->words, &lines[0], &lines[1], &lines[2]);
		if (!tokens_hold(arena, &lines[0], &lines[1], &lines[2]))
			return false;
	}
	for (int t = 0; t < 3; t++)
		words[t] = words_of(held->words, &lines[t]);
	return !brings_back(arena, words);
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

bool text_holds(struct dictionary *words, struct str base, struct str other, struct str whole)
{
	struct arena *arena = words->arena;
	struct str texts[3] = {base, other, whole};

	trim(texts);
	struct held held = {
		.words = words,
		.base = tokens_of_lines(words, texts[0]),
		.side = {tokens_of_lines(words, texts[1]), tokens_of_lines(words, texts[2])},
	};
	struct spans spans[2];

	for (int s = 0; s < 2; s++)
		spans[s] = diff_numbers(arena, tokens_numbers(&held.base),
					tokens_numbers(&held.side[s]));
	struct regions regions = diff_regions(arena, held.base.count, spans[0], spans[1], 1, NULL);
	for (int i = 0; i < regions.count; i++)
		if (!holds_region(&held, regions.at + i))
			return false;
	return true;
}
