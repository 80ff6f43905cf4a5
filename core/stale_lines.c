#include "core/stale_lines.h"

#include <stdint.h>
#include <stdlib.h>

#include "core/label.h"

enum {
	ALIKE = 600,	   /* per mille of the words of two lines, in order */
	ALIKE_SHORT = 800, /* of the bytes, where there are few words */
	FEW_WORDS = 6,
	MOST_UNITS = 200, /* words or bytes of a line that are compared */
	MOST_PAIRS = 10000,
	COST_OF_LINE = 1000, /* that was added or deleted; a rewording costs what is unlike */
};

static int compare_pieces(const void *left, const void *right)
{
	const struct piece *a = left, *b = right;

	return key_compare(a->key, b->key);
}

static struct pieces in_order(struct piece *all, size_t count)
{
	struct pieces out = {.all = all};

	if (count)
		qsort(all, count, sizeof *all, compare_pieces);
	for (size_t i = 0; i < count; i++) {
		if (out.count && key_equal(all[out.count - 1].key, all[i].key))
			all[out.count - 1].count++;
		else
			all[out.count++] = all[i];
	}
	return out;
}

bool line_says_something(struct str line)
{
	for (size_t i = 0; i < line.len; i++) {
		unsigned char byte = (unsigned char)line.at[i];

		if (byte >= 0x80 || byte_is_digit((char)byte) ||
		    ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z'))
			return true;
	}
	return false;
}

struct pieces pieces_lines(struct arena *arena, struct str text)
{
	struct piece *all = NULL;
	size_t count = 0, room = 0;
	struct str line;

	while (str_next_line(&text, &line)) {
		line = str_trim(line);
		if (!line_says_something(line))
			continue;
		arena_push(arena, all, count, room);
		all[count++] = (struct piece){key_of(line), line, 1};
	}
	return in_order(all, count);
}

struct pieces pieces_lines_settled(struct arena *arena, struct str text)
{
	struct piece *all = NULL;
	size_t count = 0, room = 0;
	struct str line;

	while (str_next_line(&text, &line)) {
		if (label_read(str_trim(line), &line) == 0)
			continue;
		line = str_trim(line);
		arena_push(arena, all, count, room);
		all[count++] = (struct piece){key_of(line), line, 1};
	}
	return in_order(all, count);
}

struct pieces pieces_lines_chosen(struct arena *arena, struct str text, const struct pieces *saved)
{
	struct piece *all = NULL;
	size_t count = 0, room = 0, first = 0;
	bool is_chosen = false;
	struct str line;

	while (str_next_line(&text, &line)) {
		struct str wording = {0};

		line = str_trim(line);
		if (!line_says_something(line))
			continue;
		uint32_t number = label_read(line, &wording);
		if (number < 2) {
			first = count;
			is_chosen = false;
		}
		if (number && is_chosen)
			continue;
		wording = str_trim(wording);
		if (number && pieces_count(saved, key_of(wording)) > 0) {
			is_chosen = true;
			count = first;
			line = wording;
		}
		arena_push(arena, all, count, room);
		all[count++] = (struct piece){key_of(line), line, 1};
	}
	return in_order(all, count);
}

size_t pieces_count(const struct pieces *pieces, struct key key)
{
	struct piece wanted = {.key = key};
	const struct piece *found = pieces->count ? bsearch(&wanted, pieces->all, pieces->count,
							    sizeof wanted, compare_pieces)
						  : NULL;

	return found ? found->count : 0;
}

size_t pieces_count_lines(const struct pieces *pieces, const struct str *lines, size_t count)
{
	size_t found = 0;

	for (size_t i = 0; i < count; i++)
		found += pieces_count(pieces, key_of(lines[i])) > 0;
	return found;
}

size_t pieces_apart(const struct pieces *a, const struct pieces *b)
{
	size_t out = 0, i = 0, j = 0;

	while (i < a->count || j < b->count) {
		int order = i == a->count   ? 1
			    : j == b->count ? -1
					    : key_compare(a->all[i].key, b->all[j].key);
		if (order < 0) {
			out += a->all[i++].count;
		} else if (order > 0) {
			out += b->all[j++].count;
		} else {
			size_t one = a->all[i++].count, other = b->all[j++].count;
			out += one > other ? one - other : other - one;
		}
	}
	return out;
}

/* A line as a sequence of words, or of bytes where it has few. */
struct sequence {
	uint64_t units[MOST_UNITS];
	size_t count;
};

static struct sequence words_in_order(struct str line)
{
	struct sequence out = {.count = 0};
	struct str word;

	while (out.count < MOST_UNITS && str_next_word(&line, &word))
		if (line_says_something(word))
			out.units[out.count++] = key_of(word).low;
	return out;
}

static struct sequence bytes_in_order(struct str line)
{
	struct sequence out = {.count = 0};

	for (size_t i = 0; i < line.len && out.count < MOST_UNITS; i++)
		out.units[out.count++] = (unsigned char)line.at[i];
	return out;
}

/* Per mille of both that a longest common subsequence takes. */
static size_t likeness(const struct sequence *a, const struct sequence *b)
{
	size_t lengths[MOST_UNITS + 1] = {0};

	for (size_t i = 0; i < a->count; i++) {
		size_t diagonal = 0;

		for (size_t j = 0; j < b->count; j++) {
			size_t above = lengths[j + 1];

			if (a->units[i] == b->units[j])
				lengths[j + 1] = diagonal + 1;
			else if (lengths[j] > above)
				lengths[j + 1] = lengths[j];
			diagonal = above;
		}
	}
	return a->count + b->count ? 2000 * lengths[b->count] / (a->count + b->count) : 0;
}

/* The next run of digits; empty: there is none left. */
static struct str next_figure(struct str *rest)
{
	size_t start = 0;

	while (start < rest->len && !byte_is_digit(rest->at[start]))
		start++;
	*rest = str_slice(*rest, start, rest->len);
	return str_take_digits(rest);
}

/* Are all figures of `a` in `b`, in order? A rewording may add figures or drop some. */
static bool has_figures_of(struct str b, struct str a)
{
	struct str wanted, found = {0};

	while ((wanted = next_figure(&a)).len > 0) {
		do
			found = next_figure(&b);
		while (found.len > 0 && !str_equal(found, wanted));
		if (found.len == 0)
			return false;
	}
	return true;
}

/* How alike two lines are, per mille; 0 where they are not taken for one. */
static size_t alike(struct str a, struct str b)
{
	struct sequence one = words_in_order(a), other = words_in_order(b);
	size_t needed = ALIKE, found;

	if (!has_figures_of(a, b) && !has_figures_of(b, a))
		return 0;
	if (one.count < FEW_WORDS || other.count < FEW_WORDS) {
		one = bytes_in_order(a);
		other = bytes_in_order(b);
		needed = ALIKE_SHORT;
	}
	found = likeness(&one, &other);
	return found >= needed ? found : 0;
}

/* Pieces that `a` has and `b` has not. */
static struct pieces only_in(struct arena *arena, const struct pieces *a, const struct pieces *b)
{
	struct pieces out = {.all = arena_array(arena, struct piece, a->count)};

	for (size_t i = 0; i < a->count; i++)
		if (pieces_count(b, a->all[i].key) == 0)
			out.all[out.count++] = a->all[i];
	return out;
}

/* A line of `a` takes the one of `b` that it resembles most; each is taken once. */
static size_t cost_of_line(struct str line, const struct pieces *b, bool *taken)
{
	size_t nearest = 0, at = 0;

	for (size_t i = 0; i < b->count; i++) {
		size_t found = taken[i] ? 0 : alike(line, b->all[i].text);

		if (found > nearest) {
			nearest = found;
			at = i;
		}
	}
	if (nearest == 0)
		return COST_OF_LINE;
	taken[at] = true;
	return COST_OF_LINE - nearest;
}

size_t pieces_cost(struct arena *arena, const struct pieces *a, const struct pieces *b)
{
	struct pieces only_a = only_in(arena, a, b), only_b = only_in(arena, b, a);
	bool *taken = arena_array(arena, bool, only_b.count);
	size_t cost = COST_OF_LINE * (pieces_apart(a, b) - pieces_apart(&only_a, &only_b));

	if (only_b.count > 0 && only_a.count > MOST_PAIRS / only_b.count)
		return COST_OF_LINE * pieces_apart(a, b);
	for (size_t i = 0; i < only_a.count; i++)
		cost += cost_of_line(only_a.all[i].text, &only_b, taken) +
			COST_OF_LINE * (only_a.all[i].count - 1);
	for (size_t i = 0; i < only_b.count; i++)
		cost += COST_OF_LINE * (only_b.all[i].count - taken[i]);
	return cost;
}

bool lines_reworded(struct arena *arena, const struct str *lines, size_t count,
		    const struct pieces *saved, const struct pieces *shown)
{
	struct pieces written = only_in(arena, saved, shown), went = only_in(arena, shown, saved);

	if (written.count > 0 && (count + went.count) > MOST_PAIRS / written.count)
		return false;
	for (size_t i = 0; i < written.count; i++) {
		struct str line = written.all[i].text;
		size_t nearest = 0, rewords = 0;

		for (size_t j = 0; j < went.count; j++) {
			size_t found = alike(line, went.all[j].text);
			nearest = found > nearest ? found : nearest;
		}
		for (size_t j = 0; j < count; j++) {
			size_t found = alike(line, lines[j]);
			rewords = found > rewords ? found : rewords;
		}
		if (rewords > nearest)
			return true;
	}
	return false;
}
