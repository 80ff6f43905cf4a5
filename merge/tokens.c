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

/* What ends a word: ASCII blanks, or also the no-break spaces that French has before ":". */
enum blanks { ASCII_BLANKS, ALL_BLANKS };

/* With which bytes blanks begin: most of a text are others. */
static const bool begins_blank[256] = {
	[' '] = true, ['\t'] = true, ['\n'] = true, ['\r'] = true, [0xC2] = true, [0xE2] = true,
};

/* As blank_at(), of a byte with which one may begin. */
static size_t blank_length(struct str text, size_t at, enum blanks blanks)
{
	if (byte_is_blank(text.at[at]))
		return 1;
	if (blanks == ASCII_BLANKS)
		return 0;
	struct str rest = str_slice(text, at, text.len);
	if (str_starts(rest, STR("\u00A0")))
		return sizeof "\u00A0" - 1;
	return str_starts(rest, STR("\u202F")) ? sizeof "\u202F" - 1 : 0;
}

/* The bytes of the blank at `at`, 0: there is none. */
static inline size_t blank_at(struct str text, size_t at, enum blanks blanks)
{
	return at < text.len && begins_blank[(unsigned char)text.at[at]]
		       ? blank_length(text, at, blanks)
		       : 0;
}

/*
 * "12 000" is one figure: the blank at `at` stands between digits from `word` on
 * and a group of three. Merged as two words, 12 000 and 12 500 would make
 * figures that nobody wrote, or lose one without a word.
 */
static bool is_inside_figure(struct str text, size_t word, size_t at)
{
	size_t blank, next = at + blank_at(text, at, ALL_BLANKS);

	if (next == at + 1 && text.at[at] != ' ')
		return false;
	for (size_t i = word; i < at; i += blank ? blank : 1) {
		blank = blank_at(text, i, ALL_BLANKS);
		if (!blank && !is_digit_at(text, i))
			return false;
	}
	return is_digit_at(text, next) && is_digit_at(text, next + 1) &&
	       is_digit_at(text, next + 2) && !is_digit_at(text, next + 3);
}

/* As next_token() */
static bool take_token(struct str text, enum blanks blanks, size_t *at, struct str *word,
		       struct str *space)
{
	size_t from = *at, to, blank;

	while ((blank = blank_at(text, from, blanks)))
		from += blank;
	for (to = from; to < text.len; to += blank ? blank : 1) {
		blank = blank_at(text, to, blanks);
		if (blank && !is_inside_figure(text, from, to))
			break;
	}
	for (*at = to; (blank = blank_at(text, *at, blanks));)
		*at += blank;
	*word = str_slice(text, from, to);
	*space = str_slice(text, to, *at);
	return to > from;
}

bool next_token(struct str text, size_t *at, struct str *word, struct str *space)
{
	return take_token(text, ASCII_BLANKS, at, word, space);
}

/* As many as there are words, and no-break spaces, of which these bytes are the last. */
static size_t most_tokens(struct str text)
{
	size_t count = str_word_count(text);

	for (size_t i = 0; i < text.len; i++)
		count += text.at[i] == '\xA0' || text.at[i] == '\xAF';
	return count;
}

bool is_lone_mark(struct str word)
{
	static const char *const marks[] = {"-", "–", "—", ":", NULL};

	return str_is_one_of(word, marks);
}

bool ends_sentence(struct str word)
{
	char last = word.at[word.len - 1];

	return last == '.' || last == '!' || last == '?' || last == ';' || last == ':' ||
	       is_lone_mark(word);
}

struct str word_without_marks_behind(struct str word)
{
	size_t len = word.len;

	while (len > 0 && strchr(".,;:!?", word.at[len - 1]))
		len--;
	return len ? str_slice(word, 0, len) : word;
}

struct tokens tokens_of_words(struct dictionary *words, struct str text)
{
	struct tokens tokens = room_for(words->arena, most_tokens(text));
	struct str word, space;
	size_t at = 0;

	while (take_token(text, ALL_BLANKS, &at, &word, &space)) {
		if (tokens.count == 0)
			tokens.lead = str_slice(text, 0, (size_t)(word.at - text.at));
		add_token(&tokens, word, space, word_id(words, word));
	}
	if (tokens.count == 0)
		tokens.lead = text;
	return tokens;
}

/* The bytes of the first part of a word. */
static size_t part_length(struct str word)
{
	size_t len = 1;

	if (byte_is_punctuation(word.at[0]))
		return len;
	while (len < word.len && !byte_is_punctuation(word.at[len]))
		len++;
	return len;
}

struct tokens tokens_of_parts(struct dictionary *words, struct str text)
{
	struct tokens tokens = room_for(words->arena, text.len);
	const struct str no_space = {0};
	struct str word, space;
	size_t at = 0;

	tokens.lead = text;
	while (take_token(text, ALL_BLANKS, &at, &word, &space)) {
		if (tokens.count == 0)
			tokens.lead = str_slice(text, 0, (size_t)(word.at - text.at));
		while (word.len) {
			size_t len = part_length(word);
			struct str part = str_slice(word, 0, len);

			word = str_slice(word, len, word.len);
			add_token(&tokens, part, word.len ? no_space : space, word_id(words, part));
		}
	}
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
		if (likely[i] < words->count &&
		    str_equal(dictionary_bytes(words, likely[i] + 1), line)) {
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

struct tokens tokens_known(struct splits *splits, struct dictionary *words, splitting *splitter,
			   struct str text)
{
	for (size_t i = 0; i < splits->count; i++) {
		const struct split_text *known = &splits->at[i];

		if (known->text.at == text.at && known->text.len == text.len &&
		    known->splitter == splitter)
			return known->tokens;
	}
	struct tokens tokens = splitter(words, text);
	if (splits->count < KNOWN_SPLITS)
		splits->at[splits->count++] = (struct split_text){splitter, text, tokens};
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
