#include "merge/tokens.h"

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

struct tokens tokens_of_words(struct dictionary *words, struct str text)
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

struct tokens tokens_of_lines(struct dictionary *words, struct str text)
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

/* The bytes of a run of tokens, without what stands behind the last. */
struct str tokens_text(const struct tokens *tokens, int from, int to)
{
	if (from == to)
		return (struct str){0};
	const char *begin = tokens->at[from].at;
	const char *end = tokens->at[to - 1].at + tokens->at[to - 1].len;
	return (struct str){begin, (size_t)(end - begin)};
}
