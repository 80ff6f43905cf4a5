#include "core/text.h"

#include <stdlib.h>

#include <utf8proc.h>

#include "core/ascending.h"
#include "core/utf8.h"

enum { REPLACEMENT = 0xFFFD };

uint32_t text_next_char(struct str *rest)
{
	uint32_t code = REPLACEMENT;
	size_t bytes = utf8_next(*rest, &code);

	*rest = str_slice(*rest, bytes ? bytes : 1, rest->len);
	return code;
}

bool text_is_capital(uint32_t code)
{
	utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);

	return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}

enum char_kind { CHAR_OTHER, CHAR_MARK, CHAR_LETTER };

/* Digits are letters here; a mark (a combining accent, what makes a sign colourful) is none. */
static enum char_kind kind_of(uint32_t point)
{
	if (point < 0x80)
		return (point | 0x20) - 'a' < 26 || point - '0' < 10 ? CHAR_LETTER : CHAR_OTHER;
	utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)point);
	if (category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME)
		return CHAR_MARK;
	return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO ? CHAR_LETTER
										    : CHAR_OTHER;
}

bool text_next_word(struct str *rest, struct str *word)
{
	struct str from = *rest, next = *rest;

	while (next.len && kind_of(text_next_char(&next)) != CHAR_LETTER)
		from = next;
	*rest = from;
	while (rest->len) {
		next = *rest;
		if (kind_of(text_next_char(&next)) == CHAR_OTHER)
			break;
		*rest = next;
	}
	*word = str_slice(from, 0, from.len - rest->len);
	return word->len > 0;
}

/* The characters of a text, taken apart. */
struct taken_apart {
	utf8proc_int32_t *codes;
	utf8proc_ssize_t count, room;
};

/* Takes the next character of the text apart. out: whether it is one */
static bool take_apart(struct arena *arena, struct str *rest, utf8proc_option_t options,
		       struct taken_apart *all)
{
	enum { MOST_PARTS = 18 + 1 }; /* of one character, U+FDFA, and a zero behind */
	utf8proc_int32_t code;
	int boundary = 0;
	utf8proc_ssize_t bytes = utf8proc_iterate((const utf8proc_uint8_t *)rest->at,
						  (utf8proc_ssize_t)rest->len, &code);

	if (bytes <= 0)
		return false;
	if (all->count + MOST_PARTS > all->room) {
		size_t room = (size_t)(all->room + MOST_PARTS) * 2;

		all->codes = arena_resize(arena, all->codes, (size_t)all->count, room,
					  sizeof *all->codes);
		all->room = (utf8proc_ssize_t)room;
	}
	utf8proc_ssize_t parts = utf8proc_decompose_char(
		code, all->codes + all->count, all->room - all->count, options, &boundary);
	all->count += parts > 0 ? parts : 0;
	*rest = str_slice(*rest, (size_t)bytes, rest->len);
	return parts >= 0;
}

/* Orders marks on one letter by their class: those of one class stay in order. */
static void order_marks(struct arena *arena, utf8proc_int32_t *codes, size_t count)
{
	enum { CODE_BITS = 21, PLACE_BITS = 32 };
	uint64_t *marks = arena_array(arena, uint64_t, count);

	for (size_t i = 0; i < count; i++) {
		uint64_t class = (uint64_t)utf8proc_get_property(codes[i])->combining_class;

		marks[i] = (class << PLACE_BITS | i) << CODE_BITS | (uint64_t)codes[i];
	}
	qsort(marks, count, sizeof *marks, ascending_u64);
	for (size_t i = 0; i < count; i++)
		codes[i] = (utf8proc_int32_t)(marks[i] & (((uint64_t)1 << CODE_BITS) - 1));
}

/* utf8proc_map() swaps neighbours: of n marks on one letter that takes n * n steps. */
static void order_all_marks(struct arena *arena, const struct taken_apart *all)
{
	utf8proc_ssize_t from = 0;
	bool ordered = true;
	int last = 0;

	for (utf8proc_ssize_t i = 0; i <= all->count; i++) {
		int class =
			i < all->count ? utf8proc_get_property(all->codes[i])->combining_class : 0;

		ordered = ordered && (class == 0 || class >= last);
		last = class;
		if (class)
			continue;
		if (!ordered)
			order_marks(arena, all->codes + from, (size_t)(i - from));
		from = i + 1;
		ordered = true;
	}
}

/* Text as utf8proc_map() gives it; bytes that it refuses stay as they are. */
static struct str mapped(struct arena *arena, struct str text, utf8proc_option_t options)
{
	struct arena scratch = {0};
	struct taken_apart all = {0};
	struct str rest = text, out = text;
	bool whole = true;

	while (rest.len && whole)
		whole = take_apart(&scratch, &rest, options, &all);
	if (whole) {
		order_all_marks(&scratch, &all);
		/* It writes over the codes, and a zero behind them. */
		utf8proc_ssize_t bytes = utf8proc_reencode(all.codes, all.count, options);
		out = str_copy(arena, (struct str){(const char *)all.codes, (size_t)bytes});
	}
	arena_free(&scratch);
	return out;
}

struct str text_nfc(struct arena *arena, struct str text)
{
	if (text.len == 0)
		return text;
	return mapped(arena, text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

struct str text_caseless(struct arena *arena, struct str text)
{
	bool plain = true;

	for (size_t i = 0; i < text.len && plain; i++)
		plain = (unsigned char)text.at[i] < 0x80 &&
			!(text.at[i] >= 'A' && text.at[i] <= 'Z');
	return plain ? text
		     : mapped(arena, text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
}

/* Letters that Unicode does not take apart and people type as two, or without their stroke. */
static const struct {
	const char *letter, *plain;
} spelled_out[] = {
	{"œ", "oe"}, {"æ", "ae"}, {"ø", "o"}, {"ł", "l"}, {"đ", "d"}, {"ð", "d"}, {"þ", "th"},
};

static struct str spell_out(struct arena *arena, struct str text)
{
	struct buf out = {.arena = arena};

	for (struct str rest = text; rest.len;) {
		struct str before = rest, letter;

		text_next_char(&rest);
		letter = str_slice(before, 0, before.len - rest.len);
		for (size_t i = 0; letter.len > 1 && i < sizeof spelled_out / sizeof *spelled_out;
		     i++)
			if (str_equal(letter, str_of(spelled_out[i].letter))) {
				letter = str_of(spelled_out[i].plain);
				break;
			}
		buf_add(&out, letter);
	}
	return buf_str(&out);
}

static bool is_ascii(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] & '\x80')
			return false;
	return true;
}

struct str text_fold(struct arena *arena, struct str text)
{
	struct str normal = text_normal(arena, text);

	if (is_ascii(normal)) {
		char *lower = arena_alloc(arena, normal.len, 1);
		for (size_t i = 0; i < normal.len; i++) {
			char byte = normal.at[i];
			lower[i] = (char)(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
		}
		return (struct str){lower, normal.len};
	}
	return spell_out(arena,
			 mapped(arena, normal,
				UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE |
					UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE));
}

size_t text_width(struct str text)
{
	size_t width = 0;

	while (text.len) {
		uint32_t point = text_next_char(&text);
		int columns = point - 0x20 < 0x5F || point == '\t'
				      ? 1
				      : utf8proc_charwidth((utf8proc_int32_t)point);
		width += columns > 0 ? (size_t)columns : 0;
	}
	return width;
}

size_t text_fitting(struct str text, size_t columns)
{
	struct str rest = text;
	size_t width = 0, fitting = 0;

	while (rest.len) {
		size_t at = (size_t)(rest.at - text.at);
		struct str character = rest;
		uint32_t code = text_next_char(&rest);

		if (code == ' ')
			fitting = at;
		character.len = (size_t)(rest.at - character.at);
		width += text_width(character);
		if (width > columns && code != ' ')
			return fitting ? fitting : at ? at : character.len;
	}
	return text.len;
}

/* The longest beginning of at most `most` bytes that ends with a whole character. */
static struct str cut(struct str text, size_t most)
{
	if (text.len <= most)
		return text;
	while (most && (text.at[most] & '\xC0') == '\x80')
		most--;
	return str_slice(text, 0, most);
}

struct str text_opening(struct arena *arena, struct str text, size_t most)
{
	struct str line = str_trim(str_first_line(text)), shown = cut(line, most);

	if (shown.len == line.len)
		return line;
	while (shown.len && line.at[shown.len] != ' ')
		shown.len--;
	shown = shown.len ? str_trim_right(shown) : cut(line, most);
	return str_printf(arena, "%.*s…", STR_ARGS(shown));
}

struct str text_slug(struct arena *arena, struct str title)
{
	struct buf out = {.arena = arena};
	struct str rest = text_fold(arena, title), word;

	while (text_next_word(&rest, &word)) {
		if (out.len && out.len + 1 + word.len > TEXT_SLUG_BYTES)
			break;
		if (out.len)
			buf_add_byte(&out, '-');
		buf_add(&out, cut(word, TEXT_SLUG_BYTES));
	}
	return buf_str(&out);
}
