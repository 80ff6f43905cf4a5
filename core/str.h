/*
 * Text as a borrowed slice of bytes, and a buffer to build text in an arena.
 *
 * Invariant: a slice owns nothing and need not end with NUL; `at` may be NULL
 * only when `len` is 0.
 */
#ifndef CORE_STR_H
#define CORE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "core/arena.h"

struct str {
	const char *at;
	size_t len;
};

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
/* For printf: "%.*s" takes STR_ARGS(text). */
#define STR_ARGS(text) (int)(text).len, (text).at

/* What a text in UTF-8 may begin with; it is no part of what is said. */
#define BYTE_ORDER_MARK STR("\xEF\xBB\xBF")

/* The bytes of a C string, without its NUL; NULL gives the empty slice. */
struct str str_of(const char *c_string);

/* Orders by bytes, a prefix first: <0, 0, >0. */
int str_compare(struct str a, struct str b);

/* A slice that has bytes has a place: said once to compilers and checkers. */
static inline void str_promise_place(struct str text)
{
	if (text.len > 0 && !text.at)
		__builtin_unreachable();
}

/* The smallest ones stand here, as reading a text is little else than calling them. */
static inline bool str_equal(struct str a, struct str b)
{
	str_promise_place(a);
	str_promise_place(b);
	return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

/* ASCII punctuation, as CommonMark 0.30 lists it in section 2.1. */
static inline bool byte_is_punctuation(char byte)
{
	return (byte >= '!' && byte <= '/') || (byte >= ':' && byte <= '@') ||
	       (byte >= '[' && byte <= '`') || (byte >= '{' && byte <= '~');
}

static inline bool byte_is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/* ASCII blanks: what words are split at. */
static inline bool byte_is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* The part from byte `from` up to byte `to`; both are clamped to the text. */
static inline struct str str_slice(struct str text, size_t from, size_t to)
{
	if (to > text.len)
		to = text.len;
	if (from > to)
		from = to;
	return text.at ? (struct str){text.at + from, to - from} : text;
}

static inline bool str_starts(struct str text, struct str prefix)
{
	return text.len >= prefix.len && str_equal(str_slice(text, 0, prefix.len), prefix);
}

static inline bool str_ends(struct str text, struct str suffix)
{
	return text.len >= suffix.len &&
	       str_equal(str_slice(text, text.len - suffix.len, text.len), suffix);
}

/* The offset of the first `byte` at or after `from`, or text.len. */
static inline size_t str_find_byte(struct str text, char byte, size_t from)
{
	if (from >= text.len)
		return text.len;
	if (!text.at) /* as str_promise_place() does */
		__builtin_unreachable();
	const char *hit = (const char *)memchr(text.at + from, byte, text.len - from);
	return hit ? (size_t)(hit - text.at) : text.len;
}

/* The offset of the first `needle` at or after `from`, or text.len. */
size_t str_find(struct str text, struct str needle, size_t from);
bool str_contains(struct str text, struct str needle);
/* How many bytes two texts begin with alike. */
size_t str_common_start(struct str a, struct str b);
/* How many bytes they end with alike, of the last `most`, which both have. */
size_t str_common_end(struct str a, struct str b, size_t most);
/* Both, so that no byte is counted twice: what begins a text does not end it as well. */
void str_common_ends(struct str a, struct str b, size_t *start, size_t *end);
/* Is it one of a list, which ends with NULL? */
bool str_is_one_of(struct str text, const char *const *list);
bool str_is_among(struct str text, const struct str *texts, size_t count);

/* Without ASCII blanks (space, tab, CR, LF) at both ends. */
struct str str_trim(struct str text);
struct str str_trim_right(struct str text);
/* Nothing but ASCII blanks. */
bool str_is_blank(struct str text);

/*
 * Takes the next line off `rest`, its line feed included.
 * out: false once `rest` is empty.
 */
static inline bool str_next_line(struct str *rest, struct str *line)
{
	if (rest->len == 0)
		return false;
	const char *end = (const char *)memchr(rest->at, '\n', rest->len);

	*line = (struct str){rest->at, end ? (size_t)(end - rest->at) + 1 : rest->len};
	*rest = (struct str){rest->at + line->len, rest->len - line->len};
	return true;
}

/* The first line, line feed aside. */
static inline struct str str_first_line(struct str text)
{
	return str_slice(text, 0, str_find_byte(text, '\n', 0));
}

/* The line without its LF or CRLF. */
static inline struct str str_chomp(struct str line)
{
	if (line.len && line.at[line.len - 1] == '\n')
		line.len--;
	if (line.len && line.at[line.len - 1] == '\r')
		line.len--;
	return line;
}

/*
 * Takes the next word off `rest`: a run of bytes that are not ASCII blanks.
 * out: false once no word is left.
 */
bool str_next_word(struct str *rest, struct str *word);
size_t str_word_count(struct str text);
/* Takes the digits in front off `rest`; there may be none. */
struct str str_take_digits(struct str *rest);
/*
 * Takes the decimal number in front off `rest`. out: false, and nothing is taken: there is none,
 * or it is above `most`, which is no less than 9
 */
bool str_take_number(struct str *rest, int64_t most, int64_t *out);
/* Where the line begins that `at` stands in, or at the end of. */
size_t str_line_start(struct str text, size_t at);
/* Line ends, and one more where the last line has none. */
size_t str_line_count(struct str text);
/*
 * Takes the text up to the next `separator` off `rest`, which then begins behind it.
 * out: false once `rest` is empty; "a,,b" gives three parts, "a," one, "" none.
 */
bool str_next_part(struct str *rest, char separator, struct str *part);

/* A copy that lives in the arena and is followed by a NUL byte. */
struct str str_copy(struct arena *arena, struct str text);
/* The same as a C string; a text with NUL bytes is seen only up to the first. */
const char *str_c(struct arena *arena, struct str text);
/* The same for functions of libc that write to it, or that have no const for it. */
char *str_writable(struct arena *arena, struct str text);

/* Text under construction; zero-initialised but for the arena it grows in. */
struct buf {
	struct arena *arena;
	char *at;
	size_t len, room;
};

void buf_add(struct buf *buf, struct str text);
void buf_add_byte(struct buf *buf, char byte);
void buf_add_c(struct buf *buf, const char *c_string);
/* Ends the last line, unless there is none or it has its line feed. */
void buf_end_line(struct buf *buf, struct str line_end);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* What was built so far; valid until the buffer next grows, or the arena ends. */
struct str buf_str(const struct buf *buf);

/* Its lines, trimmed, joined by one space; borrowed where it is one line. */
struct str str_in_one_line(struct arena *arena, struct str text);

struct str str_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
