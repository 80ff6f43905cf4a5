#include "merge/words.h"

#include <stdlib.h>
#include <string.h>

#include "merge/similar.h"

/*
 * Changes with fewer unchanged words between them are one change. Insertions of
 * this many words and this alike (per mille) may be one thing said twice.
 */
enum { NEAR_WORDS = 2, TWICE_ALIKE = 600, TWICE_WORDS = 3 };

/* A text as words, or as lines, each with what stands behind it. */
struct tokens {
	struct str lead; /* white space in front */
	struct str *at, *space;
	uint32_t *ids;
	int count;
};

struct three {
	struct tokens base, side[2];
	struct spans spans[2];
};

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static void add_token(struct dictionary *words, struct tokens *tokens, size_t *room,
		      struct str text, struct str space)
{
	size_t count = (size_t)tokens->count, new_room = *room ? 2 * *room : 16;

	if (count == *room) {
		tokens->at =
			arena_grow(words->arena, tokens->at, count, new_room, sizeof *tokens->at);
		tokens->space = arena_grow(words->arena, tokens->space, count, new_room,
					   sizeof *tokens->space);
		tokens->ids =
			arena_grow(words->arena, tokens->ids, count, new_room, sizeof *tokens->ids);
		*room = new_room;
	}
	tokens->at[count] = text;
	tokens->space[count] = space;
	tokens->ids[count] = word_id(words, text);
	tokens->count++;
}

static bool is_digit_at(struct str text, size_t at)
{
	return at < text.len && text.at[at] >= '0' && text.at[at] <= '9';
}

/*
 * "12 000" is one figure: the space at `at` stands between digits from `word` on
 * and a group of three. Merged as two words, 12 000 and 12 500 would make
 * figures that nobody wrote, or lose one without a word.
 */
static bool is_inside_figure(struct str text, size_t word, size_t at)
{
	if (text.at[at] != ' ')
		return false;
	for (size_t i = word; i < at; i++)
		if (!is_digit_at(text, i) && text.at[i] != ' ')
			return false;
	return is_digit_at(text, at + 1) && is_digit_at(text, at + 2) &&
	       is_digit_at(text, at + 3) && !is_digit_at(text, at + 4);
}

static struct tokens split_words(struct dictionary *words, struct str text)
{
	struct tokens tokens = {0};
	size_t at = 0, room = 0;

	while (at < text.len && is_blank(text.at[at]))
		at++;
	tokens.lead = str_slice(text, 0, at);
	while (at < text.len) {
		size_t word = at, space;

		while (at < text.len &&
		       (!is_blank(text.at[at]) || is_inside_figure(text, word, at)))
			at++;
		space = at;
		while (at < text.len && is_blank(text.at[at]))
			at++;
		add_token(words, &tokens, &room, str_slice(text, word, space),
			  str_slice(text, space, at));
	}
	return tokens;
}

static struct tokens split_lines(struct dictionary *words, struct str text)
{
	struct tokens tokens = {0};
	struct str line;
	size_t room = 0;

	while (str_next_line(&text, &line)) {
		size_t end = str_ends(line, STR("\n")) ? line.len - 1 : line.len;
		add_token(words, &tokens, &room, str_slice(line, 0, end),
			  str_slice(line, end, line.len));
	}
	return tokens;
}

static struct numbers numbers_of(const struct tokens *tokens)
{
	return (struct numbers){tokens->ids, tokens->count};
}

static struct numbers slice(const struct tokens *tokens, int from, int to)
{
	return (struct numbers){tokens->count ? tokens->ids + from : NULL, to - from};
}

/* The white space that a text ends with. */
static struct str last_space(const struct tokens *tokens)
{
	return tokens->count ? tokens->space[tokens->count - 1] : (struct str){0};
}

struct str merge_scalar(struct str base, struct str ours, struct str theirs)
{
	if (str_equal(ours, base))
		return theirs;
	if (str_equal(theirs, base))
		return ours;
	if (ours.len != theirs.len)
		return ours.len > theirs.len ? ours : theirs;
	return str_compare(ours, theirs) >= 0 ? ours : theirs;
}

/* The bytes of a run of tokens, without what stands behind the last. */
static struct str run_text(const struct tokens *tokens, int from, int to)
{
	if (from == to)
		return (struct str){0};
	const char *begin = tokens->at[from].at;
	const char *end = tokens->at[to - 1].at + tokens->at[to - 1].len;
	return (struct str){begin, (size_t)(end - begin)};
}

/* The result under construction; `space` is owed before the next word. */
struct writer {
	struct buf out;
	struct str space;
	bool any;
};

static void write_run(struct writer *writer, const struct tokens *tokens, int from, int to,
		      struct str glue)
{
	if (from == to)
		return;
	if (writer->any)
		buf_add(&writer->out, writer->space.len ? writer->space : glue);
	buf_add(&writer->out, run_text(tokens, from, to));
	writer->space = tokens->space[to - 1];
	writer->any = true;
}

/* What nobody changed but for the space between the words. */
static void write_common(struct writer *writer, const struct three *three,
			 const struct region *region, struct str glue)
{
	for (int i = region->base; i < region->base_end; i++) {
		int at = i - region->base;

		write_run(writer, &three->base, i, i + 1, glue);
		writer->space = merge_scalar(three->base.space[i],
					     three->side[0].space[region->side[0] + at],
					     three->side[1].space[region->side[1] + at]);
	}
}

static bool stands_in_all(const struct region *region)
{
	return region->base < region->base_end && region->side[0] < region->side_end[0] &&
	       region->side[1] < region->side_end[1];
}

/* The words of one side; the space behind them is that of whoever changed it. */
static void write_side(struct writer *writer, const struct three *three,
		       const struct region *region, int s, struct str glue)
{
	write_run(writer, &three->side[s], region->side[s], region->side_end[s], glue);
	if (stands_in_all(region))
		writer->space = merge_scalar(three->base.space[region->base_end - 1],
					     three->side[0].space[region->side_end[0] - 1],
					     three->side[1].space[region->side_end[1] - 1]);
}

static bool at_very_end(const struct three *three, const struct region *region)
{
	return region->base == region->base_end && region->base == three->base.count &&
	       region->side_end[0] == three->side[0].count &&
	       region->side_end[1] == three->side[1].count;
}

/* Both sides changed the same stretch. out: false if neither contains the other. */
static bool write_both(const struct text_merge *merge, struct writer *writer,
		       const struct three *three, const struct region *region, struct str glue)
{
	struct arena *arena = merge->words->arena;
	struct numbers ours = slice(&three->side[0], region->side[0], region->side_end[0]);
	struct numbers theirs = slice(&three->side[1], region->side[1], region->side_end[1]);

	if (is_subsequence(theirs, ours)) {
		write_side(writer, three, region, 0, glue);
		return true;
	}
	if (is_subsequence(ours, theirs)) {
		write_side(writer, three, region, 1, glue);
		return true;
	}
	if (!merge->keeps_both &&
	    (!at_very_end(three, region) || similarity(arena, ours, theirs) >= TWICE_ALIKE))
		return false;
	struct str x = run_text(&three->side[0], region->side[0], region->side_end[0]);
	struct str y = run_text(&three->side[1], region->side[1], region->side_end[1]);
	int first = str_compare(x, y) <= 0 ? 0 : 1;
	write_side(writer, three, region, first, glue);
	if (str_is_blank(writer->space) && writer->space.len == 0)
		writer->space = glue;
	write_side(writer, three, region, 1 - first, glue);
	return true;
}

/* Whether the sides say much the same in different places. */
static bool says_twice(struct arena *arena, const struct three *three)
{
	for (int i = 0; i < three->spans[0].count; i++)
		for (int j = 0; j < three->spans[1].count; j++) {
			const struct span *x = three->spans[0].at + i, *y = three->spans[1].at + j;

			if (x->b_end - x->b < TWICE_WORDS || y->b_end - y->b < TWICE_WORDS ||
			    (x->a < y->a_end && y->a < x->a_end))
				continue;
			if (similarity(arena, slice(&three->side[0], x->b, x->b_end),
				       slice(&three->side[1], y->b, y->b_end)) >= TWICE_ALIKE)
				return true;
		}
	return false;
}

static bool *sentence_ends(struct arena *arena, const struct tokens *tokens)
{
	bool *ends = arena_array(arena, bool, (size_t)tokens->count + 1);

	for (int i = 0; i < tokens->count; i++) {
		char last = tokens->at[i].at[tokens->at[i].len - 1];
		ends[i] = last == '.' || last == '!' || last == '?' || last == ';' || last == ':';
	}
	return ends;
}

static struct three split(const struct text_merge *merge,
			  struct tokens (*splitter)(struct dictionary *, struct str))
{
	struct three three = {
		.base = splitter(merge->words, merge->base),
		.side = {splitter(merge->words, merge->ours),
			 splitter(merge->words, merge->theirs)},
	};

	for (int s = 0; s < 2; s++)
		three.spans[s] = diff_numbers(merge->words->arena, numbers_of(&three.base),
					      numbers_of(&three.side[s]));
	return three;
}

static bool merge_words(const struct text_merge *merge, struct str *out)
{
	struct arena *arena = merge->words->arena;
	struct three three = split(merge, split_words);
	struct writer writer = {.out.arena = arena};

	if (says_twice(arena, &three))
		return false;
	struct regions regions =
		diff_regions(arena, three.base.count, three.spans[0], three.spans[1], NEAR_WORDS,
			     sentence_ends(arena, &three.base));
	buf_add(&writer.out, merge_scalar(three.base.lead, three.side[0].lead, three.side[1].lead));
	for (int i = 0; i < regions.count; i++) {
		const struct region *region = regions.at + i;

		if (!region->changed[0] && !region->changed[1])
			write_common(&writer, &three, region, STR(" "));
		else if (!region->changed[0] || !region->changed[1])
			write_side(&writer, &three, region, region->changed[0] ? 0 : 1, STR(" "));
		else if (!write_both(merge, &writer, &three, region, STR(" ")))
			return false;
	}
	buf_add(&writer.out, merge_scalar(last_space(&three.base), last_space(&three.side[0]),
					  last_space(&three.side[1])));
	*out = buf_str(&writer.out);
	return true;
}

/* One stretch of lines that both sides changed. */
static bool merge_line_region(const struct text_merge *merge, struct writer *writer,
			      const struct three *three, const struct region *region)
{
	struct text_merge inner = *merge;
	struct str merged;

	if (merge->by_lines_only || region->base == region->base_end)
		return write_both(merge, writer, three, region, STR("\n"));
	inner.base = run_text(&three->base, region->base, region->base_end);
	inner.ours = run_text(&three->side[0], region->side[0], region->side_end[0]);
	inner.theirs = run_text(&three->side[1], region->side[1], region->side_end[1]);
	if (!merge_words(&inner, &merged))
		return false;
	if (writer->any && merged.len)
		buf_add(&writer->out, writer->space.len ? writer->space : STR("\n"));
	buf_add(&writer->out, merged);
	if (merged.len) {
		writer->any = true;
		writer->space = three->base.space[region->base_end - 1];
	}
	return true;
}

static bool merge_lines(const struct text_merge *merge, struct str *out)
{
	struct arena *arena = merge->words->arena;
	struct three three = split(merge, split_lines);
	struct writer writer = {.out.arena = arena};
	struct regions regions =
		diff_regions(arena, three.base.count, three.spans[0], three.spans[1], 0, NULL);

	for (int i = 0; i < regions.count; i++) {
		const struct region *region = regions.at + i;

		if (!region->changed[0] && !region->changed[1])
			write_common(&writer, &three, region, STR("\n"));
		else if (!region->changed[0] || !region->changed[1])
			write_side(&writer, &three, region, region->changed[0] ? 0 : 1, STR("\n"));
		else if (!merge_line_region(merge, &writer, &three, region))
			return false;
	}
	buf_add(&writer.out, merge_scalar(last_space(&three.base), last_space(&three.side[0]),
					  last_space(&three.side[1])));
	*out = buf_str(&writer.out);
	return true;
}

/* How often each number that any of the texts has stands in each of them. */
struct count {
	uint32_t id;
	int in[4]; /* base, ours, theirs, result */
};

static int by_id(const void *a, const void *b)
{
	uint32_t x = ((const struct count *)a)->id, y = ((const struct count *)b)->id;

	return (x > y) - (x < y);
}

static int count_words(struct arena *arena, const struct tokens texts[4], struct count **out)
{
	size_t total = 0;
	int count = 0;

	for (int t = 0; t < 4; t++)
		total += (size_t)texts[t].count;
	struct count *all = arena_array(arena, struct count, total + 1);
	for (int t = 0; t < 4; t++)
		for (int i = 0; i < texts[t].count; i++) {
			all[count].id = texts[t].ids[i];
			all[count++].in[t] = 1;
		}
	qsort(all, total, sizeof *all, by_id);
	count = 0;
	for (size_t i = 0; i < total; i++) {
		if (count == 0 || all[count - 1].id != all[i].id) {
			all[count++] = all[i];
			continue;
		}
		for (int t = 0; t < 4; t++)
			all[count - 1].in[t] += all[i].in[t];
	}
	*out = all;
	return count;
}

static bool is_accounted_for(const struct text_merge *merge, struct str result)
{
	struct tokens texts[4] = {
		split_words(merge->words, merge->base), split_words(merge->words, merge->ours),
		split_words(merge->words, merge->theirs), split_words(merge->words, result)};
	struct count *counts;
	int count = count_words(merge->words->arena, texts, &counts);

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

		for (int word = from; word < to; word++)
			if (partners[word] < 0)
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

/* Whether side `s` already says every change of the other. */
static bool absorbs(const struct text_merge *merge, const struct three *three, int s)
{
	struct arena *arena = merge->words->arena;
	const struct tokens *whole = &three->side[s], *other = &three->side[1 - s];
	struct tokens texts[4] = {three->base, *other, *whole, {.count = 0}};
	struct count *counts;

	if (three->spans[1 - s].count == 0)
		return false;
	int count = count_words(arena, texts, &counts);
	for (int i = 0; i < count; i++) {
		const int *in = counts[i].in;

		if ((in[1] > in[0] && in[2] < in[1]) || (in[1] < in[0] && in[2] > in[1]))
			return false;
	}
	const int *partners = diff_partners(arena, numbers_of(other), numbers_of(whole));
	return runs_stand(other, &three->spans[1 - s], partners, whole->count);
}

/* The sides differ in nothing but white space. */
static bool says_the_same(const struct three *three)
{
	const struct tokens *x = &three->side[0], *y = &three->side[1];

	return x->count == y->count &&
	       (x->count == 0 || memcmp(x->ids, y->ids, (size_t)x->count * sizeof *x->ids) == 0);
}

static bool merge_once(const struct text_merge *merge, struct str *out)
{
	if (str_equal(merge->ours, merge->theirs) || str_equal(merge->base, merge->theirs)) {
		*out = merge->ours;
		return true;
	}
	if (str_equal(merge->base, merge->ours)) {
		*out = merge->theirs;
		return true;
	}
	if (!merge->by_lines_only) {
		struct three three = split(merge, split_words);

		for (int s = 0; s < 2 && !says_the_same(&three); s++)
			if (absorbs(merge, &three, s)) {
				*out = s == 0 ? merge->ours : merge->theirs;
				return true;
			}
	}
	bool lines = merge->by_lines_only || str_contains(merge->base, STR("\n"));
	return lines ? merge_lines(merge, out) : merge_words(merge, out);
}

bool merge_text(const struct text_merge *merge, struct str *out)
{
	struct str result, again;

	if (!merge_once(merge, &result) || !is_accounted_for(merge, result))
		return false;
	for (int s = 0; s < 2; s++) {
		struct text_merge second = *merge;

		if (s == 0)
			second.theirs = result;
		else
			second.ours = result;
		if (!merge_once(&second, &again) || !str_equal(again, result))
			return false;
	}
	*out = result;
	return true;
}

struct str merge_lines_keeping_both(const struct text_merge *merge)
{
	struct text_merge by_lines = *merge;
	struct str merged = {0};

	by_lines.by_lines_only = by_lines.keeps_both = true;
	merge_lines(&by_lines, &merged);
	return merged;
}
