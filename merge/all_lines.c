#include "merge/all_lines.h"

#include "core/doc_lines.h"
#include "merge/dictionary.h"
#include "merge/diff.h"
#include "merge/scalar.h"

/*
 * A text as its lines that are not blank, each with the blank ones before it. A line is
 * known by its words: how deep it stands, its marks and the cells of a row are how it is
 * written.
 */
struct lines {
	struct str *at, *gaps;
	uint32_t *ids;
	int *nth;	      /* how many equal lines stand before each */
	int *starts, *places; /* where each line stands: by number, then in order */
	int count;
	struct str tail; /* blank lines behind the last */
	bool open;	 /* the last line has no end */
};

/* What a line says. */
static struct str words_of(struct arena *arena, struct str line)
{
	struct str text = str_trim(line), part, word;
	bool row = str_starts(text, STR("|"));
	struct list_mark mark = line_list_mark(text);
	struct buf out = {.arena = arena};

	if (row && line_table_rule(text))
		return STR("|-");
	if (mark.bytes)
		text = str_trim(str_slice(text, mark.bytes, text.len));
	if (str_starts(text, STR("[ ] ")) || str_starts(text, STR("[x] ")))
		text = str_slice(text, 3, text.len);
	if (line_heading_level(text))
		text = line_heading_text(text);
	if (row)
		buf_add_byte(&out, '|');
	while (str_next_part(&text, row ? '|' : '\n', &part))
		while (str_next_word(&part, &word))
			buf_printf(&out, "%.*s ", STR_ARGS(word));
	return out.len ? buf_str(&out) : str_trim(line);
}

static struct lines split(struct dictionary *words, struct str text)
{
	struct lines lines = {.open = text.len && !str_ends(text, STR("\n"))};
	size_t rooms[3] = {0};
	const char *behind = text.at;
	struct str line;

	while (str_next_line(&text, &line)) {
		if (str_is_blank(line))
			continue;
		arena_push(words->arena, lines.at, (size_t)lines.count, rooms[0]);
		arena_push(words->arena, lines.gaps, (size_t)lines.count, rooms[1]);
		arena_push(words->arena, lines.ids, (size_t)lines.count, rooms[2]);
		lines.at[lines.count] = str_chomp(line);
		lines.gaps[lines.count] = (struct str){behind, (size_t)(line.at - behind)};
		lines.ids[lines.count] = word_id(words, words_of(words->arena, line));
		lines.count++;
		behind = line.at + line.len;
	}
	if (behind)
		lines.tail = (struct str){behind, (size_t)(text.at - behind)};
	return lines;
}

static int copies(const struct lines *lines, uint32_t id)
{
	return lines->starts[id + 1] - lines->starts[id];
}

/* Notes where each line stands; `id_count` lines were numbered, from 1. */
static void index_lines(struct arena *arena, struct lines *lines, size_t id_count)
{
	int *seen = arena_array(arena, int, id_count + 1);

	lines->starts = arena_array(arena, int, id_count + 2);
	lines->nth = arena_array(arena, int, (size_t)lines->count + 1);
	lines->places = arena_array(arena, int, (size_t)lines->count + 1);
	for (int i = 0; i < lines->count; i++)
		lines->starts[lines->ids[i] + 1]++;
	for (size_t id = 1; id <= id_count; id++)
		lines->starts[id + 1] += lines->starts[id];
	for (int i = 0; i < lines->count; i++) {
		uint32_t id = lines->ids[i];

		lines->nth[i] = seen[id]++;
		lines->places[lines->starts[id] + lines->nth[i]] = i;
	}
}

/* A base and two texts that came of it. */
struct three {
	struct dictionary words;
	struct lines base, a, b;
};

static void read_three(struct three *three, struct str base, struct str a, struct str b)
{
	three->base = split(&three->words, base);
	three->a = split(&three->words, a);
	three->b = split(&three->words, b);
	index_lines(three->words.arena, &three->base, three->words.count);
	index_lines(three->words.arena, &three->a, three->words.count);
	index_lines(three->words.arena, &three->b, three->words.count);
}

/*
 * How a line is written: the blank lines before it, its number in a list or all of a row, of
 * which the larger of two will do; and the rest.
 */
struct written {
	struct str gap, mark, rest;
};

static struct written written_at(const struct lines *lines, int place)
{
	struct str line = lines->at[place], text = str_trim(line);
	struct list_mark mark = line_list_mark(text);
	size_t marked = 0;

	if (str_starts(text, STR("|")))
		marked = line.len;
	else if (mark.numbered)
		marked = (size_t)(text.at - line.at) + mark.bytes - 1;
	return (struct written){lines->gaps[place], str_slice(line, 0, marked),
				str_slice(line, marked, line.len)};
}

/* How the base has a line of a text; of lines that it has not as often nothing is known. */
static struct written written_before(const struct lines *base, const struct lines *lines, int place)
{
	uint32_t id = lines->ids[place];

	if (copies(base, id) != copies(lines, id))
		return (struct written){STR("?"), STR("?"), STR("")}; /* nothing is like that */
	return written_at(base, base->places[base->starts[id] + lines->nth[place]]);
}

/* --- whether a text holds another ------------------------------------------------ */

/* What the first text has more often the second has, and of what it has less no more. */
static bool counts_hold(const struct three *three)
{
	for (uint32_t id = 1; id <= three->words.count; id++) {
		int base = copies(&three->base, id), other = copies(&three->a, id);
		int whole = copies(&three->b, id);

		if ((other > base && whole < other) ||
		    (other < base && whole > other && whole <= base))
			return false;
	}
	return true;
}

/* Whether a line of the second text is one of the first, written as that changed it. */
static bool fits(const struct three *three, int other, int whole)
{
	if (three->a.ids[other] != three->b.ids[whole])
		return false;
	struct written base = written_before(&three->base, &three->a, other);
	struct written is = written_at(&three->a, other), as = written_at(&three->b, whole);

	return str_equal(merge_scalar(base.gap, is.gap, as.gap), as.gap) &&
	       str_equal(merge_scalar(base.mark, is.mark, as.mark), as.mark) &&
	       (str_equal(is.rest, base.rest) || str_equal(is.rest, as.rest));
}

/* Whether what the second text has as often stands there in the order of the first. */
static bool order_holds(const struct three *three)
{
	const struct lines *other = &three->a, *whole = &three->b;
	int at = 0;

	for (int i = 0; i < other->count; i++) {
		if (copies(whole, other->ids[i]) < copies(other, other->ids[i])) {
			/* What was ticked here and reworded there is not held. */
			if (!str_equal(written_before(&three->base, other, i).rest,
				       written_at(other, i).rest))
				return false;
			continue;
		}
		while (at < whole->count && !fits(three, i, at))
			at++;
		if (at++ == whole->count)
			return false;
	}
	return true;
}

static struct str merged_tail(const struct three *three)
{
	return merge_scalar(str_chomp(three->base.tail), str_chomp(three->a.tail),
			    str_chomp(three->b.tail));
}

static bool end_holds(const struct three *three)
{
	const struct lines *whole = &three->b;

	return holds_flag(three->base.open, three->a.open, whole->open) &&
	       (whole->open || str_equal(merged_tail(three), str_chomp(whole->tail)));
}

/*
 * Whether the first text says something new. Of one that only left lines out, or put them
 * elsewhere, it is not known that the second did the same where this reworded them.
 */
static bool can_be_known(const struct three *three)
{
	for (int i = 0; i < three->a.count; i++) {
		uint32_t id = three->a.ids[i];

		if (copies(&three->a, id) > copies(&three->base, id))
			return true;
	}
	return false;
}

bool lines_hold(struct str base, struct str other, struct str whole)
{
	struct arena scratch = {0};
	struct three three = {.words.arena = &scratch};

	read_three(&three, base, other, whole);
	bool hold = can_be_known(&three) && counts_hold(&three) && order_holds(&three) &&
		    end_holds(&three);
	arena_free(&scratch);
	return hold;
}

/* Whether two texts have the same lines, written the same way, in whatever order. */
static bool have_the_same(const struct lines *a, const struct lines *b)
{
	if (a->count != b->count)
		return false;
	for (int i = 0; i < a->count; i++) {
		uint32_t id = a->ids[i];

		if (copies(a, id) != copies(b, id))
			return false;
		int there = b->places[b->starts[id] + a->nth[i]];
		if (!str_equal(written_at(a, i).rest, written_at(b, there).rest))
			return false;
	}
	return true;
}

bool lines_reordered(struct str other, struct str whole, struct str merged)
{
	struct arena scratch = {0};
	struct three three = {.words.arena = &scratch};

	read_three(&three, merged, other, whole);
	bool reordered = have_the_same(&three.base, &three.b) && !have_the_same(&three.a, &three.b);
	arena_free(&scratch);
	return reordered;
}

/* --- both texts --------------------------------------------------------------------- */

/* What is left of a text, as places in it, and their numbers. */
struct left {
	int *places;
	uint32_t *ids;
	int count;
};

/* Whether somebody took a line out, and nobody wrote it anew. */
static bool is_taken_out(const struct three *three, uint32_t id)
{
	int base = copies(&three->base, id), a = copies(&three->a, id), b = copies(&three->b, id);

	return a <= base && b <= base && (a < base || b < base);
}

static struct left without_taken(const struct three *three, const struct lines *lines,
				 const struct lines *other)
{
	struct arena *arena = three->words.arena;
	struct left left = {.places = arena_array(arena, int, (size_t)lines->count + 1),
			    .ids = arena_array(arena, uint32_t, (size_t)lines->count + 1)};

	for (int i = 0; i < lines->count; i++) {
		uint32_t id = lines->ids[i];

		if (is_taken_out(three, id) && copies(other, id) < copies(lines, id))
			continue;
		left.places[left.count] = i;
		left.ids[left.count++] = id;
	}
	return left;
}

static void add_line(struct buf *out, struct written line)
{
	buf_add(out, line.gap);
	buf_add(out, line.mark);
	buf_add(out, line.rest);
	buf_add_byte(out, '\n');
}

static void add_run(struct buf *out, const struct lines *lines, const struct left *left, int from,
		    int to)
{
	for (int i = from; i < to; i++)
		add_line(out, written_at(lines, left->places[i]));
}

/* What a side left as it was is as the other has it; of what both changed the larger stands. */
static struct str merged_writing(struct str a_base, struct str a, struct str b_base, struct str b)
{
	if (str_equal(a, a_base))
		return b;
	return str_equal(b, b_base) ? a : merge_scalar(STR("?"), a, b);
}

/* A line of both texts; `a`, `b`: where it stands. What both write anew stands twice. */
static void add_common(struct buf *out, const struct three *three, int a, int b)
{
	struct written a_base = written_before(&three->base, &three->a, a);
	struct written b_base = written_before(&three->base, &three->b, b);
	struct written in_a = written_at(&three->a, a), in_b = written_at(&three->b, b);
	struct written both = {merged_writing(a_base.gap, in_a.gap, b_base.gap, in_b.gap),
			       merged_writing(a_base.mark, in_a.mark, b_base.mark, in_b.mark),
			       merged_writing(a_base.rest, in_a.rest, b_base.rest, in_b.rest)};

	if (!str_equal(both.rest, in_a.rest) && !str_equal(a_base.rest, in_a.rest))
		add_line(out, in_a);
	add_line(out, both);
	if (!str_equal(both.rest, in_b.rest) && !str_equal(b_base.rest, in_b.rest))
		add_line(out, in_b);
}

static void add_end(struct buf *out, const struct three *three)
{
	struct str tail = merged_tail(three);

	if (merge_flag(three->base.open, three->a.open, three->b.open)) {
		if (out->len)
			out->len--;
	} else if (tail.len) {
		buf_add(out, tail);
		buf_add_byte(out, '\n');
	}
}

static struct str write_both(struct arena *arena, const struct three *three)
{
	struct left a = without_taken(three, &three->a, &three->b);
	struct left b = without_taken(three, &three->b, &three->a);
	struct spans spans = diff_numbers(three->words.arena, (struct numbers){a.ids, a.count},
					  (struct numbers){b.ids, b.count});
	struct buf out = {.arena = arena};
	int at = 0, shift = 0;

	for (int i = 0; i <= spans.count; i++) {
		const struct span end = {a.count, a.count, b.count, b.count};
		const struct span *span = i < spans.count ? spans.at + i : &end;

		for (; at < span->a; at++)
			add_common(&out, three, a.places[at], b.places[at + shift]);
		add_run(&out, &three->a, &a, span->a, span->a_end);
		add_run(&out, &three->b, &b, span->b, span->b_end);
		at = span->a_end;
		shift = span->b_end - at;
	}
	add_end(&out, three);
	return buf_str(&out);
}

struct str all_lines(struct arena *arena, struct str base, struct str ours, struct str theirs)
{
	struct arena scratch = {0};
	struct three three = {.words.arena = &scratch};

	read_three(&three, base, ours, theirs);
	struct str both = write_both(arena, &three);
	arena_free(&scratch);
	return both;
}
