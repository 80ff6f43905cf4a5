#include "merge/tokens.h"

#include <string.h>

static struct tokens room_for(struct arena *arena, size_t count)
{
	return (struct tokens){
		.at = arena_array(arena, struct str, count),
		.spaces = arena_array(arena, uint32_t, count),
		.ids = arena_array(arena, uint32_t, count),
	};
}

static void add_token(struct tokens *tokens, struct str text, struct str space, uint32_t id)
{
	tokens->at[tokens->count] = text;
	tokens->spaces[tokens->count] = (uint32_t)space.len;
	tokens->ids[tokens->count++] = id;
}

static bool is_digit_at(struct str text, size_t at)
{
	return at < text.len && byte_is_digit(text.at[at]);
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

bool next_token(struct str text, size_t *at, struct str *word, struct str *space)
{
	size_t from = *at, to;

	while (from < text.len && byte_is_blank(text.at[from]))
		from++;
	for (to = from;
	     to < text.len && (!byte_is_blank(text.at[to]) || is_inside_figure(text, from, to));)
		to++;
	for (*at = to; *at < text.len && byte_is_blank(text.at[*at]);)
		++*at;
	*word = str_slice(text, from, to);
	*space = str_slice(text, to, *at);
	return to > from;
}

struct tokens tokens_of_words(struct dictionary *words, struct str text)
{
	struct tokens tokens = room_for(words->arena, str_word_count(text));
	struct str word, space;
	size_t at = 0;

	while (at < text.len && byte_is_blank(text.at[at]))
		at++;
	tokens.lead = str_slice(text, 0, at);
	while (next_token(text, &at, &word, &space))
		add_token(&tokens, word, space, word_id(words, word));
	return tokens;
}

/*
 * The number of a line. Another version of a text has mostly the same lines in
 * the same order, and new ones were numbered in that order: so the line numbered
 * next, or next to the last seen one, is looked at before it is searched for.
 */
static uint32_t line_id(struct dictionary *words, struct str line, size_t *next, size_t last)
{
	const size_t likely[2] = {*next, last};
	uint32_t id;

	for (int i = 0; i < 2; i++)
		if (likely[i] < words->count && str_equal(words->entries[likely[i]].bytes, line)) {
			*next = likely[i] + 1;
			return (uint32_t)*next;
		}
	id = word_id(words, line);
	/* One of the many equal ones, such as a blank line, leaves the order as it was. */
	if (id > *next)
		*next = id;
	return id;
}

struct tokens tokens_of_lines(struct dictionary *words, struct str text)
{
	struct tokens tokens = room_for(words->arena, str_line_count(text));
	struct str line;
	size_t next = 0;
	uint32_t last = 0;

	while (str_next_line(&text, &line)) {
		size_t end = str_ends(line, STR("\n")) ? line.len - 1 : line.len;
		struct str bytes = str_slice(line, 0, end);

		last = line_id(words, bytes, &next, last);
		add_token(&tokens, bytes, str_slice(line, end, line.len), last);
	}
	return tokens;
}

bool tokens_equal(const struct tokens *a, const struct tokens *b)
{
	return a->count == b->count &&
	       (a->count == 0 || memcmp(a->ids, b->ids, (size_t)a->count * sizeof *a->ids) == 0);
}

struct str tokens_text(const struct tokens *tokens, int from, int to)
{
	if (from == to)
		return (struct str){0};
	const char *begin = tokens->at[from].at;
	const char *end = tokens->at[to - 1].at + tokens->at[to - 1].len;
	return (struct str){begin, (size_t)(end - begin)};
}
